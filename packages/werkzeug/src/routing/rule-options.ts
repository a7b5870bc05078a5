import type { RouteValues } from './rule-builder.ts'

/** What a function that computes a redirect sees of the adapter that matched. */
export interface RedirectAdapter {
  build(endpoint: string, values?: Readonly<RouteValues>): string
  getHost(domain?: string): string
}

/** Computes the target of a `redirectTo` rule, absolute or relative to the application's root. */
export type RedirectTarget = (adapter: RedirectAdapter, values: RouteValues) => string

/** What a rule is made from beside its text. */
export interface RuleOptions {
  /** The name under which URLs of the rule are built. */
  readonly endpoint?: string | undefined
  /** The methods that the rule takes; absent: all. `GET` brings `HEAD`. */
  readonly methods?: Iterable<string> | undefined
  /** Values for variables that are not in the rule. */
  readonly defaults?: Readonly<RouteValues> | undefined
  /** The rule for the subdomain; default: the map's default subdomain. */
  readonly subdomain?: string | undefined
  /** The rule for the whole host, if the map matches hosts. */
  readonly host?: string | undefined
  /** Whether a URL without the rule's trailing slash redirects; default: the map's. */
  readonly strictSlashes?: boolean | undefined
  /** Whether doubled slashes redirect; default: the map's. */
  readonly mergeSlashes?: boolean | undefined
  /** Where requests for the rule are sent: a rule text with the same variables, or a function. */
  readonly redirectTo?: string | RedirectTarget | undefined
  /** The rule builds URLs and matches none. */
  readonly buildOnly?: boolean | undefined
  /** The rule is another address of an endpoint, and redirects to its main one. */
  readonly alias?: boolean | undefined
  /** The rule is for WebSocket requests only. */
  readonly websocket?: boolean | undefined
}

const WEBSOCKET_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Thrown for options of a rule that do not fit together. */
export class RuleOptionsError extends TypeError {
  override name = 'RuleOptionsError'
}

/**
 * The methods of a rule in upper case, with those that come with others; `undefined` for all methods.
 *
 * @throws RuleOptionsError if they are not a list, or not for a WebSocket rule.
 */
export function readMethods(
  methods: Iterable<string> | undefined,
  websocket: boolean,
): ReadonlySet<string> | undefined {
  if (methods === undefined || methods === null) return undefined
  if (typeof methods === 'string') {
    throw new RuleOptionsError(`'methods' should be a list of strings: write ['${methods}']`)
  }
  const names = new Set(Array.from(methods, (name) => name.toUpperCase()))
  if (names.has('GET')) names.add('HEAD')
  if (websocket && [...names].some((name) => !WEBSOCKET_METHODS.has(name))) {
    throw new RuleOptionsError("WebSocket rules can only use 'GET', 'HEAD', and 'OPTIONS' methods.")
  }
  return names
}
