import {
  ChainableUndefined,
  DebugUndefined,
  DictLoader,
  Environment,
  type EnvironmentOptions,
  ImmutableSandboxedEnvironment,
  installGettextTranslations,
  type RenderContext,
  SandboxedEnvironment,
  StrictUndefined,
  selectAutoescape,
  type Template,
  TemplateNotFound,
  TemplateSyntaxError,
  Undefined,
} from '@flask-ts/jinja'
import { add, defineFunction, print } from '@flask-ts/jinja/python'
import { Markup } from '@flask-ts/markupsafe'
import { type CorpusLine, compare, type Verdict } from '../case.ts'
import { parseOrdered } from '../ordered-json.ts'

interface Catalogue {
  readonly messages?: Readonly<Record<string, string>>
  readonly plurals?: Readonly<Record<string, readonly [one: string, many: string]>>
}

interface I18n extends Catalogue {
  readonly newstyle: boolean
  readonly contexts?: Readonly<Record<string, Catalogue>>
}

interface CaseEnvironment {
  readonly [option: string]: unknown
  readonly autoescape?: boolean | { readonly select: Readonly<Record<string, unknown>> }
  readonly undefined?: 'strict' | 'chainable' | 'debug' | 'default'
  readonly extensions?: readonly string[]
  readonly sandboxed?: true | 'immutable'
  readonly policies?: Readonly<Record<string, unknown>>
  readonly i18n?: I18n
}

interface ExpectedError {
  readonly type: string
  readonly message?: string
  readonly lineno?: number
  readonly name?: string
  readonly templates?: readonly string[]
}

interface JinjaCase {
  readonly env?: CaseEnvironment
  readonly templates: Readonly<Record<string, string>>
  readonly entry: string
  readonly context?: Readonly<Record<string, unknown>>
  readonly expect: { readonly output?: string; readonly error?: ExpectedError }
}

const undefinedClasses = {
  strict: StrictUndefined,
  chainable: ChainableUndefined,
  debug: DebugUndefined,
  default: Undefined,
}

const functions: Readonly<Record<string, unknown>> = {
  upper: defineFunction('upper(value)', (value: unknown) => print(value).toUpperCase()),
  add: defineFunction('add(a, b?)', (a: unknown, b: unknown = 0) => add(a, b)),
  join: defineFunction('join(*args, sep?)', (args: unknown[], sep: unknown = '-') =>
    args.map(print).join(print(sep)),
  ),
  raise: defineFunction('raise(message?)', (message: unknown = 'raised by the test') => {
    throw new HostError(print(message))
  }),
}

/** What the function `raise` of the corpus throws: any error of the host stands for Python's RuntimeError. */
class HostError extends Error {
  override name = 'RuntimeError'
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function autoescape(value: CaseEnvironment['autoescape']): EnvironmentOptions['autoescape'] {
  if (value === undefined || typeof value === 'boolean') return value
  const { enabled, disabled, default_for_string: defaultForString, default: otherwise } = value.select
  return selectAutoescape({
    enabledExtensions: enabled as readonly string[] | undefined,
    disabledExtensions: disabled as readonly string[] | undefined,
    defaultForString: defaultForString as boolean | undefined,
    default: otherwise as boolean | undefined,
  })
}

function lookUp<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
}

function plural(catalogue: Catalogue | undefined, one: string, many: string, n: number): string {
  const [first, other] = lookUp(catalogue?.plurals, one) ?? [one, many]
  return n === 1 ? first : other
}

function installCatalogue(environment: Environment, i18n: I18n): void {
  const of = (context: string): Catalogue | undefined => lookUp(i18n.contexts, context)
  const translations = {
    gettext: (message: string) => lookUp(i18n.messages, message) ?? message,
    ngettext: (one: string, many: string, n: number) => plural(i18n, one, many, n),
    pgettext: (context: string, message: string) => lookUp(of(context)?.messages, message) ?? message,
    npgettext: (context: string, one: string, many: string, n: number) => plural(of(context), one, many, n),
  }
  installGettextTranslations(environment, translations, i18n.newstyle)
}

function makeEnvironment({ env = {}, templates }: JinjaCase, enableAsync: boolean): Environment {
  const { autoescape: escapes, undefined: kind, extensions, sandboxed, policies, i18n, ...syntax } = env
  const options: EnvironmentOptions = {
    ...Object.fromEntries(Object.entries(syntax).map(([name, value]) => [camelCase(name), value])),
    autoescape: autoescape(escapes),
    undefined: kind === undefined ? undefined : undefinedClasses[kind],
    extensions: extensions ?? [],
    loader: new DictLoader(templates),
    enableAsync,
  }
  const classes = sandboxed === 'immutable' ? ImmutableSandboxedEnvironment : SandboxedEnvironment
  const environment = sandboxed === undefined ? new Environment(options) : new classes(options)
  Object.assign(environment.policies, policies)
  if (i18n !== undefined) installCatalogue(environment, i18n)
  return environment
}

function decode(value: unknown, environment: Environment): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => decode(item, environment))
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, decode(item, environment)]))
  }
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only !== undefined) {
    const [kind, content] = only
    if (kind === '__markup__') return new Markup(content)
    if (kind === '__undefined__') return new environment.undefined(null, undefined, 'value')
    if (kind === '__fn__') return functions[content as string]
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, decode(item, environment)]))
}

/** The fields of an error that the expectation speaks of. */
function describe(error: Error, expected: ExpectedError): Record<string, unknown> {
  const found: Record<string, unknown> = { type: error.name, message: error.message }
  if (error instanceof TemplateSyntaxError) {
    found.message = error.description
    found.lineno = error.lineno
    found.name = error.templateName
  } else if (error instanceof TemplateNotFound) {
    found.name = error.templateName
    found.templates = error.templates
  }
  return Object.fromEntries(Object.keys(expected).map((field) => [field, found[field]]))
}

/** The ways to render a template, which must all come to the same. */
const modes: readonly {
  isAsync: boolean
  render(template: Template, context: RenderContext): Promise<string> | string
}[] = [
  { isAsync: false, render: (template, context) => template.render(context) },
  { isAsync: false, render: (template, context) => [...template.generate(context)].join('') },
  { isAsync: true, render: (template, context) => template.renderAsync(context) },
]

/** Reads a case; the dicts of its context keep the order of their keys, as Python's do. */
export function parseLine(text: string): CorpusLine {
  const line: CorpusLine = JSON.parse(text)
  return line.context === undefined ? line : { ...line, context: (parseOrdered(text) as CorpusLine).context }
}

/** Renders one case of the template corpus in every way and compares the output or the error. */
export async function runCase(line: CorpusLine): Promise<Verdict> {
  const given = line as unknown as JinjaCase
  for (const { isAsync, render } of modes) {
    const verdict = await renderCase(given, isAsync, render)
    if (!verdict.pass) return verdict
  }
  return { pass: true }
}

async function renderCase(
  given: JinjaCase,
  isAsync: boolean,
  render: (typeof modes)[number]['render'],
): Promise<Verdict> {
  try {
    const environment = makeEnvironment(given, isAsync)
    const context = decode(given.context ?? {}, environment) as Record<string, unknown>
    return compare(given.expect, { output: await render(environment.getTemplate(given.entry), context) })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { error: expected } = given.expect
    if (expected === undefined) return { pass: false, expected: given.expect, actual: error }
    return compare(expected, describe(error, expected))
  }
}
