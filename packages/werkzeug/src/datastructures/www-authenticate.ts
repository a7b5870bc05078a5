import { dumpHeader, parseDictItems } from '../http/lists.ts'
import { titleCase } from '../http/title-case.ts'
import { quoteHeaderValue } from '../http/tokens.ts'
import { type AuthParameters, authParameterMap, splitAuth } from './authorization.ts'
import { CallbackDict } from './callback-dict.ts'

const alwaysQuoted = new Set(['realm', 'domain', 'nonce', 'opaque', 'qop'])

/**
 * A `WWW-Authenticate` response header: how the client can log in.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.www-authenticate
 */
export class WWWAuthenticate {
  #type: string
  #parameters: CallbackDict<string | null>
  #token: string | null
  /** Called after each change, with the header. */
  onUpdate: ((header: WWWAuthenticate) => void) | undefined

  constructor(type: string, parameters?: AuthParameters | null, token: string | null = null) {
    this.#type = type.toLowerCase()
    this.#parameters = this.#watched(parameters)
    this.#token = token
  }

  /** Reads a header. @returns `undefined` for nothing. */
  static fromHeader(header: string | null | undefined): WWWAuthenticate | undefined {
    if (header === null || header === undefined || header === '') return undefined
    const { scheme, rest, hasParameters } = splitAuth(header)
    if (hasParameters) return new WWWAuthenticate(scheme, parseDictItems(rest))
    return new WWWAuthenticate(scheme, null, rest)
  }

  #watched(parameters: AuthParameters | null | undefined): CallbackDict<string | null> {
    return new CallbackDict<string | null>(authParameterMap(parameters), () => this.#changed())
  }

  #changed(): void {
    this.onUpdate?.(this)
  }

  /** The scheme in lower case. */
  get type(): string {
    return this.#type
  }

  set type(type: string) {
    this.#type = type
    this.#changed()
  }

  /** The parameters; changing them changes the header. */
  get parameters(): CallbackDict<string | null> {
    return this.#parameters
  }

  set parameters(parameters: AuthParameters) {
    this.#parameters = this.#watched(parameters)
    this.#changed()
  }

  /** What stands in place of parameters, for schemes that want it so. */
  get token(): string | null {
    return this.#token
  }

  set token(token: string | null) {
    this.#token = token
    this.#changed()
  }

  /** What the credentials are for. */
  get realm(): string | null {
    return this.#parameters.get('realm') ?? null
  }

  set realm(realm: string | null) {
    this.set('realm', realm)
  }

  has(key: string): boolean {
    return this.#parameters.has(key)
  }

  /** A parameter, or the default. */
  get(key: string): string | null | undefined
  get<D>(key: string, options: { readonly default: D }): string | null | D
  get(key: string, options?: { readonly default: unknown }): unknown {
    return this.#parameters.has(key) ? this.#parameters.get(key) : options?.default
  }

  /** A parameter, `undefined` if it is not there. */
  getItem(key: string): string | null | undefined {
    return this.#parameters.get(key)
  }

  /** Sets a parameter; `null` removes it. */
  set(key: string, value: string | null): void {
    if (value === null) this.#parameters.delete(key)
    else this.#parameters.set(key, value)
    this.#changed()
  }

  /** Removes a parameter. @returns Whether it was there. */
  delete(key: string): boolean {
    const there = this.#parameters.delete(key)
    if (there) this.#changed()
    return there
  }

  /** Whether the other says the same. */
  equals(other: WWWAuthenticate): boolean {
    if (other.type !== this.type || other.token !== this.token) return false
    if (other.parameters.size !== this.parameters.size) return false
    return [...this.parameters].every(([key, value]) => other.has(key) && other.get(key) === value)
  }

  #digest(): string {
    const items = Array.from(this.#parameters, ([key, value]) => {
      return `${key}=${quoteHeaderValue(value ?? 'None', !alwaysQuoted.has(key))}`
    })
    return `Digest ${items.join(', ')}`
  }

  toHeader(): string {
    const scheme = titleCase(this.#type)
    if (this.#token !== null) return `${scheme} ${this.#token}`
    if (this.#parameters.size === 0) return scheme
    if (this.#type === 'digest') return this.#digest()
    return `${scheme} ${dumpHeader(new Map(this.#parameters))}`
  }

  toString(): string {
    return this.toHeader()
  }
}
