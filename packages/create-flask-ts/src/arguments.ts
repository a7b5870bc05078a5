import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from './errors.ts'

/** The templates by name, with what each is for. */
export const TEMPLATES = {
  minimal: 'one file, one view, one test',
  api: 'a JSON API: blueprint, validation, errors as JSON, CORS',
  full: 'a site: factory, blueprints, templates, sessions, accounts in a database, Dockerfile',
} as const

/** The name of a template. */
export type TemplateName = keyof typeof TEMPLATES

/** What is to be made. */
export interface NewProject {
  /** Absolute path. */
  readonly folder: string
  /** The name in `package.json`. */
  readonly name: string
  readonly template: TemplateName
}

/** What `--help` prints. */
export const HELP = `Usage: npm create flask-ts@latest [FOLDER] [-- --template NAME]

Makes a new flask-ts project in FOLDER, or in the current folder if none is named.

Templates:
${Object.entries(TEMPLATES)
  .map(([name, what]) => `  ${name.padEnd(9)}${what}`)
  .join('\n')}

Without --template it is minimal.
`

/** A folder's name as npm takes it for a package: lower case, without spaces. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
  return name === '' ? 'flask-app' : name
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { template: { type: 'string', short: 't', default: 'minimal' }, help: { type: 'boolean' } },
    })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${HELP}`, { cause: error })
  }
}

/**
 * Reads the command line.
 *
 * @param args - What stands behind the program's name.
 * @param current - The folder in which the program was started.
 * @returns `undefined` if help is wanted.
 * @throws UsageError - for an unknown option or template, or a second folder.
 */
export function parseArguments(args: readonly string[], current: string): NewProject | undefined {
  const { values, positionals } = parse(args)
  if (values.help === true) return undefined
  if (positionals.length > 1)
    throw new UsageError(`One folder at a time: ${positionals.join(', ')}.\n\n${HELP}`)
  const { template } = values
  if (!Object.hasOwn(TEMPLATES, template)) {
    throw new UsageError(
      `There is no template '${template}': it is one of ${Object.keys(TEMPLATES).join(', ')}.`,
    )
  }
  const folder = resolve(current, positionals[0] ?? '.')
  return { folder, name: packageName(folder), template: template as TemplateName }
}
