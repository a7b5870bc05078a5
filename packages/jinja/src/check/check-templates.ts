import type { Environment } from '../environment/environment.ts'
import { TemplateNotFound, TemplateSyntaxError } from '../errors.ts'
import type { PrecompiledTemplate, TemplateSource } from '../loaders/loader.ts'
import { quote } from '../python/print.ts'
import { givenNames } from './given-names.ts'
import { type Reference, type TemplateFacts, templateFacts } from './template-facts.ts'

/** Something that is wrong in a template. */
export interface TemplateProblem {
  readonly template: string
  readonly filename: string | null
  /** From 1. */
  readonly lineno: number
  readonly message: string
}

/** What {@link checkTemplates} checks. */
export interface CheckTemplatesOptions {
  /** The names for which it gives true; all if not given. */
  readonly filter?: (name: string) => boolean
  /** The names that templates are rendered with, beside the globals; null if names are not to be checked. */
  readonly names?: Iterable<string> | null
}

/** What a check found. */
export interface TemplateCheck {
  /** The templates that were read. */
  readonly templates: readonly string[]
  /** By template and line. */
  readonly problems: readonly TemplateProblem[]
}

type OwnReport = (lineno: number, message: string) => void
type Report = (lineno: number, message: string, filename: string | null) => void

function read(environment: Environment, name: string): TemplateSource | PrecompiledTemplate | null {
  try {
    return environment.loader?.find(name) ?? null
  } catch (error) {
    if (error instanceof TemplateNotFound) return null
    throw error
  }
}

function isNoText(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
}

function facts(environment: Environment, name: string, report: Report): TemplateFacts | null {
  try {
    const found = read(environment, name)
    if (found === null || 'module' in found) return null
    const { source, filename } = found
    return templateFacts(environment, name, filename, environment.parse(source, name, filename))
  } catch (error) {
    if (error instanceof TemplateSyntaxError) report(error.lineno, error.description, error.filename)
    else if (isNoText(error)) report(1, `cannot be read: ${error.message}`, null)
    else throw error
    return null
  }
}

function checkReference(
  environment: Environment,
  own: TemplateFacts,
  { templates, lineno, optional, wanted }: Reference,
  all: ReadonlyMap<string, TemplateFacts>,
  report: OwnReport,
): void {
  if (templates.includes(null)) return
  const names = templates.map((name) => environment.joinPath(name as string, own.name))
  const found = names.filter((name) => all.has(name) || read(environment, name) !== null)
  if (found.length === 0 && !optional) report(lineno, `template not found: ${names.map(quote).join(', ')}`)
  const other = all.get(found[0] ?? '')
  if (other === undefined) return
  for (const name of wanted) {
    if (other.stored.has(name)) continue
    report(lineno, `the template ${quote(other.name)} does not export the requested name ${quote(name)}`)
  }
}

function checkNames(own: TemplateFacts, known: ReadonlySet<string>, report: OwnReport): void {
  for (const { name, lineno } of own.uses) {
    if (!known.has(name) && !own.optional.has(name)) report(lineno, `unknown name ${quote(name)}`)
  }
}

/**
 * Checks the templates of an environment without rendering them: syntax, unknown filters and tests, templates that are
 * not there, names that are imported but not exported, and names that nobody gives a value.
 *
 * A name that a template only asks for carefully (`is defined`, `default`) may be missing. A template that is included
 * or extended sees what the templates around it assign.
 *
 * @throws TypeError if the loader cannot list its templates.
 */
export function checkTemplates(environment: Environment, options: CheckTemplatesOptions = {}): TemplateCheck {
  const { filter, names = [] } = options
  const problems = new Map<string, TemplateProblem>()
  const reporter =
    (template: string): Report =>
    (lineno, message, filename) =>
      problems.set(`${template}:${lineno}:${message}`, { template, filename, lineno, message })
  const all = new Map<string, TemplateFacts>()
  const templates = environment.listTemplates(filter)
  for (const name of templates) {
    const found = facts(environment, name, reporter(name))
    if (found !== null) all.set(name, found)
  }
  const given = givenNames(all)
  for (const own of all.values()) {
    const report = (lineno: number, message: string): void =>
      reporter(own.name)(lineno, message, own.filename)
    for (const { kind, name, lineno } of own.unknownCallables)
      report(lineno, `No ${kind} named ${quote(name)}.`)
    for (const reference of own.references) checkReference(environment, own, reference, all, report)
    if (names !== null) checkNames(own, new Set([...names, ...(given.get(own.name) ?? [])]), report)
  }
  return { templates, problems: sorted([...problems.values()]) }
}

function sorted(problems: TemplateProblem[]): TemplateProblem[] {
  const order = (a: TemplateProblem, b: TemplateProblem): number =>
    a.template === b.template ? a.lineno - b.lineno : a.template < b.template ? -1 : 1
  return problems.sort(order)
}
