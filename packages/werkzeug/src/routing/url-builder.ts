import { BuildError } from './build-error.ts'
import { isMultiDict, type QueryArgs } from './quoting.ts'
import type { Rule } from './rule.ts'
import type { RouteValues } from './rule-builder.ts'
import type { Outcome } from './state-machine.ts'

/** What an adapter needs of the map that it is bound to. */
export interface AdapterHost {
  readonly subdomainMatching: boolean
  readonly hostMatching: boolean
  readonly redirectDefaults: boolean
  update(): void
  rulesOf(endpoint: string): readonly Rule[]
  iterRules(): Rule[]
  find(domain: string, path: string, method: string, websocket: boolean): Outcome
}

/** What an adapter is bound to, with every default filled in. */
export interface AdapterBinding {
  readonly scriptName: string
  readonly subdomain: string
  readonly urlScheme: string
  readonly defaultMethod: string
  readonly pathInfo: string
  readonly queryArgs: QueryArgs | string | undefined
}

/** How a URL is built. */
export interface BuildOptions {
  /** Only rules that take this method, as given. Default: rather those of the bound method. */
  readonly method?: string | undefined
  /** Always an absolute URL; default: only where the host differs. */
  readonly forceExternal?: boolean | undefined
  /** Whether values that are no variables become the query; default: true. */
  readonly appendUnknown?: boolean | undefined
  /** The scheme of an absolute URL; empty for none. Default: the bound one. */
  readonly urlScheme?: string | undefined
}

/** Values for a URL: an object, or a multi dict. */
export type BuildValues = Readonly<RouteValues> | { lists(): Iterable<readonly [string, readonly unknown[]]> }

interface PartialUrl {
  readonly domain: string
  readonly path: string
  readonly websocket: boolean
}

function presentValues(values: BuildValues): RouteValues {
  const present: RouteValues = {}
  if (isMultiDict(values)) {
    for (const [name, list] of values.lists())
      if (list.length > 0) present[name] = list.length === 1 ? list[0] : list
    return present
  }
  for (const name of Object.keys(values)) {
    const value = values[name]
    if (value !== null && value !== undefined) present[name] = value
  }
  return present
}

/** A path without the slashes at its beginning. */
export function withoutLeadingSlashes(path: string): string {
  let start = 0
  while (path.charCodeAt(start) === 47) start++
  return path.slice(start)
}

/** A map bound to a server: builds URLs. */
export class UrlBuilder {
  readonly map: AdapterHost
  /** `host:port` in ASCII. */
  readonly serverName: string
  /** The mount point, with a slash at its end. */
  readonly scriptName: string
  readonly subdomain: string
  urlScheme: string
  readonly pathInfo: string
  readonly defaultMethod: string
  readonly queryArgs: QueryArgs | string | undefined
  readonly websocket: boolean

  /** Adapters come from {@link UrlMap.bind} and {@link UrlMap.bindToEnviron}. */
  constructor(map: AdapterHost, serverName: string, binding: AdapterBinding) {
    const { scriptName, urlScheme } = binding
    this.map = map
    this.serverName = serverName
    this.scriptName = scriptName.endsWith('/') ? scriptName : `${scriptName}/`
    this.subdomain = binding.subdomain
    this.urlScheme = urlScheme
    this.pathInfo = binding.pathInfo
    this.defaultMethod = binding.defaultMethod
    this.queryArgs = binding.queryArgs
    this.websocket = urlScheme === 'ws' || urlScheme === 'wss'
  }

  /**
   * The host for a built domain.
   *
   * @param domain - A subdomain, or with host matching the whole host; default: the bound one.
   */
  getHost(domain?: string): string {
    if (this.map.hostMatching) return domain ?? this.serverName
    const subdomain = domain ?? this.subdomain
    return subdomain === '' ? this.serverName : `${subdomain}.${this.serverName}`
  }

  #partialBuild(
    endpoint: string,
    values: RouteValues,
    method: string | undefined,
    appendUnknown: boolean,
  ): PartialUrl | undefined {
    if (method === undefined) {
      const preferred = this.#partialBuild(endpoint, values, this.defaultMethod, appendUnknown)
      if (preferred !== undefined) return preferred
    }
    let first: PartialUrl | undefined
    for (const rule of this.map.rulesOf(endpoint)) {
      if (!rule.suitableFor(values, method)) continue
      const built = rule.build(values, appendUnknown)
      if (built === undefined) continue
      const url = { domain: built.domain, path: built.path, websocket: rule.websocket }
      if (!this.map.hostMatching || url.domain === this.serverName) return url
      first ??= url
    }
    return first
  }

  /**
   * Builds the URL of an endpoint.
   *
   * The URL is relative to the host unless the rule is on another one, is for WebSockets, or an absolute one is asked for.
   *
   * @param values - Values for the rule's variables. Others go into the query; nulls are left out.
   * @throws BuildError if no rule of the endpoint fits, and what a converter throws.
   */
  build(endpoint: string, values: BuildValues = {}, options: BuildOptions = {}): string {
    const present = presentValues(values)
    const built = this.#partialBuild(endpoint, present, options.method, options.appendUnknown ?? true)
    if (built === undefined) throw new BuildError(endpoint, present, options.method, this.map.iterRules())
    const path = withoutLeadingSlashes(built.path)
    if (options.forceExternal !== true && !built.websocket && this.#isOwnDomain(built.domain)) {
      return `${this.scriptName.replace(/\/+$/, '')}/${path}`
    }
    const scheme = this.#schemeFor(built.websocket, options.urlScheme ?? this.urlScheme)
    return `${scheme}//${this.getHost(built.domain)}${this.scriptName.slice(0, -1)}/${path}`
  }

  #isOwnDomain(domain: string): boolean {
    if (this.map.subdomainMatching) return domain === this.subdomain
    return this.map.hostMatching ? domain === this.serverName : true
  }

  /** Browsers want WebSocket URLs whole, and a page reached over one is still HTTP. */
  #schemeFor(websocket: boolean, scheme: string): string {
    const secure = scheme === 'https' || scheme === 'wss'
    if (websocket) return secure ? 'wss:' : 'ws:'
    if (scheme === '') return ''
    return secure ? 'https:' : 'http:'
  }
}
