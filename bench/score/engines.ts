/** The other engines that read Jinja's language, each set up as a case of the corpus asks. */
import { Template as HuggingfaceTemplate } from '@huggingface/jinja'
import { Environment as MiniJinja } from 'minijinja-js'
import nunjucks from 'nunjucks'

/** A case of the template corpus. */
export interface Case {
  readonly id: string
  readonly env?: Readonly<Record<string, unknown>>
  readonly templates: Readonly<Record<string, string>>
  readonly entry: string
  readonly context?: Readonly<Record<string, unknown>>
  readonly expect: { readonly output?: string; readonly error?: object }
}

/** The case asks for what the engine has no setting or value for. */
export class CannotExpress extends Error {}

type RenderCase = (one: Case) => string

const add = (a: unknown, b: unknown = 0): unknown => (a as number) + (b as number)
const hostFunctions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  upper: (value: unknown) => String(value).toUpperCase(),
  add,
  join: (...args: unknown[]) => args.join('-'),
  raise: (message: unknown) => {
    throw new Error(String(message ?? 'raised by the test'))
  },
}

/** A context value for an engine that may have a form for safe text, and has none for our undefined. */
function revive(value: unknown, safe: ((text: string) => unknown) | undefined): unknown {
  if (Array.isArray(value)) return value.map((member) => revive(member, safe))
  if (value === null || typeof value !== 'object') return value
  if ('__fn__' in value) return hostFunctions[String(value.__fn__)]
  if ('__undefined__' in value) return undefined
  if ('__markup__' in value) {
    if (safe === undefined) throw new CannotExpress('safe text')
    return safe(String(value.__markup__))
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member, safe)]))
}

/** The settings of a case, all of which the engine must know. */
function settings(one: Case, known: readonly string[]): Readonly<Record<string, unknown>> {
  const unknown = Object.keys(one.env ?? {}).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new CannotExpress(unknown)
  if (typeof one.env?.autoescape === 'object') throw new CannotExpress('autoescape by name')
  return one.env ?? {}
}

const nunjucksTags = {
  block_start_string: 'blockStart',
  block_end_string: 'blockEnd',
  variable_start_string: 'variableStart',
  variable_end_string: 'variableEnd',
  comment_start_string: 'commentStart',
  comment_end_string: 'commentEnd',
} as const

const renderNunjucks: RenderCase = (one) => {
  const env = settings(one, [
    'autoescape',
    'trim_blocks',
    'lstrip_blocks',
    'undefined',
    ...Object.keys(nunjucksTags),
  ])
  if (env.undefined !== undefined && env.undefined !== 'strict' && env.undefined !== 'default') {
    throw new CannotExpress('undefined')
  }
  const loader = {
    getSource: (name: string) => {
      const src = one.templates[name]
      return src === undefined ? null : { src, path: name, noCache: true }
    },
  }
  const tags = Object.entries(nunjucksTags).flatMap(([name, own]) => (name in env ? [[own, env[name]]] : []))
  const environment = new nunjucks.Environment(loader as never, {
    autoescape: env.autoescape === true,
    trimBlocks: env.trim_blocks === true,
    lstripBlocks: env.lstrip_blocks === true,
    throwOnUndefined: env.undefined === 'strict',
    tags: Object.fromEntries(tags),
  })
  const safe = (text: string): unknown => new nunjucks.runtime.SafeString(text)
  return environment.render(one.entry, revive(one.context ?? {}, safe) as object)
}

const renderMinijinja: RenderCase = (one) => {
  const env = settings(one, [
    'autoescape',
    'trim_blocks',
    'lstrip_blocks',
    'keep_trailing_newline',
    'undefined',
  ])
  const environment = new MiniJinja()
  environment.enablePyCompat()
  environment.trimBlocks = env.trim_blocks === true
  environment.lstripBlocks = env.lstrip_blocks === true
  environment.keepTrailingNewline = env.keep_trailing_newline === true
  if (env.undefined === 'debug') throw new CannotExpress('undefined')
  if (env.undefined === 'strict' || env.undefined === 'chainable')
    environment.undefinedBehavior = env.undefined
  // It escapes by the template's name only, which other templates may use.
  const isAlone = Object.keys(one.templates).length === 1
  if (env.autoescape === true && !isAlone) throw new CannotExpress('autoescape of all templates')
  for (const [name, source] of Object.entries(one.templates)) {
    const escaped = `{% autoescape true %}${source}{% endautoescape %}`
    environment.addTemplate(name, env.autoescape === true ? escaped : source)
  }
  // An error that a function of the host throws ends the whole instance.
  if (JSON.stringify(one.context ?? {}).includes('"raise"')) throw new CannotExpress('errors of functions')
  return environment.renderTemplate(one.entry, revive(one.context ?? {}, undefined))
}

const renderHuggingface: RenderCase = (one) => {
  settings(one, [])
  const source = one.templates[one.entry]
  if (source === undefined) throw new CannotExpress('a template that is missing')
  if (Object.keys(one.templates).length > 1) throw new CannotExpress('several templates')
  return new HuggingfaceTemplate(source).render(
    revive(one.context ?? {}, undefined) as Record<string, unknown>,
  )
}

/** What renders a case, by the engine's name. */
export const others: Readonly<Record<string, RenderCase>> = {
  'Nunjucks 3': renderNunjucks,
  'minijinja-js': renderMinijinja,
  '@huggingface/jinja': renderHuggingface,
}
