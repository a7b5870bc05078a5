import { splitCookies } from '../http/cookies.ts'
import { parseDate } from '../http/dates.ts'
import { parsePlainInt } from '../http/plain-int.ts'

/** A cookie that the test client keeps, as it was set. */
export class Cookie {
  /** Name and value as a client sees and sends them. */
  readonly key: string
  readonly value: string
  /** Name and value as the application sets and reads them. */
  readonly decodedKey: string
  readonly decodedValue: string
  readonly expires: Date | undefined
  /** Seconds. */
  readonly maxAge: number | undefined
  /** Where it is sent to; the host that set it unless it said otherwise. */
  readonly domain: string
  /** Whether it is not for subdomains: if it had no `Domain`. */
  originOnly: boolean
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: string | undefined

  /**
   * @param serverName - The host that set it.
   * @param path - The path of the request that it was set in answer to.
   * @param header - The `Set-Cookie` field.
   */
  constructor(serverName: string, path: string, header: string) {
    const [pair = '', ...attributes] = header.split(';')
    const equals = pair.indexOf('=')
    const [decodedKey, decodedValue] = splitCookies(pair)[0] ?? ['', '']
    const parameters = new Map(attributes.map(parseAttribute))
    this.key = (equals === -1 ? pair : pair.slice(0, equals)).trim()
    this.value = equals === -1 ? '' : pair.slice(equals + 1).trim()
    this.decodedKey = decodedKey
    this.decodedValue = decodedValue
    this.expires = parseDate(parameters.get('expires'))
    this.maxAge = parameters.has('max-age')
      ? (parsePlainInt(parameters.get('max-age') || '0') ?? 0)
      : undefined
    this.domain = parameters.get('domain') || serverName
    this.originOnly = !parameters.has('domain')
    this.path = parameters.get('path') || path.slice(0, path.lastIndexOf('/')) || '/'
    this.secure = parameters.has('secure')
    this.httpOnly = parameters.has('httponly')
    this.sameSite = parameters.get('samesite')
  }

  /** Whether it is sent with a request. */
  matchesRequest(serverName: string, path: string): boolean {
    const here = serverName === this.domain
    const below = !this.originOnly && serverName.endsWith(`.${this.domain}`)
    if (!here && !below) return false
    const folder = this.path.endsWith('/') ? this.path : `${this.path}/`
    return path === this.path || path.startsWith(folder)
  }

  /** The pair of the `Cookie` field. */
  toRequestHeader(): string {
    return `${this.key}=${this.value}`
  }

  /** What tells it from others. */
  get storageKey(): string {
    return storageKey(this.domain, this.path, this.decodedKey)
  }

  /** Whether it was set only to be forgotten. */
  get shouldDelete(): boolean {
    return this.maxAge === 0 || this.expires?.getTime() === 0
  }
}

/** What tells a cookie from others. */
export function storageKey(domain: string, path: string, key: string): string {
  return JSON.stringify([domain, path, key])
}

function parseAttribute(attribute: string): [name: string, value: string | undefined] {
  const equals = attribute.indexOf('=')
  if (equals === -1) return [attribute.trim().toLowerCase(), undefined]
  return [attribute.slice(0, equals).trim().toLowerCase(), attribute.slice(equals + 1).trim()]
}
