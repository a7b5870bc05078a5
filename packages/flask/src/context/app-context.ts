import type { MapAdapter } from '@flask-ts/werkzeug/routing'
import type { RequestPlan } from '../dispatch/plan.ts'
import { OutsideContextError, TeardownErrors } from '../errors.ts'
import type { SessionHost, SessionInterface } from '../sessions/interface.ts'
import type { SessionMixin } from '../sessions/session.ts'
import { type Announcer, announce } from '../signals/announce.ts'
import { appcontextPopped, appcontextPushed } from '../signals/flask-signals.ts'
import { isPromise, then } from '../then.ts'
import type { Request } from '../wrappers/request.ts'
import type { Response } from '../wrappers/response.ts'
import type { AppContextGlobals } from './app-globals.ts'
import { type Activity, currentActivity, enterActivity, isEntered, runWithin } from './current.ts'

/** What a context needs of its application. */
export interface ContextHost extends SessionHost, Announcer {
  readonly name: string
  readonly rootPath: string
  readonly responseClass: typeof Response
  readonly appContextGlobalsClass: new () => AppContextGlobals
  readonly sessionInterface: SessionInterface
  getSendFileMaxAge(filename: string | null): number | null
  createUrlAdapter(request: Request | null): MapAdapter | null
  matchRequest(context: AppContext): void
  doTeardownRequest(context: AppContext, error: unknown, failures: unknown[]): void | Promise<void>
  doTeardownAppContext(context: AppContext, error: unknown, failures: unknown[]): void | Promise<void>
}

/** A function that gets the response of one request. */
export type ResponseCallback = (response: Response) => Response | Promise<Response>

/**
 * What is true for the duration of a request, a command or a test: the application, `g`, and the request with its
 * session where there is one.
 *
 * @see https://flask.palletsprojects.com/appcontext/
 */
export class AppContext<Host extends ContextHost = ContextHost> implements Activity {
  readonly app: Host
  readonly #request: Request | null
  #globals: AppContextGlobals | undefined = undefined
  #urlAdapter: MapAdapter | null | undefined = undefined
  #session: SessionMixin | null = null
  #pushes = 0
  #entered = false
  outer: Activity | undefined = undefined
  /** Takes the context over where it would end, for a test that looks into it. */
  preserve: ((context: AppContext) => void) | null = null
  /** Flashed messages that were already taken out of the session. */
  flashes: [category: string, message: unknown][] | null = null
  /** What runs around the view of the request, once that is known. */
  plan: RequestPlan | undefined = undefined
  /** Functions of `afterThisRequest`, in order. */
  afterRequestFunctions: ResponseCallback[] | null = null

  /**
   * @param app - The application.
   * @param request - The request, or `null` for a context without one.
   * @param session - A session that is already open.
   */
  constructor(app: Host, request: Request | null, session: SessionMixin | null = null) {
    this.app = app
    this.#request = request
    this.#session = session
  }

  get isActive(): boolean {
    return this.#pushes > 0
  }

  /** Whether it was made for a request. */
  get hasRequest(): boolean {
    return this.#request !== null
  }

  /** The values behind `g`, made on first use. */
  get g(): AppContextGlobals {
    this.#globals ??= new this.app.appContextGlobalsClass()
    return this.#globals
  }

  /**
   * The request.
   *
   * @throws OutsideContextError - if there is none.
   */
  get request(): Request {
    if (this.#request === null) {
      throw new OutsideContextError(
        'There is no request in this context. Use app.testRequestContext() to make one for a test.',
      )
    }
    return this.#request
  }

  /** Builds and matches URLs; `null` if nothing tells the host. */
  get urlAdapter(): MapAdapter | null {
    if (this.#urlAdapter === undefined) this.#urlAdapter = this.app.createUrlAdapter(this.#request)
    return this.#urlAdapter
  }

  /** The session; reading it marks the answer as depending on it. */
  get session(): SessionMixin {
    const session = this.openedSession()
    session.accessed = true
    return session
  }

  /** The session without marking it. Opened here where the interface allows it. */
  openedSession(): SessionMixin {
    if (this.#session === null) {
      const opened = this.app.sessionInterface.openSession(this.app, this.request)
      if (isPromise(opened)) {
        throw new OutsideContextError(
          `The session of ${this.app.sessionInterface.constructor.name} opens asynchronously: await context.openSession() first.`,
        )
      }
      this.#session = opened ?? this.app.sessionInterface.makeNullSession(this.app)
    }
    return this.#session
  }

  /** Whether the session was opened. */
  get hasSession(): boolean {
    return this.#session !== null
  }

  /** Opens the session, and waits where that takes time. */
  openSession(): void | Promise<void> {
    if (this.#session !== null || this.#request === null) return
    const { sessionInterface } = this.app
    return then(sessionInterface.openSession(this.app, this.#request), (session) => {
      this.#session = session ?? sessionInterface.makeNullSession(this.app)
    })
  }

  /**
   * Begins: counts as active, tells the signal, opens the session if that must not wait, and matches the request.
   * The way that requests are served makes it current itself.
   */
  begin(): void | Promise<void> {
    if (++this.#pushes > 1) return
    announce(appcontextPushed, this.app, {})
    if (this.#request === null) return
    if (this.#session === null && !this.app.sessionInterface.opensLazily) {
      const opening = this.openSession()
      if (opening !== undefined) return opening.then(() => this.app.matchRequest(this as AppContext))
    }
    this.app.matchRequest(this as AppContext)
  }

  /** Keeps it active until one more `pop`, for a stream that outlives its view. */
  hold(): void {
    this.#pushes++
  }

  /** Makes it the current context, until as many calls of `pop`. */
  push(): void | Promise<void> {
    if (this.#pushes === 0) {
      this.outer = currentActivity()
      this.#entered = true
      enterActivity(this)
    }
    return this.begin()
  }

  /**
   * Ends what one `push` began. The last one runs the teardown functions; one that is async is waited for by the
   * returned promise.
   *
   * @param error - What ended it, or `null`.
   * @throws TeardownErrors - or the single error, if clean-up failed.
   */
  pop(error: unknown = null): void | Promise<void> {
    if (this.#pushes === 0) {
      throw new OutsideContextError(`Cannot pop ${this}, it is not pushed.`)
    }
    if (this.#pushes > 1) {
      this.#pushes--
      return
    }
    if (this.preserve !== null) {
      const { preserve } = this
      this.preserve = null
      preserve(this as AppContext)
      return
    }
    const failures: unknown[] = []
    const running =
      this.#request === null ? undefined : this.app.doTeardownRequest(this as AppContext, error, failures)
    if (running !== undefined) return running.then(() => this.#finish(error, failures))
    return this.#finish(error, failures)
  }

  #finish(error: unknown, failures: unknown[]): void | Promise<void> {
    try {
      this.#request?.close()
    } catch (failure) {
      failures.push(failure)
    }
    const teardown = this.app.doTeardownAppContext(this as AppContext, error, failures)
    if (teardown !== undefined) return teardown.then(() => this.#leave(failures))
    this.#leave(failures)
  }

  #leave(failures: unknown[]): void {
    this.#pushes = 0
    if (this.#entered) {
      this.#entered = false
      if (isEntered(this)) enterActivity(this.outer)
    }
    announce(appcontextPopped, this.app, {})
    if (failures.length === 1) throw failures[0]
    if (failures.length > 1) throw new TeardownErrors(failures, 'Errors during context teardown')
  }

  /** Calls a function in this context, and ends it after: the form for async functions. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    return runWithin(
      this,
      async () => {
        await this.begin()
        let failure: unknown = null
        try {
          return await work()
        } catch (error) {
          failure = error
          throw error
        } finally {
          await this.pop(failure)
        }
      },
      undefined,
    )
  }

  /** A context of the same request and session, with a `g` of its own. */
  copy(): AppContext<Host> {
    return new AppContext(this.app, this.#request, this.#session)
  }

  [Symbol.dispose](): void {
    const ending = this.pop()
    if (ending === undefined) return
    // `using` cannot wait; a failure must still come to light, as an unhandled rejection.
    ending.catch((error: unknown) =>
      queueMicrotask(() => {
        throw error
      }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pop()
  }

  /** `<AppContext of app, GET 'http://localhost/'>` */
  toString(): string {
    const request = this.#request
    return `<AppContext of ${this.app.name}${request === null ? '' : `, ${request.method} '${request.url}'`}>`
  }
}

/** The current context, or `undefined`. */
export function currentContext(): AppContext | undefined {
  return currentActivity() as AppContext | undefined
}
