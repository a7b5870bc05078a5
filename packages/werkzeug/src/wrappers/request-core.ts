import type { Environ } from '@flask-ts/wsgi'
import { EnvironHeaders } from '../datastructures/environ-headers.ts'
import type { Headers } from '../datastructures/headers.ts'
import { SecurityError } from '../exceptions/client-errors.ts'
import { RequestDict } from '../forms/request-dict.ts'
import { splitCookies } from '../http/cookies.ts'
import { getHost, UntrustedHost } from '../http/host.ts'
import { parseListHeader } from '../http/lists.ts'
import { getCurrentUrl } from '../urls/current-url.ts'
import { parseQueryString } from '../urls/query-string.ts'
import { targetPath, targetQuery, targetQueryBytes } from './target.ts'

/**
 * Method, URL and header of a request: a view over the environ, in which nothing is read before it is asked for.
 */
export class RequestCore {
  readonly environ: Environ
  /** The hosts that are answered; every one if there is no list. See `hostIsTrusted` for the form of entries. */
  trustedHosts: readonly string[] | null = null
  #pathInfo: string | undefined = undefined
  #headers: Headers | undefined = undefined
  #args: RequestDict | undefined = undefined
  #cookies: RequestDict | undefined = undefined
  #host: string | undefined = undefined

  constructor(environ: Environ) {
    this.environ = environ
  }

  /** In upper case. */
  get method(): string {
    return this.environ.method.toUpperCase()
  }

  /** `http` or `https`; `ws` or `wss` where a proxy says so. */
  get scheme(): string {
    return this.environ.scheme
  }

  /** Our own address; the port is `null` for a Unix socket, or where a proxy told nonsense. */
  get server(): readonly [host: string, port: number | null] {
    const { host, port } = this.environ.local
    return [host, port > 0 ? port : null]
  }

  /** The mount point of the application, decoded, without a slash at its end. */
  get rootPath(): string {
    return this.environ.scriptName.replace(/\/+$/, '')
  }

  /** The same as `rootPath`. */
  get scriptRoot(): string {
    return this.rootPath
  }

  /** The path below the mount point as it came, decoded; it may be empty or begin with several slashes. */
  get pathInfo(): string {
    if (this.#pathInfo === undefined) {
      const { target, scriptName } = this.environ
      const path = targetPath(target)
      this.#pathInfo = scriptName !== '' && path.startsWith(scriptName) ? path.slice(scriptName.length) : path
    }
    return this.#pathInfo
  }

  /** The path below the mount point, decoded, with one slash at its beginning. */
  get path(): string {
    const path = this.pathInfo
    if (path.charCodeAt(0) === 47 && path.charCodeAt(1) !== 47) return path
    return `/${path.replace(/^\/+/, '')}`
  }

  /** What stands behind the `?`, still encoded. */
  get queryString(): string {
    return targetQuery(this.environ.target)
  }

  /** Path, `?` and query. */
  get fullPath(): string {
    return `${this.path}?${this.queryString}`
  }

  /** The header fields, read-only. */
  get headers(): Headers {
    this.#headers ??= new EnvironHeaders(this.environ.headers)
    return this.#headers
  }

  /** The address of the client, or `undefined` behind a Unix socket. */
  get remoteAddr(): string | undefined {
    return this.environ.remote.host || undefined
  }

  /** The query's parameters. */
  get args(): RequestDict {
    this.#args ??= new RequestDict(parseQueryString(this.queryString))
    return this.#args
  }

  /** The cookies. Bytes above 0x7f that are not quoted stay Latin-1, as in Werkzeug. */
  get cookies(): RequestDict {
    this.#cookies ??= new RequestDict(splitCookies(this.environ.headers.get('cookie') ?? ''))
    return this.#cookies
  }

  /** The addresses that the request came through, the client's first, as `X-Forwarded-For` claims. */
  get accessRoute(): string[] {
    const forwarded = this.environ.headers.get('x-forwarded-for')
    if (forwarded !== undefined) return parseListHeader(forwarded)
    return this.remoteAddr === undefined ? [] : [this.remoteAddr]
  }

  /** Whether it came over TLS. */
  get isSecure(): boolean {
    return this.scheme === 'https' || this.scheme === 'wss'
  }

  /**
   * The host that was asked, with its port where that is not the scheme's own.
   *
   * @throws SecurityError if it is not trusted.
   */
  get host(): string {
    this.#host ??= this.#readHost()
    return this.#host
  }

  #readHost(): string {
    try {
      return getHost(this.scheme, this.environ.headers.get('host'), this.server, this.trustedHosts)
    } catch (error) {
      if (error instanceof UntrustedHost)
        throw Object.assign(new SecurityError(error.message), { cause: error })
      throw error
    }
  }

  /** The whole URL, readable (an IRI). */
  get url(): string {
    return getCurrentUrl(this.scheme, this.host, {
      rootPath: this.rootPath,
      path: this.path,
      queryString: targetQueryBytes(this.environ.target),
    })
  }

  /** The URL without its query. */
  get baseUrl(): string {
    return getCurrentUrl(this.scheme, this.host, { rootPath: this.rootPath, path: this.path })
  }

  /** The URL of the application's mount point. */
  get rootUrl(): string {
    return getCurrentUrl(this.scheme, this.host, { rootPath: this.rootPath })
  }

  /** The same as `rootUrl`. */
  get urlRoot(): string {
    return this.rootUrl
  }

  /** Scheme and host. */
  get hostUrl(): string {
    return getCurrentUrl(this.scheme, this.host)
  }

  /** Aborted when the client goes away before it is answered. */
  get signal(): AbortSignal {
    return this.environ.signal
  }

  /** `<Request 'http://localhost/' [GET]>` */
  repr(): string {
    return `<${this.constructor.name} '${this.url}' [${this.method}]>`
  }
}
