import { BuildError, type MapAdapter, type RuleParams } from '@flask-ts/werkzeug/routing'
import { blueprintOf, blueprintPath } from '../blueprint-names.ts'
import { type AppContext, currentContext } from '../context/app-context.ts'
import { NoServerNameError, UrlForValueError } from '../errors.ts'
import type { Converters } from '../routing/converters.ts'
import type { HookTable } from '../scaffold/hooks.ts'
import type { UrlValues } from '../scaffold/view-endpoint.ts'
import type { UrlDefaults } from '../view-types.ts'
import type { Request } from '../wrappers/request.ts'

/** What `urlFor` takes beside the values of the rule; further names become the query. */
export interface UrlForExtras {
  /** Appended as `#anchor`. */
  readonly _anchor?: string | undefined
  /** The rule for this method, where an endpoint has several. */
  readonly _method?: string | undefined
  /** Scheme of an absolute URL; empty for one that takes the page's. */
  readonly _scheme?: string | undefined
  /** Whether the URL is absolute; by default outside of requests, and where a scheme is given. */
  readonly _external?: boolean | undefined
  readonly [name: string]: unknown
}

/** The arguments of `urlFor` after the endpoint. An endpoint that is a rule says which values it needs. */
export type UrlForArguments<E extends string> = string extends E
  ? [values?: UrlForExtras]
  : E extends `${string}<${string}`
    ? [values: RuleParams<E, Converters> & UrlForExtras]
    : [values?: UrlForExtras]

/** What building a URL needs of the application. */
export interface UrlForHost {
  readonly urlDefaultFunctions: HookTable<UrlDefaults>
  createUrlAdapter(request: Request | null): MapAdapter | null
  handleUrlBuildError(error: BuildError, endpoint: string, values: UrlValues): string
}

/** Has the functions of `urlDefaults` fill in values: the application's, then those of the endpoint's blueprints. */
export function injectUrlDefaults(host: UrlForHost, endpoint: string, values: UrlValues): void {
  if (host.urlDefaultFunctions.size === 0) return
  for (const name of [null, ...blueprintPath(blueprintOf(endpoint)).toReversed()]) {
    for (const fill of host.urlDefaultFunctions.get(name) ?? []) fill(endpoint, values)
  }
}

/** Gives another URL where none can be built, or throws. */
export type UrlBuildErrorHandler = (
  error: BuildError,
  endpoint: string,
  values: UrlValues,
) => string | null | undefined

/**
 * Asks handlers in turn for another URL.
 *
 * @throws The last handler's error, or the given one.
 */
export function askBuildErrorHandlers(
  handlers: readonly UrlBuildErrorHandler[],
  error: BuildError,
  endpoint: string,
  values: UrlValues,
): string {
  let unsolved: unknown = error
  for (const handler of handlers) {
    try {
      const url = handler(error, endpoint, values)
      if (url !== null && url !== undefined) return url
    } catch (failure) {
      // The next handler may know better; the last failure is the one that is told.
      unsolved = failure
    }
  }
  throw unsolved
}

function quoteAnchor(anchor: string): string {
  return encodeURI(anchor.toWellFormed()).replaceAll('%25', '%')
}

function absoluteEndpoint(context: AppContext, endpoint: string): string {
  if (!endpoint.startsWith('.')) return endpoint
  const { blueprint } = context.request
  return blueprint === null ? endpoint.slice(1) : blueprint + endpoint
}

function adapterOf(host: UrlForHost, context: AppContext | undefined): MapAdapter {
  const adapter = context === undefined ? host.createUrlAdapter(null) : context.urlAdapter
  if (adapter !== null) return adapter
  throw new NoServerNameError(
    "Unable to build URLs outside an active request without 'SERVER_NAME' configured. Also configure" +
      " 'APPLICATION_ROOT' and 'PREFERRED_URL_SCHEME' as needed.",
  )
}

/**
 * Builds the URL of an endpoint; see `Flask.urlFor`.
 *
 * @throws BuildError - if no rule fits, unless a handler of the application answers.
 * @throws NoServerNameError - outside of a request, if the host is not configured.
 */
export function urlFor(host: UrlForHost, endpoint: string, given: UrlForExtras = {}): string {
  const { _anchor, _method, _scheme, _external, ...rest } = given
  const values: UrlValues = rest
  const context = currentContext()
  const inRequest = context?.hasRequest === true
  const name = inRequest ? absoluteEndpoint(context, endpoint) : endpoint
  const external = _external ?? (inRequest ? _scheme !== undefined : true)
  if (_scheme !== undefined && !external) {
    throw new UrlForValueError(
      `The URL for '${name}' has '_scheme' ${_scheme}: then '_external' must be true.`,
    )
  }
  const adapter = adapterOf(host, context)
  injectUrlDefaults(host, name, values)
  let url: string
  try {
    url = adapter.build(name, values, { method: _method, urlScheme: _scheme, forceExternal: external })
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    return host.handleUrlBuildError(error, name, {
      ...values,
      _anchor,
      _method,
      _scheme,
      _external: external,
    })
  }
  return _anchor === undefined ? url : `${url}#${quoteAnchor(_anchor)}`
}
