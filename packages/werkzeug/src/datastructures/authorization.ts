import { decodeBase64 } from '../http/base64.ts'
import { dumpHeader, parseDictItems } from '../http/lists.ts'
import { strip, stripEnd } from '../http/strip.ts'
import { titleCase } from '../http/title-case.ts'

/** Parameters of a scheme, in their order; one that was written without a value has `null`. */
export type AuthParameters = ReadonlyMap<string, string | null> | Readonly<Record<string, string | null>>

/** The parts of an authentication header: a scheme in lower case, and parameters or a token. */
export interface AuthParts {
  readonly scheme: string
  readonly rest: string
  /** Whether the rest is made of parameters, and not a token. */
  readonly hasParameters: boolean
}

/**
 * Takes an authentication header apart.
 *
 * @param header - The header's text, not empty.
 */
export function splitAuth(header: string): AuthParts {
  const space = header.indexOf(' ')
  const scheme = (space === -1 ? header : header.slice(0, space)).toLowerCase()
  const rest = space === -1 ? '' : strip(header.slice(space + 1))
  return { scheme, rest, hasParameters: stripEnd(rest, '=').includes('=') }
}

/**
 * The parameters as a map of their own.
 *
 * @param parameters - A map or an object.
 */
export function authParameterMap(parameters: AuthParameters | null | undefined): Map<string, string | null> {
  if (parameters === null || parameters === undefined) return new Map()
  return new Map(parameters instanceof Map ? parameters : Object.entries(parameters))
}

function decodeCredentials(token: string): Map<string, string> | undefined {
  const bytes = decodeBase64(token)
  if (bytes === undefined) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const colon = text.indexOf(':')
    const username = colon === -1 ? text : text.slice(0, colon)
    return new Map([
      ['username', username],
      ['password', colon === -1 ? '' : text.slice(colon + 1)],
    ])
  } catch {
    // Credentials that are no UTF-8 are no credentials: the client then counts as not logged in.
    return undefined
  }
}

/**
 * An `Authorization` request header.
 *
 * It has either parameters or a token; the token of `Basic` is decoded into the parameters `username` and `password`.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.authorization
 */
export class Authorization {
  /** The scheme in lower case, such as `basic`, `digest` or `bearer`. */
  readonly type: string
  readonly parameters: ReadonlyMap<string, string | null>
  readonly token: string | null

  constructor(type: string, parameters?: AuthParameters | null, token: string | null = null) {
    this.type = type
    this.parameters = authParameterMap(parameters)
    this.token = token
  }

  /** Reads a header. @returns `undefined` for nothing, and for credentials that cannot be decoded. */
  static fromHeader(header: string | null | undefined): Authorization | undefined {
    if (header === null || header === undefined || header === '') return undefined
    const { scheme, rest, hasParameters } = splitAuth(header)
    if (scheme === 'basic') {
      const credentials = decodeCredentials(rest)
      return credentials === undefined ? undefined : new Authorization(scheme, credentials)
    }
    if (hasParameters) return new Authorization(scheme, parseDictItems(rest))
    return new Authorization(scheme, null, rest)
  }

  /** The user of `basic` and `digest`. */
  get username(): string | undefined {
    return this.get('username') ?? undefined
  }

  /** The password of `basic`. */
  get password(): string | undefined {
    return this.get('password') ?? undefined
  }

  has(key: string): boolean {
    return this.parameters.has(key)
  }

  /** A parameter, or the default. */
  get(key: string): string | null | undefined
  get<D>(key: string, options: { readonly default: D }): string | null | D
  get(key: string, options?: { readonly default: unknown }): unknown {
    return this.parameters.has(key) ? this.parameters.get(key) : options?.default
  }

  /** A parameter, `undefined` if it is not there: templates look it up like this. */
  getItem(key: string): string | null | undefined {
    return this.parameters.get(key)
  }

  /** Whether the other says the same. */
  equals(other: Authorization): boolean {
    if (other.type !== this.type || other.token !== this.token) return false
    if (other.parameters.size !== this.parameters.size) return false
    return [...this.parameters].every(([key, value]) => other.has(key) && other.get(key) === value)
  }

  toHeader(): string {
    if (this.type === 'basic') {
      const credentials = `${this.get('username') ?? 'None'}:${this.get('password') ?? 'None'}`
      return `Basic ${Buffer.from(credentials).toString('base64')}`
    }
    return `${titleCase(this.type)} ${this.token ?? dumpHeader(this.parameters)}`
  }

  toString(): string {
    return this.toHeader()
  }
}
