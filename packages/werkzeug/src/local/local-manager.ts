import type { Application, WsgiResponse } from '@flask-ts/wsgi'

/** Something whose values in the running context can be removed. */
export interface Releasable {
  release(): void
  run<Result>(call: () => Result): Result
}

/**
 * Removes what a context holds in several locals.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/local/#werkzeug.local.LocalManager
 */
export class LocalManager {
  /** The locals that are released together. */
  readonly locals: Releasable[]

  constructor(locals: Iterable<Releasable> = []) {
    this.locals = [...locals]
  }

  /** Removes the values of the running context. */
  cleanup(): void {
    for (const local of this.locals) local.release()
  }

  /** Wraps an application, so that each request has locals of its own, which begin empty. */
  makeMiddleware(app: Application): Application {
    return (environ) => {
      type Answer = WsgiResponse | Promise<WsgiResponse>
      const start = (): Answer => app(environ)
      return this.locals.reduceRight<() => Answer>((next, local) => () => local.run(next), start)()
    }
  }
}
