import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Environ } from '@flask-ts/wsgi'
import { hostIsTrusted } from '../http/host.ts'
import { INTERNAL_PATH } from '../urls/internal-path.ts'

const WEEK_SECONDS = 60 * 60 * 24 * 7
const MAX_FAILURES = 10
const THIS_MACHINE = ['.localhost', '127.0.0.1', '[::1]']

/** What trying a PIN came to. */
export interface PinAnswer {
  readonly auth: boolean
  /** Whether there were too many wrong ones: then only a restart helps. */
  readonly exhausted: boolean
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Keeps everybody from the consoles but whoever can read the terminal. */
export class Guard {
  /** In every page of this process: other sites cannot know it. */
  readonly secret = randomBytes(20).toString('base64url')
  readonly pin: string | null
  readonly #key: string
  readonly #trusted: readonly string[]
  #failures = 0

  constructor(pin: string | null, key: string | undefined, trustedHosts: readonly string[]) {
    this.pin = pin
    this.#key = key ?? randomBytes(32).toString('hex')
    this.#trusted = [...THIS_MACHINE, ...trustedHosts]
  }

  get isExhausted(): boolean {
    return this.#failures >= MAX_FAILURES
  }

  /** Whether a request was made to a host that is known to be this machine: another name may be an attacker's. */
  isTrustedHost(environ: Environ): boolean {
    const host = environ.headers.get('host')
    return hostIsTrusted(host, this.#trusted)
  }

  /** Whether a request comes from a page of this very server. */
  isOwnOrigin(environ: Environ): boolean {
    const origin = environ.headers.get('origin')
    return origin === undefined || origin === `${environ.scheme}://${environ.headers.get('host')}`
  }

  knowsSecret(environ: Environ): boolean {
    return isSame(environ.headers.get('x-debugger-secret') ?? '', this.secret)
  }

  /** Whether a request brings the cookie that a right PIN gave. */
  isAuthenticated(environ: Environ): boolean {
    if (this.pin === null) return true
    if (this.isExhausted) return false
    const pattern = new RegExp(`(?:^|;\\s*)${this.#cookieName}=(\\d+)\\.([0-9a-f]{64})(?:;|$)`)
    const [, time = '', signature = ''] = pattern.exec(environ.headers.get('cookie') ?? '') ?? []
    const age = Date.now() / 1000 - Number(time)
    return time !== '' && age < WEEK_SECONDS && isSame(signature, this.#sign(time))
  }

  get #cookieName(): string {
    return `__wzd${createHash('sha256').update(this.#key).digest('hex').slice(0, 20)}`
  }

  #sign(time: string): string {
    return createHmac('sha256', this.#key).update(`${time}|${this.pin}`).digest('hex')
  }

  /** The `Set-Cookie` line that opens the consoles for a week. */
  cookie(scheme: 'http' | 'https'): string {
    const time = String(Math.floor(Date.now() / 1000))
    const secure = scheme === 'https' ? '; Secure' : ''
    const rules = `HttpOnly; SameSite=Strict; Path=${INTERNAL_PATH}; Max-Age=${WEEK_SECONDS}${secure}`
    return `${this.#cookieName}=${time}.${this.#sign(time)}; ${rules}`
  }

  /** Tries a PIN. Wrong ones take longer and longer, and after ten none is right. */
  async tryPin(entered: string): Promise<PinAnswer> {
    if (this.isExhausted || this.pin === null) return { auth: false, exhausted: this.isExhausted }
    const digits = (text: string): string => text.trim().replaceAll('-', '')
    if (isSame(digits(entered), digits(this.pin))) {
      this.#failures = 0
      return { auth: true, exhausted: false }
    }
    this.#failures++
    await delay(50 * this.#failures)
    return { auth: false, exhausted: this.isExhausted }
  }
}
