import { type Application, deriveEnviron, type Environ } from '@flask-ts/wsgi'
import { splitAuthority, splitUrl } from '../urls/split.ts'
import { HeaderList } from '../wrappers/header-list.ts'
import { Request } from '../wrappers/request.ts'
import type { Cookie } from './cookie.ts'
import { CookieJar, type CookiePlace, type JarCookieOptions } from './cookie-jar.ts'
import { EnvironBuilder, type EnvironBuilderOptions } from './environ-builder.ts'
import { ClientRedirectError, CookiesDisabledError } from './errors.ts'
import { redirectedBuilder } from './redirection.ts'
import { runWsgiApp } from './run-wsgi-app.ts'
import { TestResponse, type TestResponseOptions } from './test-response.ts'

/** How a test client behaves. */
export interface ClientOptions {
  /** Whether cookies are kept and sent: `true` unless told. */
  readonly useCookies?: boolean
  /** Whether redirects to subdomains are followed. */
  readonly allowSubdomainRedirects?: boolean
  /** The class of answers. */
  readonly responseClass?: new (
    body: ConstructorParameters<typeof TestResponse>[0],
    options: TestResponseOptions,
  ) => TestResponse
}

/** What a test request is made from, and how it is sent. */
export interface OpenOptions extends EnvironBuilderOptions {
  /** Whether redirects are followed; the answers on the way are in `history`. */
  readonly followRedirects?: boolean
  /** `false` leaves the body of the answer unread, for streams that do not end. */
  readonly buffered?: boolean
}

/** Where a test request goes: a path, or a request that is made already. */
export type RequestTarget = string | EnvironBuilder | Environ | Request

const redirects = new Set([301, 302, 303, 307, 308])

/**
 * Sends requests to an application without a server.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/test/
 */
export class Client {
  readonly application: Application
  readonly #jar: CookieJar | undefined
  readonly #allowSubdomainRedirects: boolean
  readonly #responseClass: NonNullable<ClientOptions['responseClass']>

  constructor(application: Application, options: ClientOptions = {}) {
    this.application = application
    this.#jar = options.useCookies === false ? undefined : new CookieJar()
    this.#allowSubdomainRedirects = options.allowSubdomainRedirects ?? false
    this.#responseClass = options.responseClass ?? TestResponse
  }

  /** The cookies. @throws CookiesDisabledError if the client keeps none. */
  get cookies(): CookieJar {
    if (this.#jar === undefined) throw new CookiesDisabledError()
    return this.#jar
  }

  /** A cookie by its decoded name. */
  getCookie(key: string, place?: CookiePlace): Cookie | undefined {
    return this.cookies.get(key, place)
  }

  /** Sets a cookie, as an answer of the application would. */
  setCookie(key: string, value = '', options?: JarCookieOptions): void {
    this.cookies.set(key, value, options)
  }

  /** Forgets a cookie. */
  deleteCookie(key: string, place?: CookiePlace): void {
    this.cookies.delete(key, place)
  }

  /** The builder of a request: a subclass may fill in its own defaults. */
  protected makeBuilder(path: string, options: EnvironBuilderOptions): EnvironBuilder {
    return new EnvironBuilder(path, options)
  }

  /**
   * Sends a request.
   *
   * @param target - Path, builder, environ or request.
   * @param options - See {@link OpenOptions}; of a request that is made already only the way of sending counts.
   * @throws ClientRedirectError if redirects lead in a circle.
   */
  async open(target: RequestTarget = '/', options: OpenOptions = {}): Promise<TestResponse> {
    const { followRedirects = false, buffered = true, ...parts } = options
    let response = await this.#send(this.#environOf(target, parts), buffered)
    const history: TestResponse[] = []
    const seen = new Set<string>()
    while (followRedirects && redirects.has(response.status)) {
      const step = `${response.status} redirect to ${response.location}`
      if (seen.has(step)) throw new ClientRedirectError(`a circle: the ${step} was already made`)
      seen.add(step)
      response.close()
      response.history = [...history]
      history.push(response)
      const builder = redirectedBuilder(response, this.#allowSubdomainRedirects)
      response = await this.#send(builder.getEnviron(), buffered)
    }
    response.history = history
    return response
  }

  #environOf(target: RequestTarget, parts: EnvironBuilderOptions): Environ {
    if (target instanceof EnvironBuilder) return target.getEnviron()
    if (target instanceof Request) return target.environ
    if (typeof target !== 'string') return target
    using builder = this.makeBuilder(target, parts)
    return builder.getEnviron()
  }

  async #send(environ: Environ, buffered: boolean): Promise<TestResponse> {
    const sent = this.#withCookies(environ)
    const answer = await runWsgiApp(this.application, sent, { buffered })
    const { status, reason, headers, body } = answer
    const [serverName, path] = placeOf(environ)
    this.#jar?.update(serverName, path, headers.getlist('Set-Cookie'))
    const response = new this.#responseClass(body, { status, headers, request: new Request(sent) })
    if (reason !== undefined) response.reason = reason
    if (!buffered) response.callOnClose(() => answer.close?.())
    return response
  }

  #withCookies(environ: Environ): Environ {
    if (this.#jar === undefined) return environ
    const cookies = this.#jar.header(...placeOf(environ))
    const fields = [...environ.headers].filter(([name]) => name.toLowerCase() !== 'cookie')
    if (cookies !== '') fields.push(['Cookie', Buffer.from(cookies).toString('latin1')])
    return deriveEnviron(environ, { headers: new HeaderList(fields) })
  }

  /** Sends a GET. */
  get(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'GET' })
  }

  /** Sends a POST. */
  post(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'POST' })
  }

  /** Sends a PUT. */
  put(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'PUT' })
  }

  /** Sends a PATCH. */
  patch(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'PATCH' })
  }

  /** Sends a DELETE. */
  delete(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'DELETE' })
  }

  /** Sends an OPTIONS. */
  options(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'OPTIONS' })
  }

  /** Sends a HEAD. */
  head(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'HEAD' })
  }

  /** Sends a TRACE. */
  trace(target?: RequestTarget, options?: OpenOptions): Promise<TestResponse> {
    return this.open(target, { ...options, method: 'TRACE' })
  }
}

function placeOf(environ: Environ): [serverName: string, path: string] {
  const { netloc, path } = splitUrl(new Request(environ).url)
  return [splitAuthority(netloc).hostname || 'localhost', path]
}
