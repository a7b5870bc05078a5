import { expandWildcard, isPattern, type Matcher, matcher, type Pattern } from './pattern.ts'
import { pythonSorted } from './python-sorted.ts'

/** One value, or several. */
export type OneOrMany<Value> = Value | Iterable<Value>

/** Decides about an origin in code: `true` admits it. */
export type OriginFunction = (origin: string) => boolean

/** An allowed origin: text, a pattern, or a function. */
export type Origin = Pattern | OriginFunction

/**
 * What Flask-CORS takes, for an application, a resource or a view.
 *
 * See https://flask-cors.readthedocs.io/en/latest/api.html.
 */
export interface CorsOptions {
  /** The origins that may read responses. Default `*`. */
  readonly origins?: OneOrMany<Origin> | undefined
  /** The methods that a preflight admits. Default all of GET, HEAD, POST, OPTIONS, PUT, PATCH and DELETE. */
  readonly methods?: OneOrMany<string> | undefined
  /** The request headers that a preflight admits. Default `*`. */
  readonly allowHeaders?: OneOrMany<Pattern> | undefined
  /** The response headers that scripts may read. Default those that the browser always lets them read. */
  readonly exposeHeaders?: OneOrMany<string> | null | undefined
  /** Whether cookies and other credentials may be sent. Default false. */
  readonly supportsCredentials?: boolean | undefined
  /** How many seconds a browser may keep a preflight's answer. Default: nothing is said. */
  readonly maxAge?: number | string | { readonly seconds: number } | null | undefined
  /** Whether `*` is answered rather than the request's origin where all are admitted. Default false. */
  readonly sendWildcard?: boolean | undefined
  /** Whether `Vary: Origin` is added where the answer depends on the origin. Default true. */
  readonly varyHeader?: boolean | undefined
  /** Whether a decorated view's OPTIONS is answered for it. Default true. */
  readonly automaticOptions?: boolean | undefined
  /** Whether responses to requests without an origin get the headers too. Default true. */
  readonly alwaysSend?: boolean | undefined
  /** Whether a private network may be reached from a public one. Default false. */
  readonly allowPrivateNetwork?: boolean | undefined
  /** Whether error responses get the headers as soon as they are made. Default true. */
  readonly interceptExceptions?: boolean | undefined
}

/** Options with nothing left open, and their comparisons made. */
export interface ResolvedOptions {
  readonly origins: readonly Origin[]
  readonly admitsAll: boolean
  readonly admitsOrigin: Matcher
  /** Whether the answer can differ from one origin to the next. */
  readonly varies: boolean
  /** What is answered to a request without an origin, or `undefined` for nothing. */
  readonly withoutOrigin: string | undefined
  readonly methods: string
  readonly admitsHeader: Matcher
  readonly exposeHeaders: string | undefined
  readonly supportsCredentials: boolean
  readonly maxAge: string | undefined
  readonly sendWildcard: boolean
  readonly varyHeader: boolean
  readonly automaticOptions: boolean
  readonly allowPrivateNetwork: boolean
  readonly interceptExceptions: boolean
}

const allMethods = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']

const defaults = {
  origins: '*',
  methods: allMethods,
  allowHeaders: '*',
  exposeHeaders: null,
  supportsCredentials: false,
  maxAge: null,
  sendWildcard: false,
  varyHeader: true,
  automaticOptions: true,
  alwaysSend: true,
  allowPrivateNetwork: false,
  interceptExceptions: true,
} as const satisfies CorsOptions

/** The names of the options, as an application's code writes them. */
export const optionNames: readonly string[] = [...Object.keys(defaults), 'resources']

/** The credentials setting and a forced wildcard contradict each other: no browser accepts both. */
export class CorsConfigError extends Error {
  override name = 'CorsConfigError'
}

/** Merges options, the last one given winning; `undefined` gives nothing. */
export function mergeOptions<Options extends CorsOptions>(...given: readonly Options[]): Options {
  const merged: Record<string, unknown> = {}
  for (const options of given) {
    for (const [name, value] of Object.entries(options)) if (value !== undefined) merged[name] = value
  }
  return merged as Options
}

/**
 * Fills options with their defaults and makes their comparisons.
 *
 * @throws {CorsConfigError} If they contradict each other or hold a value that means nothing.
 */
export function resolveOptions(options: CorsOptions): ResolvedOptions {
  const given = { ...defaults, ...mergeOptions(options) }
  const origins = oneOrMany(given.origins as OneOrMany<Origin>).map((origin) => expandWildcard(origin))
  for (const origin of origins) checkOrigin(origin)
  const admitsAll = origins.includes('.*')
  if (admitsAll && given.supportsCredentials && given.sendWildcard) throw wildcardWithCredentials()
  const allowHeaders = oneOrMany(given.allowHeaders as OneOrMany<Pattern>).map((name) => expandWildcard(name))
  return {
    origins,
    admitsAll,
    admitsOrigin: anyMatcher(origins),
    varies: origins.length > 1 || origins.some((origin) => typeof origin === 'function' || isPattern(origin)),
    withoutOrigin: given.alwaysSend
      ? answerWithoutOrigin(origins, admitsAll, given.supportsCredentials)
      : undefined,
    methods: joined('methods', given.methods)!.toUpperCase(),
    admitsHeader: anyMatcher(allowHeaders),
    exposeHeaders: joined('exposeHeaders', given.exposeHeaders) || undefined,
    supportsCredentials: Boolean(given.supportsCredentials),
    maxAge: seconds(given.maxAge),
    sendWildcard: Boolean(given.sendWildcard),
    varyHeader: Boolean(given.varyHeader),
    automaticOptions: Boolean(given.automaticOptions),
    allowPrivateNetwork: Boolean(given.allowPrivateNetwork),
    interceptExceptions: Boolean(given.interceptExceptions),
  }
}

function wildcardWithCredentials(): CorsConfigError {
  return new CorsConfigError(
    "supportsCredentials cannot go with sendWildcard and origins '*': a browser refuses " +
      "'Access-Control-Allow-Origin: *' on a request with credentials. Leave sendWildcard out, so that the " +
      "request's own origin is answered, or name the origins",
  )
}

function checkOrigin(origin: unknown): void {
  if (typeof origin === 'string' || typeof origin === 'function' || origin instanceof RegExp) return
  throw new CorsConfigError(
    `An origin must be text such as 'https://example.com', a RegExp or a function, not ${String(origin)}`,
  )
}

function oneOrMany<Value>(value: OneOrMany<Value>): Value[] {
  const isMany = typeof value === 'object' && value !== null && Symbol.iterator in value
  return isMany ? [...value] : [value as Value]
}

function anyMatcher(settings: readonly Origin[]): Matcher {
  if (settings.includes('.*')) return () => true
  const matchers = settings.map((setting) =>
    typeof setting === 'function' ? setting : matcher(setting, true),
  )
  return matchers.length === 1 ? matchers[0]! : (value) => matchers.some((matches) => matches(value))
}

function answerWithoutOrigin(
  origins: readonly Origin[],
  admitsAll: boolean,
  supportsCredentials: boolean,
): string | undefined {
  if (admitsAll) return supportsCredentials ? undefined : '*'
  return pythonSorted(
    origins.filter((origin) => typeof origin === 'string' && !isPattern(origin)) as string[],
  )[0]
}

function joined(name: string, value: OneOrMany<string> | null): string | undefined {
  if (value === null) {
    if (name === 'exposeHeaders') return undefined
    throw new CorsConfigError(`${name} must be text or a list of it, not null: leave it out for the default`)
  }
  return typeof value === 'string' ? value : pythonSorted([...value].map(String)).join(', ')
}

/** A number of 0 says nothing, as in Flask-CORS; the text `0` and a duration of 0 do. */
function seconds(value: CorsOptions['maxAge']): string | undefined {
  if (value === null || value === undefined || value === 0 || value === '') return undefined
  return typeof value === 'object' ? String(Math.trunc(value.seconds)) : String(value)
}
