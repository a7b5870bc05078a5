import { type CookieOptions, dumpCookie } from '../http/cookies.ts'
import { Cookie, storageKey } from './cookie.ts'

/** Where a cookie belongs. */
export interface CookiePlace {
  /** `localhost` unless given. */
  readonly domain?: string
  /** `/` unless given. */
  readonly path?: string
}

/** How a cookie is put into the jar. */
export interface JarCookieOptions extends Omit<CookieOptions, 'domain' | 'path'>, CookiePlace {
  /** Whether subdomains do not get it: `true` unless told. */
  readonly originOnly?: boolean
}

/** The cookies of a test client. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>()

  /** A cookie by its decoded name, or `undefined`. */
  get(key: string, { domain = 'localhost', path = '/' }: CookiePlace = {}): Cookie | undefined {
    return this.#cookies.get(storageKey(domain, path, key))
  }

  /** Puts a cookie in, or takes it out where its options say that it is over. */
  set(key: string, value = '', options: JarCookieOptions = {}): void {
    const { originOnly = true, domain = 'localhost', path = '/', ...rest } = options
    const cookie = new Cookie(domain, '/', dumpCookie(key, value, { ...rest, domain, path }))
    cookie.originOnly = originOnly
    this.#store(cookie)
  }

  /** Takes a cookie out, if it is there. */
  delete(key: string, { domain = 'localhost', path = '/' }: CookiePlace = {}): void {
    this.#cookies.delete(storageKey(domain, path, key))
  }

  /** Takes the cookies of an answer. */
  update(serverName: string, path: string, setCookies: readonly string[]): void {
    for (const header of setCookies) this.#store(new Cookie(serverName, path, header))
  }

  /** The `Cookie` field of a request; empty where none fits. */
  header(serverName: string, path: string): string {
    return [...this.#cookies.values()]
      .filter((cookie) => cookie.matchesRequest(serverName, path))
      .map((cookie) => cookie.toRequestHeader())
      .join('; ')
  }

  #store(cookie: Cookie): void {
    if (cookie.shouldDelete) this.#cookies.delete(cookie.storageKey)
    else this.#cookies.set(cookie.storageKey, cookie)
  }
}
