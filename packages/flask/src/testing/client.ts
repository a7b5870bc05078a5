import {
  Client,
  type ClientOptions,
  EnvironBuilder,
  type OpenOptions,
  type RequestTarget,
  type TestResponse,
} from '@flask-ts/werkzeug/testing'
import type { Application, Environ } from '@flask-ts/wsgi'
import type { AppContext } from '../context/app-context.ts'
import { type Activity, currentActivity, enterActivity, runWithin } from '../context/current.ts'
import { PRESERVE } from '../context/preserve.ts'
import { OutsideContextError } from '../errors.ts'
import type { SessionMixin } from '../sessions/session.ts'
import { type SessionView, sessionView } from '../sessions/session-view.ts'
import type { Response } from '../wrappers/response.ts'
import { type EnvironHost, FlaskEnvironBuilder, type FlaskEnvironOptions } from './environ.ts'

/** How a test client behaves. */
export interface FlaskClientOptions extends ClientOptions {
  /**
   * Keeps the context of the last request, so that the test can look at `request`, `session` and `g`:
   * `using client = app.testClient({ preserveContext: true })`.
   */
  readonly preserveContext?: boolean
}

/** What the client needs of the application. */
export interface TestTarget extends EnvironHost {
  wsgiApp: Application
  readonly responseClass: new () => Response
  readonly sessionInterface: {
    openSession(app: never, request: never): SessionMixin | null | Promise<SessionMixin | null>
    saveSession(app: never, session: never, response: Response): unknown
    isNullSession(session: SessionMixin): boolean
  }
  requestContext(environ: Environ): AppContext
}

/** Stands in the test's context for the context of the last request. */
class Window implements Activity {
  readonly isActive = false
  readonly #before: Activity | undefined
  context: AppContext | undefined = undefined

  constructor() {
    this.#before = currentActivity()
    enterActivity(this)
  }

  get outer(): Activity | undefined {
    return this.context ?? this.#before
  }

  async close(): Promise<void> {
    const { context } = this
    this.context = undefined
    if (context !== undefined) await runWithin(context, () => context.pop(), undefined)
  }
}

/**
 * Werkzeug's test client, with the application's host, root and JSON, its sessions, and, if wanted, its contexts.
 *
 * @see https://flask.palletsprojects.com/testing/
 */
export class FlaskClient extends Client {
  readonly #app: TestTarget
  readonly #window: Window | undefined

  constructor(app: TestTarget, options: FlaskClientOptions = {}) {
    super((environ) => app.wsgiApp(environ), options)
    this.#app = app
    this.#window = options.preserveContext === true ? new Window() : undefined
  }

  protected override makeBuilder(path: string, options: FlaskEnvironOptions): EnvironBuilder {
    return new FlaskEnvironBuilder(this.#app, path, options)
  }

  override async open(
    target: RequestTarget = '/',
    options: OpenOptions & FlaskEnvironOptions = {},
  ): Promise<TestResponse> {
    await this.#window?.close()
    return super.open(this.#watched(target, options), options)
  }

  /** The request as an environ that asks for its context, where contexts are kept. */
  #watched(target: RequestTarget, options: OpenOptions & FlaskEnvironOptions): RequestTarget {
    const window = this.#window
    if (window === undefined) return target
    const { followRedirects: _follow, buffered: _buffered, ...parts } = options
    const environ = this.#environOf(target, parts)
    return Object.create(environ, {
      [PRESERVE]: {
        value: (context: AppContext) => {
          window.context = context
        },
      },
    }) as Environ
  }

  #environOf(target: RequestTarget, options: FlaskEnvironOptions): Environ {
    if (target instanceof EnvironBuilder) return target.getEnviron()
    if (typeof target !== 'string') return 'environ' in target ? target.environ : target
    using builder = this.makeBuilder(target, options)
    return builder.getEnviron()
  }

  /**
   * Changes the session that the next requests will have.
   *
   *     await client.sessionTransaction((session) => { session.user = 'ada' })
   *
   * @param change - Gets the session.
   * @param path - The request that the session is opened for, where that makes a difference.
   * @throws OutsideContextError - if there are no sessions, for want of a secret key.
   */
  async sessionTransaction(
    change: (session: SessionView) => unknown,
    path = '/',
    options: FlaskEnvironOptions = {},
  ): Promise<void> {
    const app = this.#app
    const place = new URL(new FlaskEnvironBuilder(app, path, options).baseUrl)
    const cookies = this.cookies.header(place.hostname, path)
    using builder = new FlaskEnvironBuilder(app, path, {
      ...options,
      headers: cookies === '' ? options.headers : { ...(options.headers as object), Cookie: cookies },
    })
    const context = app.requestContext(builder.getEnviron())
    await runWithin(
      context,
      async () => {
        await context.begin()
        const session = await app.sessionInterface.openSession(app as never, context.request as never)
        if (session === null || app.sessionInterface.isNullSession(session)) {
          throw new OutsideContextError(
            'The session interface did not open a session. Set app.secretKey first.',
          )
        }
        await change(sessionView(() => session))
        const response = new app.responseClass()
        await app.sessionInterface.saveSession(app as never, session as never, response)
        this.cookies.update(place.hostname, path, response.headers.getlist('Set-Cookie'))
        await context.pop()
      },
      undefined,
    )
  }

  [Symbol.dispose](): void {
    // `using` cannot wait; a failure of an async teardown comes to light as an unhandled rejection.
    void this.#window?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#window?.close()
  }
}
