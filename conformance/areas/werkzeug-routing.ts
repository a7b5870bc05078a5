import { BadHost } from '@flask-ts/werkzeug/exceptions'
import {
  BuildError,
  DuplicateRuleError,
  type LookupResult,
  type MapAdapter,
  Rule,
  type RuleOptions,
  UrlMap,
} from '@flask-ts/werkzeug/routing'
import { type CorpusLine, compare, type Verdict } from '../case.ts'

type Fields = Readonly<Record<string, unknown>>

interface Call {
  readonly op: 'match' | 'build' | 'allowed_methods' | 'test'
  readonly path?: string | null
  readonly method?: string
  readonly endpoint?: string
  readonly values?: Record<string, unknown>
  readonly query_args?: string | Record<string, unknown>
  readonly websocket?: boolean
  readonly force_external?: boolean
  readonly append_unknown?: boolean
  readonly url_scheme?: string
  readonly expect: unknown
}

interface RoutingCase extends CorpusLine {
  readonly rules: readonly (Fields & { readonly rule: string })[]
  readonly map?: Fields
  readonly bind: Fields & { readonly server_name: string }
  readonly calls?: readonly Call[]
  readonly map_error?: string
  readonly bind_error?: string
}

/** Werkzeug's own errors must have their class; for Python's builtins it is enough that something is thrown. */
const OWN_ERRORS: ReadonlyMap<string, new (...args: never[]) => Error> = new Map<
  string,
  new (
    ...args: never[]
  ) => Error
>([
  ['DuplicateRuleError', DuplicateRuleError],
  ['BadHost', BadHost],
  ['BuildError', BuildError],
])

function camelCase(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value ?? undefined,
    ]),
  )
}

function agrees(name: string, error: unknown): boolean {
  const type = OWN_ERRORS.get(name)
  return type === undefined ? error instanceof Error : error instanceof type
}

function verdictOfThrow(expected: string, action: () => unknown): Verdict {
  try {
    return { pass: false, expected: { error: expected }, actual: action() }
  } catch (error) {
    return agrees(expected, error)
      ? { pass: true }
      : { pass: false, expected: { error: expected }, actual: error }
  }
}

function describe(result: LookupResult): unknown {
  switch (result.kind) {
    case 'match':
      return { endpoint: result.rule.endpoint, values: result.values }
    case 'redirect':
      return { redirect: result.url, code: 308 }
    case 'methodNotAllowed':
      return { method_not_allowed: [...result.methods].sort() }
    case 'websocketMismatch':
      return { websocket_mismatch: true }
    case 'notFound':
      return { not_found: true }
  }
}

function build(adapter: MapAdapter, call: Call): unknown {
  try {
    const url = adapter.build(call.endpoint as string, call.values, {
      method: call.method ?? undefined,
      forceExternal: call.force_external,
      appendUnknown: call.append_unknown,
      urlScheme: call.url_scheme,
    })
    return { url }
  } catch (error) {
    if (error instanceof BuildError)
      return { build_error: true, suggested: error.suggested?.endpoint ?? null }
    throw error
  }
}

function perform(adapter: MapAdapter, call: Call): unknown {
  const path = call.path ?? undefined
  switch (call.op) {
    case 'match':
      return describe(
        adapter.lookup(path, call.method, { queryArgs: call.query_args, websocket: call.websocket }),
      )
    case 'build':
      return build(adapter, call)
    case 'allowed_methods':
      return adapter.allowedMethods(path).sort()
    case 'test':
      return adapter.test(path, call.method)
  }
}

function runCall(adapter: MapAdapter, call: Call): Verdict {
  const { expect } = call
  if (typeof expect === 'object' && expect !== null && 'error' in expect) {
    return verdictOfThrow(expect.error as string, () => perform(adapter, call))
  }
  return compare(expect, perform(adapter, call))
}

function makeMap(line: RoutingCase): UrlMap {
  const rules = line.rules.map(({ rule, ...options }) => new Rule(rule, camelCase(options) as RuleOptions))
  return new UrlMap(rules, camelCase(line.map ?? {}))
}

/** Runs one line of a `werkzeug-routing` corpus. */
export function runCase(given: CorpusLine): Verdict {
  const line = given as RoutingCase
  if (line.map_error !== undefined) return verdictOfThrow(line.map_error, () => makeMap(line))
  const map = makeMap(line)
  const bind = (): MapAdapter => map.bind(line.bind.server_name, camelCase(line.bind))
  if (line.bind_error !== undefined) return verdictOfThrow(line.bind_error, bind)
  const adapter = bind()
  for (const call of line.calls ?? []) {
    const verdict = runCall(adapter, call)
    if (!verdict.pass) {
      return { pass: false, expected: { call, expect: verdict.expected }, actual: verdict.actual }
    }
  }
  return { pass: true }
}
