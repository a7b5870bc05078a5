import { decodeCharset } from '../urls/percent.ts'
import { strip } from './strip.ts'
import { quoteHeaderValue } from './tokens.ts'

/** Values that a header's parameters may be made from: `null` and `undefined` leave the parameter out. */
export type HeaderOptions = Readonly<Record<string, string | number | null | undefined>>

const parameterKey = /([\w!#$%&'*+\-.^`|~]+)=/y
const parameterToken = /[\w!#$%&'*+\-.^`|~]+/y
const charsetValue = /^([\w!#$%&*+\-.^`|~]*)'[\w!#$%&*+\-.^`|~]*'([\w!#$%&'*+\-.^`|~]+)/
const continuation = /\*\d+$/

/** The end of the quoted text that begins at `start`, just behind its closing quote, or -1 if it is not closed. */
function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]
    if (char === '"') return at + 1
    if (char === '\\' && (text[at + 1] === '\\' || text[at + 1] === '"')) at++
  }
  return -1
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The `key=value` parameters behind the first semicolon, keys in lower case, values as written. */
function scanParameters(text: string): [key: string, value: string][] {
  const parts: [string, string][] = []
  let at = 0
  for (;;) {
    const key = matchAt(parameterKey, text, at)
    if (key !== null) {
      at += key[0].length
      const token = matchAt(parameterToken, text, at)
      const name = key[1]!.toLowerCase()
      if (token !== null) parts.push([name, token[0]])
      else if (text[at] === '"') {
        const end = quotedEnd(text, at)
        if (end !== -1) {
          parts.push([name, text.slice(at, end)])
          at = end
        }
      }
    }
    const semicolon = text.indexOf(';', at)
    if (semicolon === -1) return parts
    at = semicolon + 1
    while (at < text.length && strip(text[at]!) === '') at++
  }
}

function unquoteParameter(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"')) return value
  return value.slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\"', '"').replaceAll('%22', '"')
}

/**
 * Splits RFC 2231's `charset'language'value`.
 *
 * @param value - What stands behind `key*=`.
 * @returns The charset in lower case (`undefined` if the marks are missing) and the rest, still percent-encoded.
 */
export function splitCharsetValue(value: string): { charset: string | undefined; value: string } {
  const match = charsetValue.exec(value)
  if (match === null) return { charset: undefined, value }
  return { charset: match[1]!.toLowerCase(), value: match[2]! }
}

function joinParameters(parts: readonly [key: string, value: string][]): Map<string, string> {
  const options = new Map<string, string>()
  let charset: string | undefined
  let continued: string | undefined
  for (const [writtenKey, writtenValue] of parts) {
    let key = writtenKey
    let value = writtenValue
    if (key.endsWith('*')) {
      key = key.slice(0, -1)
      const split = splitCharsetValue(value)
      value = split.value
      charset = (split.charset ?? charset) || continued
      const decoded = charset === undefined ? undefined : decodeCharset(value, charset)
      if (decoded !== undefined) {
        continued = charset
        value = decoded
      }
    }
    value = unquoteParameter(value)
    const number = continuation.exec(key)
    if (number === null) options.set(key, value)
    else {
      const whole = key.slice(0, number.index)
      options.set(whole, (options.get(whole) ?? '') + value)
    }
  }
  return options
}

/**
 * Splits a header such as `Content-Type` into its value and its parameters.
 *
 * Keys come in lower case; RFC 2231's encoded and continued parameters come decoded and joined.
 *
 * @param header - The header's text; nothing gives an empty value.
 * @see https://httpwg.org/specs/rfc9110.html#parameter
 */
export function parseOptionsHeader(
  header: string | null | undefined,
): [value: string, options: Record<string, string>] {
  if (header === null || header === undefined) return ['', {}]
  const semicolon = header.indexOf(';')
  if (semicolon === -1) return [strip(header), {}]
  const value = strip(header.slice(0, semicolon))
  const rest = strip(header.slice(semicolon + 1))
  if (value === '' || rest === '') return [value, {}]
  return [value, Object.fromEntries(joinParameters(scanParameters(rest)))]
}

/**
 * Writes a header value with its parameters, the reverse of `parseOptionsHeader`.
 *
 * @param header - The value; `null` writes the parameters alone.
 * @param options - Parameters. One whose key ends with `*` is taken as encoded already.
 */
export function dumpOptionsHeader(header: string | null, options: HeaderOptions): string {
  let text = header
  for (const key of Object.keys(options)) {
    const value = options[key]
    if (value === null || value === undefined) continue
    const parameter = `${key}=${key.endsWith('*') ? value : quoteHeaderValue(value)}`
    text = text === null ? parameter : `${text}; ${parameter}`
  }
  return text ?? ''
}
