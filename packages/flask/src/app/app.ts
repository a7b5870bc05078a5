import { redirect as werkzeugRedirect } from '@flask-ts/werkzeug'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import type { MapAdapter } from '@flask-ts/werkzeug/routing'
import type { Application, Environ, Middleware, WsgiResponse } from '@flask-ts/wsgi'
import { type FetchHandler, type NodeListener, toFetch, toNode } from '@flask-ts/wsgi/adapters'
import type { Config } from '../config/config.ts'
import { AppContext } from '../context/app-context.ts'
import { AppContextGlobals, type AppGlobals } from '../context/app-globals.ts'
import { runWithin } from '../context/current.ts'
import { PRESERVE, type PreservingEnviron } from '../context/preserve.ts'
import { requireContext } from '../context/require.ts'
import { handleRequest } from '../dispatch/dispatch.ts'
import { OutsideContextError } from '../errors.ts'
import { DefaultJSONProvider, type JSONProvider } from '../json/provider.ts'
import type { ImportSource } from '../scaffold/scaffold.ts'
import type { SessionInterface } from '../sessions/interface.ts'
import { SecureCookieSessionInterface } from '../sessions/secure-cookie.ts'
import type { SessionData } from '../sessions/session.ts'
import { sessionView } from '../sessions/session-view.ts'
import { sendStaticFile } from '../static-files.ts'
import { FlaskCliRunner } from '../testing/cli-runner.ts'
import { FlaskClient, type FlaskClientOptions } from '../testing/client.ts'
import { FlaskEnvironBuilder, type FlaskEnvironOptions } from '../testing/environ.ts'
import { isPromise } from '../then.ts'
import { Request } from '../wrappers/request.ts'
import { Response } from '../wrappers/response.ts'
import type { FlaskOptions } from './base-app.ts'
import { RequestApp } from './request-app.ts'
import { type RunOptions, runApp } from './run.ts'
import type { UrlForHost } from './url-for.ts'

const SLASH = 0x2f

/** Types that one application can be given without touching global declarations. */
export interface AppTypes {
  readonly g?: object
  readonly session?: object
  readonly config?: object
}

/**
 * A Flask application: routes, configuration, and everything that turns a request into a response.
 *
 *     export const app = new Flask(import.meta)
 *     app.route('/', function home() { return 'Hello!' })
 *
 * @see https://flask.palletsprojects.com/api/#flask.Flask
 */
export class Flask<Types extends AppTypes = object> extends RequestApp {
  declare readonly config: Config & (Types extends { config: infer C } ? C : unknown)
  /** The class of requests. */
  requestClass: typeof Request = Request
  /** The class of responses. */
  responseClass: typeof Response = Response
  /** The class behind `app.json`. */
  jsonProviderClass: new (app: Flask) => JSONProvider<Response> = DefaultJSONProvider
  /** The class of `g`. */
  appContextGlobalsClass: new () => AppContextGlobals = AppContextGlobals
  /** The class of test clients. */
  testClientClass: new (app: Flask, options: FlaskClientOptions) => FlaskClient = FlaskClient
  /** The class of command runners. */
  testCliRunnerClass: new (app: Flask) => FlaskCliRunner = FlaskCliRunner
  /** Where sessions come from. */
  sessionInterface: SessionInterface = new SecureCookieSessionInterface()
  #json: JSONProvider<Response> | undefined
  #fetch: FetchHandler | undefined
  #listener: NodeListener | undefined

  readonly #outermost: Middleware[] = []
  #served: Application = (environ) => this.#handle(environ)

  /**
   * @param source - `import.meta`, which tells the folder of templates, static files and the instance; or a name.
   */
  constructor(source: ImportSource, options: FlaskOptions = {}) {
    super(source, options)
  }

  /** The application as servers and middleware see it: wrap it with `app.wsgiApp = ProxyFix(app.wsgiApp)`. */
  get wsgiApp(): Application {
    return this.#served
  }

  set wsgiApp(application: Application) {
    this.#served = this.#outermost.reduce((inner, wrap) => wrap(inner), application)
  }

  /** Adds middleware that stays around everything, also around what `wsgiApp` is wrapped in later. */
  wrapOutermost(middleware: Middleware): void {
    this.#outermost.push(middleware)
    this.#served = middleware(this.#served)
  }

  /** Turns values to JSON and back, for requests, responses and templates. */
  override get json(): JSONProvider<Response> & Partial<DefaultJSONProvider<Response>> {
    this.#json ??= new this.jsonProviderClass(this as unknown as Flask)
    return this.#json
  }

  override set json(provider: JSONProvider<Response>) {
    this.#json = provider
  }

  /** The values of the current context: `g`, with the types of this application. */
  get g(): Types extends { g: infer G } ? G & AppContextGlobals : AppGlobals & AppContextGlobals {
    return this.#currentContext().g as never
  }

  /** The entries of the current request's session, with the types of this application. */
  get session(): Types extends { session: infer S } ? S : SessionData {
    return sessionView(() => this.#currentContext().session) as never
  }

  #currentContext(): AppContext {
    const context = requireContext()
    if ((context.app as unknown) === this) return context
    throw new OutsideContextError(
      `The current context is of '${context.app.name}', not of '${this.name}'. Enter one of this application first.`,
    )
  }

  #handle(environ: Environ): WsgiResponse | Promise<WsgiResponse> {
    this.gotFirstRequest = true
    const context = this.requestContext(environ)
    if (PRESERVE in environ) context.preserve = (environ as PreservingEnviron)[PRESERVE]
    const response = runWithin(context, handleContext, context)
    if (isPromise(response)) return response.then((made) => made.getWsgiResponse(environ))
    return response.getWsgiResponse(environ)
  }

  /**
   * A client that sends requests to the application without a server.
   *
   * @see https://flask.palletsprojects.com/testing/
   */
  testClient(options: FlaskClientOptions = {}): FlaskClient {
    return new this.testClientClass(this as unknown as Flask, options)
  }

  /** Runs the application's commands and catches what they write. */
  testCliRunner(): FlaskCliRunner {
    return new this.testCliRunnerClass(this as unknown as Flask)
  }

  /**
   * Makes a context with a request of one's own and enters it: `using context = app.testRequestContext('/?page=2')`.
   *
   * @param path - Path and query.
   * @param options - As for the requests of the test client.
   */
  testRequestContext(path = '/', options: FlaskEnvironOptions = {}): AppContext<this> {
    using builder = new FlaskEnvironBuilder(this, path, options)
    const context = this.requestContext(builder.getEnviron())
    context.push()
    return context
  }

  /** A context for a request, not yet pushed. */
  requestContext(environ: Environ): AppContext<this> {
    const request = new this.requestClass(environ)
    request.configure(this)
    return new AppContext(this, request)
  }

  /**
   * Makes a context without a request and enters it: `using context = app.appContext()`.
   *
   * What called the function sees the context too until it is ended; for async functions there is `withAppContext`.
   */
  appContext(): AppContext<this> {
    const context = new AppContext(this, null)
    context.push()
    return context
  }

  /** Calls a function in a context without a request, and ends the context after it. */
  withAppContext<T>(work: () => T | Promise<T>): Promise<T> {
    return new AppContext(this, null).run(work)
  }

  createUrlAdapter(request: Request | null): MapAdapter | null {
    const { config, urlMap } = this
    const serverName = config.SERVER_NAME ?? undefined
    if (request !== null) {
      const subdomain = urlMap.hostMatching || this.subdomainMatching ? undefined : urlMap.defaultSubdomain
      return urlMap.bindToEnviron(request.environ, { host: request.host, serverName, subdomain })
    }
    if (serverName === undefined) return null
    return urlMap.bind(serverName, {
      scriptName: config.APPLICATION_ROOT,
      urlScheme: config.PREFERRED_URL_SCHEME,
    })
  }

  /** Finds the rule for a context's request, or keeps the exception for when the view is to be called. */
  matchRequest(context: AppContext): void {
    const { request } = context
    if (!this.subdomainMatching && request.trustedHosts === null && request.environ.upgrade === undefined) {
      const { pathInfo } = request
      const isRooted = pathInfo.charCodeAt(0) === SLASH && pathInfo.charCodeAt(1) !== SLASH
      const found = isRooted ? this.urlMap.findPlainly(pathInfo, request.environ.method) : undefined
      if (found !== undefined) {
        request.urlRule = found.rule
        request.viewArgs = found.values
        return
      }
    }
    try {
      const adapter = context.urlAdapter
      if (adapter === null) return
      const result = adapter.lookup()
      if (result.kind === 'match') {
        request.urlRule = result.rule
        request.viewArgs = result.values
      } else {
        request.routingException = adapter.errorFor(result)
      }
    } catch (error) {
      if (!(error instanceof HTTPException)) throw error
      request.routingException = error
    }
  }

  protected override get urlForHost(): UrlForHost {
    return this
  }

  /** A response that sends the client elsewhere. */
  redirect(location: string, code = 303): Response {
    return werkzeugRedirect(location, code, this.responseClass)
  }

  override sendStaticFile(filename: string): unknown {
    return sendStaticFile(this.requireStaticFolder(), filename)
  }

  /** For how many seconds clients may keep a file; `null` if they must ask again. */
  getSendFileMaxAge(_filename: string | null): number | null {
    return this.config.SEND_FILE_MAX_AGE_DEFAULT
  }

  /** The application as a Fetch handler, for Bun, Deno, Workers and the like. */
  get fetch(): FetchHandler {
    this.#fetch ??= toFetch((environ) => this.wsgiApp(environ))
    return this.#fetch
  }

  /** The application as a listener for `node:http`, Express and the like. */
  get listener(): NodeListener {
    this.#listener ??= toNode((environ) => this.wsgiApp(environ))
    return this.#listener
  }

  /**
   * Serves the application for development: `if (import.meta.main) app.run({ debug: true })`.
   *
   * @see https://flask.palletsprojects.com/api/#flask.Flask.run
   */
  run(options: RunOptions = {}): Promise<void> {
    return runApp(this, options)
  }

  /** The names that `flask shell` knows. */
  makeShellContext(): Record<string, unknown> {
    return Object.assign({ app: this }, ...this.shellContextProcessors.map((names) => names()))
  }
}

function handleContext(context: AppContext<Flask>): Response | Promise<Response> {
  return handleRequest(context as unknown as AppContext, context.app as never) as Response | Promise<Response>
}
