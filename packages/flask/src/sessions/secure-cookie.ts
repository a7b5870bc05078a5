import { BadSignature, type KeyDerivation, URLSafeTimedSerializer } from '@flask-ts/itsdangerous'
import type { Response } from '@flask-ts/werkzeug'
import { TaggedJSONSerializer } from '../json/tagged-serializer.ts'
import type { Request } from '../wrappers/request.ts'
import { type SessionHost, SessionInterface } from './interface.ts'
import { SecureCookieSession } from './secure-cookie-session.ts'
import type { SessionMixin } from './session.ts'

/** The keys of an application's settings, for which a serializer was made. */
interface SigningKeys {
  readonly secretKey: string | Uint8Array
  readonly fallbacks: readonly (string | Uint8Array)[] | null
  readonly serializer: URLSafeTimedSerializer
}

const sessionJsonSerializer = new TaggedJSONSerializer()

/**
 * Keeps the session in a signed cookie, byte for byte as Flask does.
 *
 * @see https://flask.palletsprojects.com/api/#flask.sessions.SecureCookieSessionInterface
 */
export class SecureCookieSessionInterface extends SessionInterface {
  override readonly opensLazily = true
  /** Tells signatures of sessions from others under the same key. */
  readonly salt: string = 'cookie-session'
  /** The hash of signatures by its name in `node:crypto`. */
  readonly digestMethod: string = 'sha1'
  readonly keyDerivation: KeyDerivation = 'hmac'
  /** The format of the payload; open to tags of one's own by `register`. */
  readonly serializer: TaggedJSONSerializer = sessionJsonSerializer
  #signing = new WeakMap<SessionHost, SigningKeys>()

  /** The serializer that signs sessions; `null` without a secret key. */
  getSigningSerializer(app: SessionHost): URLSafeTimedSerializer | null {
    const { secretKey } = app
    if (secretKey === null || secretKey.length === 0) return null
    const fallbacks = app.config.SECRET_KEY_FALLBACKS
    const known = this.#signing.get(app)
    if (known !== undefined && known.secretKey === secretKey && known.fallbacks === fallbacks)
      return known.serializer
    const serializer = new URLSafeTimedSerializer([...(fallbacks ?? []), secretKey], {
      salt: this.salt,
      serializer: this.serializer,
      signerOptions: { keyDerivation: this.keyDerivation, digestMethod: this.digestMethod },
    })
    this.#signing.set(app, { secretKey, fallbacks, serializer })
    return serializer
  }

  override openSession(app: SessionHost, request: Request): SecureCookieSession | null {
    const serializer = this.getSigningSerializer(app)
    if (serializer === null) return null
    const value = request.cookies.get(this.getCookieName(app))
    if (value === undefined || value === '') return new SecureCookieSession()
    try {
      const data = serializer.loads(value, { maxAge: Math.trunc(app.permanentSessionLifetime) })
      return new SecureCookieSession(data as Record<string, unknown>)
    } catch (error) {
      if (error instanceof BadSignature) return new SecureCookieSession()
      throw error
    }
  }

  override saveSession(
    app: SessionHost,
    session: SecureCookieSession & SessionMixin,
    response: Response,
  ): void {
    if (session.accessed) this.varyByCookie(response)
    if (session.size === 0) {
      if (!session.modified) return
      response.deleteCookie(this.getCookieName(app), this.cookieAttributes(app))
    } else if (this.shouldSetCookie(app, session)) {
      const value = this.getSigningSerializer(app)!.dumps(session.toDict())
      const expires = this.getExpirationTime(app, session) ?? undefined
      response.setCookie(this.getCookieName(app), value, { ...this.cookieAttributes(app), expires })
    } else {
      return
    }
    this.varyByCookie(response)
  }
}
