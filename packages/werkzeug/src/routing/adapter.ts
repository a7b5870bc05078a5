import { NotFound } from '../exceptions/client-errors.ts'
import { HTTPException } from '../exceptions/http-exception.ts'
import { MethodNotAllowed } from '../exceptions/method-not-allowed.ts'
import { RequestRedirect, WebsocketMismatch } from './errors.ts'
import { encodeQuery, isEmptyQuery, type QueryArgs, quotePath } from './quoting.ts'
import type { Rule } from './rule.ts'
import type { RouteValues } from './rule-builder.ts'
import { UrlBuilder, withoutLeadingSlashes } from './url-builder.ts'
import { joinUrl, unsplitUrl } from './url-join.ts'

/** What a lookup came to. */
export type LookupResult =
  | { readonly kind: 'match'; readonly rule: Rule; readonly values: RouteValues }
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'methodNotAllowed'; readonly methods: readonly string[] }
  | { readonly kind: 'websocketMismatch' }
  | { readonly kind: 'notFound' }

/** How one match differs from what the adapter is bound to. */
export interface MatchOptions {
  /** The query that redirects keep. */
  readonly queryArgs?: QueryArgs | string | undefined
  /** Whether the request is for a WebSocket. */
  readonly websocket?: boolean | undefined
}

const PLACEHOLDER = /<([^>]+)>/g
const NOT_FOUND: LookupResult = Object.freeze({ kind: 'notFound' })
const MISMATCH: LookupResult = Object.freeze({ kind: 'websocketMismatch' })

/** One slash before a path, however many there were; an empty path stays empty. */
function pathPart(path: string): string {
  if (path === '' || (path.charCodeAt(0) === 47 && path.charCodeAt(1) !== 47)) return path
  return `/${withoutLeadingSlashes(path)}`
}

/** Nearly every method comes in upper case, which is cheaper to see than to make. */
function upperCase(method: string): string {
  for (let i = 0; i < method.length; i++) if (method.charCodeAt(i) > 90) return method.toUpperCase()
  return method
}

function fillRedirect(target: string, rule: Rule, values: RouteValues): string {
  return target.replace(PLACEHOLDER, (_whole, name: string) => {
    const converter = rule.converters[rule.variables.indexOf(name)]
    if (converter !== undefined) return converter.toUrl(values[name])
    throw new ReferenceError(
      `redirectTo '${target}' of ${rule} names '${name}', which is no variable of the rule`,
    )
  })
}

/**
 * A map bound to a request or server: matches paths and builds URLs.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/routing/#werkzeug.routing.MapAdapter
 */
export class MapAdapter extends UrlBuilder {
  /**
   * Finds the rule for a path without throwing where there is none.
   *
   * @param pathInfo - Decoded; default: the bound path.
   * @param method - Default: the bound method.
   */
  lookup(pathInfo?: string, method?: string, options?: MatchOptions): LookupResult {
    const { map } = this
    const path = pathPart(pathInfo ?? this.pathInfo)
    const domain = map.subdomainMatching ? this.subdomain : map.hostMatching ? this.serverName : ''
    const verb = upperCase(method || this.defaultMethod)
    const outcome = map.find(domain, path, verb, options?.websocket ?? this.websocket)
    if (outcome.kind === 'match') {
      const { rule } = outcome
      if (rule.redirectTo === undefined && !rule.alias && rule.siblings.length === 1) return outcome
      const url = this.#redirectOf(
        outcome.rule,
        outcome.values,
        `${domain}|${path}`,
        verb,
        options?.queryArgs,
      )
      return url === undefined ? outcome : { kind: 'redirect', url }
    }
    if (outcome.kind === 'path') {
      return { kind: 'redirect', url: this.makeRedirectUrl(quotePath(outcome.path), options?.queryArgs) }
    }
    if (outcome.methods.size > 0) return { kind: 'methodNotAllowed', methods: [...outcome.methods] }
    return outcome.websocketMismatch ? MISMATCH : NOT_FOUND
  }

  #redirectOf(
    rule: Rule,
    values: RouteValues,
    path: string,
    method: string,
    queryArgs: QueryArgs | string | undefined,
  ): string | undefined {
    if (this.map.redirectDefaults) {
      if (rule.alias) return this.makeAliasRedirectUrl(path, rule.endpoint, values, method, queryArgs)
      const url = this.getDefaultRedirect(rule, method, values, queryArgs)
      if (url !== undefined) return url
    }
    const { redirectTo } = rule
    if (redirectTo === undefined) return undefined
    const target =
      typeof redirectTo === 'string' ? fillRedirect(redirectTo, rule, values) : redirectTo(this, values)
    const host = this.subdomain === '' ? this.serverName : `${this.subdomain}.${this.serverName}`
    return joinUrl(`${this.urlScheme || 'http'}://${host}${this.scriptName}`, target)
  }

  /**
   * Finds the endpoint for a path, with the values of the rule's variables.
   *
   * @param pathInfo - Decoded; default: the bound path.
   * @param method - Default: the bound method.
   * @throws RequestRedirect, MethodNotAllowed, WebsocketMismatch, NotFound.
   */
  match(
    pathInfo?: string,
    method?: string,
    options?: MatchOptions & { readonly returnRule?: false },
  ): [endpoint: string, values: RouteValues]
  match(
    pathInfo: string | undefined,
    method: string | undefined,
    options: MatchOptions & { readonly returnRule: true },
  ): [rule: Rule, values: RouteValues]
  match(
    pathInfo?: string,
    method?: string,
    options?: MatchOptions & { readonly returnRule?: boolean },
  ): [string | Rule, RouteValues] {
    const result = this.lookup(pathInfo, method, options)
    if (result.kind !== 'match') throw this.errorFor(result)
    return [options?.returnRule === true ? result.rule : result.rule.endpoint, result.values]
  }

  /** The exception for a lookup that found no rule. */
  errorFor(result: Exclude<LookupResult, { kind: 'match' }>): HTTPException {
    if (result.kind === 'redirect') return new RequestRedirect(result.url)
    if (result.kind === 'methodNotAllowed') return new MethodNotAllowed(result.methods)
    return result.kind === 'websocketMismatch' ? new WebsocketMismatch() : new NotFound()
  }

  /**
   * Matches, and calls a function with the endpoint and the values.
   *
   * @param view - Gives the answer.
   * @param options - `catchHttpExceptions` returns HTTP exceptions in place of throwing them; redirects are always returned.
   */
  dispatch<T>(
    view: (endpoint: string, values: RouteValues) => T,
    options: {
      readonly pathInfo?: string
      readonly method?: string
      readonly catchHttpExceptions?: boolean
    } = {},
  ): T | HTTPException {
    try {
      const result = this.lookup(options.pathInfo, options.method)
      if (result.kind === 'redirect') return this.errorFor(result)
      if (result.kind !== 'match') throw this.errorFor(result)
      return view(result.rule.endpoint, result.values)
    } catch (error) {
      if (options.catchHttpExceptions === true && error instanceof HTTPException) return error
      throw error
    }
  }

  /** Whether a path leads to a rule, be it with a redirect. */
  test(pathInfo?: string, method?: string): boolean {
    const { kind } = this.lookup(pathInfo, method)
    return kind === 'match' || kind === 'redirect'
  }

  /** The methods that a path takes; empty if it takes all, redirects, or is not found. */
  allowedMethods(pathInfo?: string): string[] {
    const result = this.lookup(pathInfo, '--')
    return result.kind === 'methodNotAllowed' ? [...result.methods] : []
  }

  /** The URL of the rule whose defaults are just the matched values, if there is one that builds before this rule. */
  getDefaultRedirect(
    rule: Rule,
    method: string,
    values: RouteValues,
    queryArgs?: QueryArgs | string,
  ): string | undefined {
    this.map.update()
    for (const other of rule.siblings) {
      if (other === rule) return undefined
      if (!other.providesDefaultsFor(rule) || !other.suitableFor(values, method)) continue
      Object.assign(values, other.defaults)
      const built = other.build(values)
      if (built !== undefined) return this.makeRedirectUrl(built.path, queryArgs, built.domain)
    }
    return undefined
  }

  /**
   * An absolute URL on the bound server, with a query.
   *
   * @param path - Percent-encoded, below the mount point.
   * @param queryArgs - Default: the bound query.
   */
  makeRedirectUrl(path: string, queryArgs?: QueryArgs | string, domain?: string): string {
    const mount = this.scriptName.replace(/^\/+|\/+$/g, '')
    const target = `${mount}/${withoutLeadingSlashes(path)}`
    return unsplitUrl(this.urlScheme || 'http', this.getHost(domain), target, this.#queryText(queryArgs))
  }

  #queryText(queryArgs: QueryArgs | string | undefined): string {
    const query = queryArgs ?? this.queryArgs
    if (query === undefined || isEmptyQuery(query)) return ''
    return typeof query === 'string' ? query : encodeQuery(query)
  }

  /**
   * The main URL of an endpoint that was reached through an alias.
   *
   * @throws BuildError if there is none.
   */
  makeAliasRedirectUrl(
    path: string,
    endpoint: string,
    values: RouteValues,
    method: string,
    queryArgs?: QueryArgs | string,
  ): string {
    let url = this.build(endpoint, values, { method, appendUnknown: false, forceExternal: true })
    const query = this.#queryText(queryArgs)
    if (query !== '') url += `?${query}`
    if (url === path)
      throw new RangeError(`the alias '${path}' leads to itself: give '${endpoint}' a rule that is no alias`)
    return url
  }
}
