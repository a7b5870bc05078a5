import type { Environ } from '@flask-ts/wsgi'
import { BadHost } from '../exceptions/client-errors.ts'
import { encodeIdna, IdnaError } from '../urls/idna.ts'
import { MapAdapter } from './adapter.ts'
import type { ConverterClass } from './converter.ts'
import { DEFAULT_CONVERTERS } from './default-converters.ts'
import { environHost, environPath, environQuery, environScheme, stripStandardPort } from './environ-parts.ts'
import type { QueryArgs, QueryOptions } from './quoting.ts'
import type { Rule, RuleFactory, RuleHost } from './rule.ts'
import type { RouteValues } from './rule-builder.ts'
import { type Outcome, StateMachine } from './state-machine.ts'
import type { AdapterHost } from './url-builder.ts'

/** How a map matches and builds. */
export interface UrlMapOptions {
  /** The subdomain of rules that name none; default: empty. */
  readonly defaultSubdomain?: string | undefined
  /** Whether a missing slash at the end redirects; default: true. */
  readonly strictSlashes?: boolean | undefined
  /** Whether doubled slashes redirect to single ones; default: true. */
  readonly mergeSlashes?: boolean | undefined
  /** Whether a URL that spells out a rule's defaults redirects to that rule; default: true. */
  readonly redirectDefaults?: boolean | undefined
  /** Converters beside (or in place of) the built-in ones. */
  readonly converters?: Readonly<Record<string, ConverterClass>> | undefined
  /** Whether the query of a built URL is sorted; default: false. */
  readonly sortParameters?: boolean | undefined
  /** The sort key of a `[name, value]` pair of the query. */
  readonly sortKey?: QueryOptions['sortKey']
  /** Whether rules match the whole host, by their `host`; default: false. */
  readonly hostMatching?: boolean | undefined
  /** Whether rules match the subdomain; default: true, but never together with `hostMatching`. */
  readonly subdomainMatching?: boolean | undefined
}

/** What an adapter is bound to. */
export interface BindOptions {
  /** The path at which the application is mounted; default: `/`. */
  readonly scriptName?: string | undefined
  /** The subdomain of the request; default: the map's default subdomain. */
  readonly subdomain?: string | undefined
  /** Default: `http`. With `ws` and `wss` only WebSocket rules match. */
  readonly urlScheme?: string | undefined
  /** The method of the request; default: `GET`. */
  readonly defaultMethod?: string | undefined
  /** The path below the mount point, decoded; default: `/`. */
  readonly pathInfo?: string | undefined
  /** The query of the request, kept in redirects. */
  readonly queryArgs?: QueryArgs | string | undefined
}

/** How a map is bound to a request. */
export interface BindToEnvironOptions {
  /** The application's `host:port`; what the request's host has before it is the subdomain. */
  readonly serverName?: string | undefined
  /** The subdomain, where it is known. */
  readonly subdomain?: string | undefined
  /** The request's `host:port`, where it has been validated already. */
  readonly host?: string | undefined
  /** The path below the mount point, where it has been decoded already. */
  readonly pathInfo?: string | undefined
}

/** Thrown for an endpoint that no rule has. */
export class UnknownEndpointError extends Error {
  override name = 'UnknownEndpointError'
  constructor(endpoint: string) {
    super(`no url rule has the endpoint '${endpoint}': see map.iterRules() for those there are`)
  }
}

/** Thrown for options of a map or a binding that contradict each other. */
export class UrlMapOptionsError extends Error {
  override name = 'UrlMapOptionsError'
}

function asciiHost(name: string): string {
  try {
    return encodeIdna(name)
  } catch (error) {
    if (error instanceof IdnaError) throw new BadHost()
    throw error
  }
}

function compareForBuild(left: Rule, right: Rule): number {
  return (
    Number(left.alias) - Number(right.alias) ||
    right.arguments.size - left.arguments.size ||
    Object.keys(right.defaults ?? {}).length - Object.keys(left.defaults ?? {}).length
  )
}

/**
 * All URL rules of an application, in Werkzeug `Map`.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/routing/#maps-rules-and-adapters
 */
export class UrlMap implements RuleHost, AdapterHost {
  readonly defaultSubdomain: string
  readonly strictSlashes: boolean
  readonly mergeSlashes: boolean
  readonly redirectDefaults: boolean
  readonly hostMatching: boolean
  readonly subdomainMatching: boolean
  readonly sortParameters: boolean
  readonly sortKey: QueryOptions['sortKey']
  /** The converters by the name that rules use; more can be added. */
  readonly converters: Record<string, ConverterClass>
  readonly #machine: StateMachine
  readonly #byEndpoint = new Map<string, Rule[]>()
  #unsorted = false
  #lastServerName = ''
  #lastAsciiName = ''

  /**
   * @param rules - Rules and factories of rules.
   * @throws DuplicateRuleError for two rules that match the same, and what {@link Rule.bind} throws.
   */
  constructor(rules: Iterable<RuleFactory> = [], options: UrlMapOptions = {}) {
    this.defaultSubdomain = options.defaultSubdomain ?? ''
    this.strictSlashes = options.strictSlashes ?? true
    this.mergeSlashes = options.mergeSlashes ?? true
    this.redirectDefaults = options.redirectDefaults ?? true
    this.hostMatching = options.hostMatching ?? false
    this.subdomainMatching = !this.hostMatching && (options.subdomainMatching ?? true)
    this.sortParameters = options.sortParameters ?? false
    this.sortKey = options.sortKey
    this.converters = { ...DEFAULT_CONVERTERS, ...options.converters }
    this.#machine = new StateMachine(this.mergeSlashes)
    for (const factory of rules) this.add(factory)
  }

  /**
   * Adds a rule, or those of a factory.
   *
   * @throws DuplicateRuleError for a rule that matches the same as another, and what {@link Rule.bind} throws.
   */
  add(factory: RuleFactory): void {
    for (const rule of factory.getRules(this)) {
      rule.bind(this)
      if (!rule.buildOnly) this.#machine.add(rule)
      const siblings = this.#byEndpoint.get(rule.endpoint)
      if (siblings === undefined) {
        const first = [rule]
        this.#byEndpoint.set(rule.endpoint, first)
        rule.siblings = first
      } else {
        siblings.push(rule)
        rule.siblings = siblings
        this.#unsorted = true
      }
    }
  }

  /** Puts the rules of each endpoint into the order in which URLs are built from them. */
  update(): void {
    if (!this.#unsorted) return
    this.#unsorted = false
    for (const rules of this.#byEndpoint.values()) rules.sort(compareForBuild)
  }

  /** The rules of an endpoint in the order in which URLs are built from them; none for an unknown one. */
  rulesOf(endpoint: string): readonly Rule[] {
    this.update()
    return this.#byEndpoint.get(endpoint) ?? []
  }

  /**
   * All rules, or those of an endpoint.
   *
   * @throws UnknownEndpointError if no rule has the endpoint.
   */
  iterRules(endpoint?: string): Rule[] {
    this.update()
    if (endpoint === undefined) return [...this.#byEndpoint.values()].flat()
    const rules = this.#byEndpoint.get(endpoint)
    if (rules === undefined) throw new UnknownEndpointError(endpoint)
    return [...rules]
  }

  /**
   * Whether some rule of an endpoint has all these variables.
   *
   * @throws UnknownEndpointError if no rule has the endpoint.
   */
  isEndpointExpecting(endpoint: string, ...names: readonly string[]): boolean {
    return this.iterRules(endpoint).some((rule) => names.every((name) => rule.arguments.has(name)))
  }

  /** Finds the rule for a path; see {@link StateMachine.match}. */
  find(domain: string, path: string, method: string, websocket: boolean): Outcome {
    return this.#machine.match(domain, path, method, websocket)
  }

  /**
   * The rule of a path where nothing but path and method counts: the usual case, which needs no adapter.
   *
   * @param path - Decoded, with one slash at its beginning.
   * @returns `undefined` where a bound adapter must decide: no match, redirects, aliases, endpoints of several rules.
   */
  findPlainly(
    path: string,
    method: string,
  ): { readonly rule: Rule; readonly values: RouteValues } | undefined {
    if (this.hostMatching) return undefined
    const outcome = this.#machine.match(this.defaultSubdomain, path, method, false)
    if (outcome.kind !== 'match') return undefined
    const { rule } = outcome
    return rule.redirectTo === undefined && !rule.alias && rule.siblings.length === 1 ? outcome : undefined
  }

  /**
   * Binds the map to a server, for matching and building.
   *
   * @param serverName - `host:port` of the application or request; needed for absolute URLs and host matching.
   * @throws BadHost if the name is no host name; UrlMapOptionsError for a subdomain together with host matching.
   */
  bind(serverName: string, options: BindOptions = {}): MapAdapter {
    return new MapAdapter(this, this.#asciiName(serverName), {
      scriptName: options.scriptName ?? '/',
      subdomain: this.#checkedSubdomain(options.subdomain),
      urlScheme: options.urlScheme ?? 'http',
      defaultMethod: options.defaultMethod ?? 'GET',
      pathInfo: options.pathInfo ?? '/',
      queryArgs: options.queryArgs,
    })
  }

  #checkedSubdomain(subdomain: string | undefined): string {
    if (!this.hostMatching) return subdomain ?? this.defaultSubdomain
    if (subdomain === undefined) return ''
    throw new UrlMapOptionsError(
      `subdomain '${subdomain}' with host matching: rules match the whole host here`,
    )
  }

  /** Nearly all requests name the same host, so the last name is kept. */
  #asciiName(serverName: string): string {
    if (serverName === this.#lastServerName) return this.#lastAsciiName
    const lower = serverName.toLowerCase()
    const colon = lower.indexOf(':')
    // The port is no part of the name, and might push a label over its limit.
    const name = asciiHost(colon === -1 ? lower : lower.slice(0, colon))
    this.#lastServerName = serverName
    this.#lastAsciiName = colon === -1 ? name : name + lower.slice(colon)
    return this.#lastAsciiName
  }

  /**
   * Binds the map to a request.
   *
   * @throws BadHost if the request's host is no host name.
   */
  bindToEnviron(environ: Environ, options: BindToEnvironOptions = {}): MapAdapter {
    const host = options.host ?? environHost(environ)
    const scheme = environScheme(environ)
    let serverName = host
    if (options.serverName !== undefined && !this.hostMatching) {
      serverName = stripStandardPort(options.serverName.toLowerCase(), scheme)
    }
    let { subdomain } = options
    if (subdomain === undefined && this.subdomainMatching) {
      subdomain = this.#subdomainOf(host.toLowerCase(), serverName)
    }
    return new MapAdapter(this, this.#asciiName(serverName), {
      scriptName: environ.scriptName,
      subdomain: this.#checkedSubdomain(subdomain),
      urlScheme: scheme,
      defaultMethod: environ.method,
      pathInfo: options.pathInfo ?? environPath(environ),
      queryArgs: environQuery(environ),
    })
  }

  /** A host that is not under the server name, such as an IP address, has the default subdomain. */
  #subdomainOf(host: string, serverName: string): string | undefined {
    const own = serverName.toLowerCase()
    if (host === own) return ''
    return host.endsWith(`.${own}`) ? host.slice(0, -own.length - 1) : undefined
  }

  toString(): string {
    return `UrlMap([${this.iterRules().join(', ')}])`
  }
}
