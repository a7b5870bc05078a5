import type { CookieOptions } from '@flask-ts/werkzeug/http'
import type { Config } from '../config/config.ts'
import type { Request } from '../wrappers/request.ts'
import type { Response } from '../wrappers/response.ts'
import { makeNullSession, type NullSessionMark } from './null-session.ts'
import type { SessionMixin } from './session.ts'

/** What a session interface reads of its application. */
export interface SessionHost {
  readonly config: Config
  readonly secretKey: string | Uint8Array | null
  /** How long permanent sessions last, in seconds. */
  readonly permanentSessionLifetime: number
}

/**
 * Where sessions come from and go to: the base for an interface of one's own, `app.sessionInterface`.
 *
 * @see https://flask.palletsprojects.com/api/#flask.sessions.SessionInterface
 */
export abstract class SessionInterface {
  /**
   * Whether the session may be opened when it is first used, rather than before the request is handled. Needs an
   * `openSession` that is synchronous and whose result does not depend on the moment.
   */
  readonly opensLazily: boolean = false

  /**
   * Opens the session of a request, now or later.
   *
   * @returns The session; `null` where there can be none, for want of configuration.
   */
  abstract openSession(app: SessionHost, request: Request): SessionMixin | null | Promise<SessionMixin | null>

  /** Saves the session at the end of a request, now or later. */
  abstract saveSession(app: SessionHost, session: SessionMixin, response: Response): unknown

  /** The session for want of a real one: reading gives nothing, writing an error that says why. */
  makeNullSession(_app: SessionHost): SessionMixin & NullSessionMark {
    return makeNullSession()
  }

  /** Whether a session is one of those that `makeNullSession` makes. */
  isNullSession(session: SessionMixin): boolean {
    return (session as Partial<NullSessionMark>).isNullSession === true
  }

  /**
   * Whether a request that never used its session needs nothing saved. Asked of interfaces that open lazily.
   */
  isUnused(app: SessionHost, request: Request): boolean {
    // Most requests bring no cookie at all, and this is asked of every one.
    if (!request.environ.headers.has('cookie')) return true
    // Most requests without a session have no cookie at all, which is cheaper to see.
    return (
      !request.environ.headers.has('cookie') || request.cookies.get(this.getCookieName(app)) === undefined
    )
  }

  getCookieName(app: SessionHost): string {
    return app.config.SESSION_COOKIE_NAME
  }

  getCookieDomain(app: SessionHost): string | null {
    return app.config.SESSION_COOKIE_DOMAIN
  }

  /** Where the cookie is valid: `SESSION_COOKIE_PATH`, else `APPLICATION_ROOT`. */
  getCookiePath(app: SessionHost): string {
    return app.config.SESSION_COOKIE_PATH || app.config.APPLICATION_ROOT
  }

  getCookieHttponly(app: SessionHost): boolean {
    return app.config.SESSION_COOKIE_HTTPONLY
  }

  getCookieSecure(app: SessionHost): boolean {
    return app.config.SESSION_COOKIE_SECURE
  }

  getCookieSamesite(app: SessionHost): string | null {
    return app.config.SESSION_COOKIE_SAMESITE
  }

  getCookiePartitioned(app: SessionHost): boolean {
    return app.config.SESSION_COOKIE_PARTITIONED
  }

  /** The attributes of the session's cookie, but for its end. */
  cookieAttributes(app: SessionHost): CookieOptions {
    const domain: unknown = this.getCookieDomain(app)
    return {
      domain: typeof domain === 'string' ? domain : undefined,
      path: this.getCookiePath(app),
      secure: this.getCookieSecure(app),
      partitioned: this.getCookiePartitioned(app),
      samesite: this.getCookieSamesite(app) ?? undefined,
      httponly: this.getCookieHttponly(app),
    }
  }

  /** Says that the answer depends on the cookie. */
  protected varyByCookie(response: Response): void {
    // Nearly every answer has no such field yet, and then there is nothing to read and merge.
    if (response.headers.has('Vary')) response.vary.add('Cookie')
    else response.headers.set('Vary', 'Cookie')
  }

  /** When a permanent session ends; `null` for one that ends with the browser. */
  getExpirationTime(app: SessionHost, session: SessionMixin): Date | null {
    return session.permanent ? new Date(Date.now() + app.permanentSessionLifetime * 1000) : null
  }

  /** Whether the answer needs the cookie: after a change, and for permanent sessions if they are refreshed. */
  shouldSetCookie(app: SessionHost, session: SessionMixin): boolean {
    return session.modified || (session.permanent && app.config.SESSION_REFRESH_EACH_REQUEST)
  }
}
