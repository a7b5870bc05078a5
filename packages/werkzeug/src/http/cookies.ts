import { emitWarning } from 'node:process'
import { encodeIdna } from '../urls/idna.ts'
import { latin1ToUtf8, quote } from '../urls/percent.ts'
import { httpDate } from './dates.ts'
import { strip } from './strip.ts'

/** The options of a cookie to set. */
export interface CookieOptions {
  /** Seconds that the cookie lives; until the browser closes if it is left out. */
  readonly maxAge?: number | null
  /** When it ends: an instant, seconds since 1970 UTC, or the text to send. */
  readonly expires?: Date | number | string | null
  /** The path that it is for; `/` if it is left out, none for `null`. */
  readonly path?: string | null
  /** The domain whose subdomains get it too; a leading dot and a port are dropped. */
  readonly domain?: string | null
  readonly secure?: boolean
  readonly httponly?: boolean
  /** `Strict`, `Lax` or `None`, in any case. */
  readonly samesite?: string | null
  /** A cookie of its own for each top-level site; implies `secure`. */
  readonly partitioned?: boolean
  /** `false` sends `Max-Age` without the `Expires` that follows from it. */
  readonly syncExpires?: boolean
  /** Warn if the header is longer than this, in bytes: 4093 if left out, 0 never. */
  readonly maxSize?: number
}

/** `SameSite` has three values, and this is none of them. */
export class InvalidSameSite extends Error {
  override readonly name = 'InvalidSameSite'

  constructor(value: string) {
    super(`samesite is ${JSON.stringify(value)}: it must be 'Strict', 'Lax' or 'None'`)
  }
}

const plainValue = /^[\w!#$%&'()*+\-./:<=>?@[\]^`{|}~]*$/
const escapedByte = /[\x00-\x19",;\\\x7f-\xff]/g
const octalOrAny = /\\([0-3][0-7]{2}|[^\n])/g
const pathSafe = "%!$&'()*+,/:=@"

function unescapeValue(value: string): string {
  const inner = value.slice(1, -1)
  if (!inner.includes('\\')) return inner
  const bytes = Buffer.from(inner).toString('latin1')
  const raw = bytes.replace(octalOrAny, (_, code: string) =>
    code.length === 1 ? code : String.fromCharCode(Number.parseInt(code, 8)),
  )
  return Buffer.from(raw, 'latin1').toString('utf8')
}

/** Just behind the quoted text that begins at `start`, if only white space is between it and a semicolon. */
function quotedValueEnd(header: string, start: number): number {
  let at = start + 1
  while (at < header.length && header[at] !== '"') {
    if (header[at] === '\\' && header[at + 1] === '\n') return -1
    at += header[at] === '\\' ? 2 : 1
  }
  if (at >= header.length) return -1
  at++
  while (at < header.length && isSpace(header.charCodeAt(at))) at++
  return at === header.length || header[at] === ';' ? at : -1
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}

/**
 * Splits a `Cookie` header that is decoded already into its pairs.
 *
 * Only fully quoted values are unescaped; a cookie without `=` has an empty value; one without a name is left out.
 *
 * @param header - Decoded text.
 */
export function splitCookies(header: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  let at = 0
  while (at < header.length) {
    let semicolon = header.indexOf(';', at)
    if (semicolon === -1) semicolon = header.length
    const equals = header.indexOf('=', at)
    if (equals === -1 || equals >= semicolon) {
      const name = strip(header.slice(at, semicolon))
      if (name !== '') pairs.push([name, ''])
      at = semicolon + 1
      continue
    }
    let start = equals + 1
    while (start < semicolon && isSpace(header.charCodeAt(start))) start++
    const quotedEnd = header[start] === '"' ? quotedValueEnd(header, start) : -1
    const end = quotedEnd === -1 ? semicolon : quotedEnd
    const name = strip(header.slice(at, equals))
    const value = strip(header.slice(start, end))
    at = end + 1
    if (name === '') continue
    const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"')
    pairs.push([name, quoted ? unescapeValue(value) : value])
  }
  return pairs
}

/**
 * Splits a `Cookie` header as a server hands it over, that is with bytes as Latin-1 characters, into its pairs.
 *
 * @param header - The header's text. If its bytes are no UTF-8 they are taken as Latin-1.
 * @see https://httpwg.org/specs/rfc6265.html#cookie
 */
export function parseCookiePairs(header: string | null | undefined): [name: string, value: string][] {
  if (header === null || header === undefined || header === '') return []
  return splitCookies(latin1ToUtf8(header) ?? header)
}

function quoteCookieValue(value: string): string {
  if (plainValue.test(value)) return value
  const bytes = Buffer.from(value).toString('latin1')
  const escaped = bytes.replace(escapedByte, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`
    return `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`
  })
  return `"${escaped}"`
}

function expiryText(options: CookieOptions): string | undefined {
  const { expires, maxAge } = options
  if (typeof expires === 'string') return expires
  if (expires !== undefined && expires !== null) return httpDate(expires)
  if (maxAge === undefined || maxAge === null || options.syncExpires === false) return undefined
  return httpDate(Date.now() / 1000 + maxAge)
}

function sameSiteText(value: string | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const title = value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()
  if (title !== 'Strict' && title !== 'Lax' && title !== 'None') throw new InvalidSameSite(value)
  return title
}

function domainText(domain: string | null | undefined): string | undefined {
  if (domain === undefined || domain === null) return undefined
  const [host = ''] = domain.split(':', 1)
  return encodeIdna(host.replace(/^\.+/, ''))
}

function warnIfTooLarge(key: string, value: string, header: string, maxSize: number): void {
  if (maxSize === 0 || header.length <= maxSize) return
  emitWarning(
    `the '${key}' cookie is too large: its value takes ${value.length} bytes and the header ` +
      `${header.length - value.length} more, ${header.length} where browsers take ${maxSize}. ` +
      'Browsers may silently ignore it.',
  )
}

/**
 * Writes the value of a `Set-Cookie` header.
 *
 * The value is quoted if it must be, with octal escapes of its UTF-8 bytes.
 *
 * @param key - The cookie's name; characters beyond ASCII are sent as their UTF-8 bytes.
 * @param value - The cookie's value.
 * @throws InvalidSameSite
 * @see https://httpwg.org/specs/rfc6265.html#set-cookie
 */
export function dumpCookie(key: string, value = '', options: CookieOptions = {}): string {
  const { path = '/', maxAge } = options
  const quoted = quoteCookieValue(value)
  const domain = domainText(options.domain)
  const expires = expiryText(options)
  const samesite = sameSiteText(options.samesite)
  let header = `${Buffer.from(key).toString('latin1')}=${quoted}`
  if (domain !== undefined) header += `; Domain=${domain}`
  if (expires !== undefined) header += `; Expires=${expires}`
  if (maxAge !== undefined && maxAge !== null) header += `; Max-Age=${Math.trunc(maxAge)}`
  if (options.secure === true || options.partitioned === true) header += '; Secure'
  if (options.httponly === true) header += '; HttpOnly'
  if (path !== null) header += `; Path=${quote(path, pathSafe)}`
  if (samesite !== undefined) header += `; SameSite=${samesite}`
  if (options.partitioned === true) header += '; Partitioned'
  warnIfTooLarge(key, quoted, header, options.maxSize ?? 4093)
  return header
}
