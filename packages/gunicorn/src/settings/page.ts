import { chapters } from './registry.ts'
import type { Setting } from './setting.ts'
import { withoutMeaning } from './without-meaning.ts'

function defaultOf({ default: value, kind, defaultWords }: Setting<unknown>): string {
  if (defaultWords !== undefined) return defaultWords
  if (value === null) return 'none'
  if (kind.placeholder === undefined && value === false) return '`false`'
  return `\`${JSON.stringify(value)}\``
}

function section(name: string, setting: Setting<unknown>): string {
  const { flags = [], kind, words, more } = setting
  const argument = kind.placeholder === undefined ? '' : ` ${kind.placeholder}`
  const facts = [
    ...(flags.length > 0
      ? [`- Command line: ${flags.map((flag) => `\`${flag}${argument}\``).join(', ')}`]
      : []),
    `- Value: ${kind.words}`,
    `- Default: ${defaultOf(setting)}`,
  ]
  return [`### \`${name}\``, facts.join('\n'), words, ...(more === undefined ? [] : [more])].join('\n\n')
}

/** The page `docs/gunicorn-settings.md`, printed from the settings themselves. */
export function settingsPage(): string {
  const intro = [
    '# Settings of Gunicorn',
    '<!-- Printed from packages/gunicorn/src/settings: change it there. -->',
    'Names, flags, kinds and meanings are those of [Gunicorn](https://docs.gunicorn.org/en/stable/settings.html), so that its command lines go on working. A setting is taken, from the weakest to the strongest, from its default, the config file, `GUNICORN_CMD_ARGS` in the environment, and the command line.',
    'The config file is a module, `gunicorn.conf.ts` (or `.mjs`, `.js`) in the working directory or where `--config` says:',
    "```ts\nimport type { ConfigFile } from '@flask-ts/gunicorn'\n\nexport default {\n  bind: ['127.0.0.1:8000'],\n  workers: 'auto',\n  maxRequests: 10_000, // or max_requests\n  whenReady: (server) => server.log.info('ready'),\n} satisfies ConfigFile\n```",
  ]
  const parts = chapters.flatMap(({ title, settings }) => [
    `## ${title}`,
    ...Object.entries(settings).map(([name, setting]) => section(name, setting)),
  ])
  const others = Object.entries(withoutMeaning).map(([name, { why }]) => `| \`${name}\` | ${why} |`)
  const end = [
    '## Without a meaning on Node',
    'These are accepted and have no effect; the log says so.',
    ['| setting | why |', '|---|---|', ...others].join('\n'),
  ]
  return `${[...intro, ...parts, ...end].join('\n\n')}\n`
}
