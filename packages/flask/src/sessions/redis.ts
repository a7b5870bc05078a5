import { Signer } from '@flask-ts/itsdangerous'
import type { Response } from '@flask-ts/werkzeug'
import { TaggedJSONSerializer } from '../json/tagged-serializer.ts'
import type { Request } from '../wrappers/request.ts'
import { type SessionHost, SessionInterface } from './interface.ts'
import { ServerSession } from './server-session.ts'
import type { SessionMixin } from './session.ts'

/** What is needed of a Redis client: `createClient()` of the package `redis` gives one. */
export interface RedisClient {
  readonly isOpen: boolean
  connect(): Promise<unknown>
  get(key: string): Promise<unknown>
  set(key: string, value: string, options: { readonly EX: number }): Promise<unknown>
  del(keys: string | string[]): Promise<unknown>
}

/** Options of sessions in Redis. */
export interface RedisSessionOptions {
  /** The client; it is connected on first use. */
  readonly client: RedisClient
  /** What every key begins with. Default `session:`. */
  readonly prefix?: string | undefined
}

const SALT = 'server-session'
const serializer = new TaggedJSONSerializer()

/**
 * Keeps sessions in Redis: they can be larger than a cookie, and are gone when they are deleted.
 *
 * The cookie holds the signed identifier. An entry lives as long as `PERMANENT_SESSION_LIFETIME` after its last save.
 *
 *     app.sessionInterface = new RedisSessionInterface({ client: createClient({ url: 'redis://localhost' }) })
 */
export class RedisSessionInterface extends SessionInterface {
  readonly #client: RedisClient
  readonly #prefix: string
  #connecting: Promise<unknown> | undefined

  constructor(options: RedisSessionOptions) {
    super()
    this.#client = options.client
    this.#prefix = options.prefix ?? 'session:'
  }

  override async openSession(app: SessionHost, request: Request): Promise<ServerSession | null> {
    const signer = signerOf(app)
    if (signer === null) return null
    const cookie = request.cookies.get(this.getCookieName(app))
    if (cookie === undefined || !signer.validate(cookie)) return new ServerSession()
    const id = signer.unsign(cookie)
    const client = await this.#connected()
    const stored = await client.get(this.#prefix + id)
    // An identifier that is not stored was revoked or has expired: it is not taken up again.
    if (typeof stored !== 'string') return new ServerSession()
    return new ServerSession(id, serializer.loads(stored) as Record<string, unknown>)
  }

  override async saveSession(
    app: SessionHost,
    session: ServerSession & SessionMixin,
    response: Response,
  ): Promise<void> {
    if (session.accessed) this.varyByCookie(response)
    if (session.size === 0) {
      if (!session.modified) return
      await this.#forget([session.id, ...session.abandoned])
      response.deleteCookie(this.getCookieName(app), this.cookieAttributes(app))
      this.varyByCookie(response)
      return
    }
    if (!this.shouldSetCookie(app, session)) return
    const client = await this.#connected()
    const seconds = Math.max(1, Math.trunc(app.permanentSessionLifetime))
    await client.set(this.#prefix + session.id, serializer.dumps(session.toDict()), { EX: seconds })
    await this.#forget(session.abandoned)
    const expires = this.getExpirationTime(app, session) ?? undefined
    const value = signerOf(app)!.sign(session.id)
    response.setCookie(this.getCookieName(app), value, { ...this.cookieAttributes(app), expires })
    this.varyByCookie(response)
  }

  /** Forgets a session, wherever it is open: the next request that brings its identifier has an empty one. */
  async revoke(id: string): Promise<void> {
    await this.#forget([id])
  }

  async #forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const client = await this.#connected()
    await client.del(ids.map((id) => this.#prefix + id))
  }

  async #connected(): Promise<RedisClient> {
    if (!this.#client.isOpen) {
      this.#connecting ??= this.#client.connect().finally(() => {
        this.#connecting = undefined
      })
      await this.#connecting
    }
    return this.#client
  }
}

function signerOf(app: SessionHost): Signer | null {
  const { secretKey } = app
  if (secretKey === null || secretKey.length === 0) return null
  return new Signer([...(app.config.SECRET_KEY_FALLBACKS ?? []), secretKey], {
    salt: SALT,
    keyDerivation: 'hmac',
  })
}
