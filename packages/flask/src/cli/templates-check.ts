import { relative } from 'node:path'
import { checkTemplates, type TemplateProblem } from '@flask-ts/jinja'
import type { Flask } from '../app/app.ts'
import { isPromise } from '../then.ts'
import type { ContextProcessor } from '../view-types.ts'
import { CommandFailure } from './errors.ts'
import { hasExtension } from './templates-compile.ts'
import { namesInFolders } from './templates-sources.ts'

/** What `flask templates check` is told. */
export interface TemplatesCheckOptions {
  /** Further names that templates are given. */
  readonly given?: readonly string[] | undefined
  /** Whether names are checked. */
  readonly names: boolean
  readonly extensions?: readonly string[] | undefined
}

/** The names that templates may use, or why nobody can tell. */
interface KnownNames {
  readonly names: ReadonlySet<string>
  readonly doubts: readonly string[]
}

function processorsOf(app: Flask): ContextProcessor[] {
  return [...app.templateContextProcessors.values()].flat()
}

/** What a context processor adds; null if it cannot tell outside of a real request. */
function namesOfProcessor(processor: ContextProcessor): string[] | null {
  try {
    const more: unknown = processor()
    return isPromise(more) || typeof more !== 'object' || more === null ? null : Object.keys(more)
  } catch {
    return null
  }
}

function knownNames(app: Flask): KnownNames {
  const blueprints = app.blueprints.values() as Iterable<{ readonly rootPath: string }>
  const folders = [app, ...blueprints].map(({ rootPath }) => rootPath)
  const { names, unreadable } = namesInFolders([...new Set(folders)])
  const known = new Set([...names, 'g', 'request'])
  const doubts = unreadable.map(
    (place) => `the values of the call at ${relative('.', place)} are not written out there`,
  )
  using _context = app.testRequestContext('/')
  for (const processor of processorsOf(app)) {
    const added = namesOfProcessor(processor)
    if (added === null)
      doubts.push(`the context processor '${processor.name}' does not work outside of a real request`)
    for (const name of added ?? []) known.add(name)
  }
  return { names: known, doubts }
}

function line({ template, filename, lineno, message }: TemplateProblem): string {
  return `${filename === null ? template : relative('.', filename)}:${lineno}: ${message}`
}

/** The names to check by; null if they are not to be checked or cannot be known. */
function wantedNames(app: Flask, { names, given }: TemplatesCheckOptions): ReadonlySet<string> | null {
  if (!names) return null
  const known = knownNames(app)
  if (given !== undefined || known.doubts.length === 0) return new Set([...known.names, ...(given ?? [])])
  const reasons = known.doubts.map((doubt) => `  ${doubt}\n`).join('')
  process.stderr.write(
    `Names are not checked, for it is not known which ones templates are given:\n${reasons}` +
      `Give the missing ones with '--given NAME...' to have them checked.\n`,
  )
  return null
}

/**
 * Checks all templates of an application and prints what is wrong, one line each: `file:line: message`.
 *
 * Names are checked against those that calls of `renderTemplate` and its kin write out, those of context processors, and
 * the globals.
 *
 * @throws CommandFailure - if something is wrong.
 */
export function checkAppTemplates(app: Flask, options: TemplatesCheckOptions): void {
  const { templates, problems } = checkTemplates(app.jinjaEnv, {
    names: wantedNames(app, options),
    filter: hasExtension(options.extensions),
  })
  for (const problem of problems) process.stdout.write(`${line(problem)}\n`)
  const checked = `${templates.length} template${templates.length === 1 ? '' : 's'} checked`
  if (problems.length > 0) {
    throw new CommandFailure(
      `${checked}, ${problems.length} problem${problems.length === 1 ? '' : 's'} found.`,
    )
  }
  process.stdout.write(`${checked}, no problems found.\n`)
}
