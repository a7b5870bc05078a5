import { decodeCharset } from '../urls/percent.ts'
import { splitCharsetValue } from './options.ts'
import { strip } from './strip.ts'
import { quoteHeaderValue, unquoteHeaderValue } from './tokens.ts'

/** Cuts at the commas outside quotes; `undefined` if a quote is not closed. */
function splitAtCommas(header: string): string[] | undefined {
  const items: string[] = []
  let quoted = false
  let start = 0
  for (let at = 0; at < header.length; at++) {
    const char = header[at]
    if (quoted) {
      if (char === '\\') at++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === ',') {
      items.push(header.slice(start, at))
      start = at + 1
    }
  }
  if (quoted) return undefined
  items.push(header.slice(start))
  return items
}

/**
 * Splits a header at its commas. Quotes that enclose a whole item are removed, empty items are left out.
 *
 * @param header - The header's text.
 * @returns The items; none if a quote is not closed.
 * @see https://httpwg.org/specs/rfc9110.html#abnf.extension
 */
export function parseListHeader(header: string): string[] {
  const items: string[] = []
  for (const raw of splitAtCommas(header) ?? []) {
    const item = strip(raw)
    if (item !== '') items.push(unquoteHeaderValue(item))
  }
  return items
}

/**
 * Reads a header of comma-separated `key=value` items into a map, in their order; a key alone has the value `null`.
 *
 * @param header - The header's text.
 */
export function parseDictItems(header: string): Map<string, string | null> {
  const result = new Map<string, string | null>()
  for (const item of parseListHeader(header)) {
    const equals = item.indexOf('=')
    let key = strip(equals === -1 ? item : item.slice(0, equals))
    if (key === '') continue
    if (equals === -1) {
      result.set(key, null)
      continue
    }
    let value = strip(item.slice(equals + 1))
    if (key.endsWith('*')) {
      key = key.slice(0, -1)
      const split = splitCharsetValue(value)
      value = split.value
      if (split.charset !== undefined) value = decodeCharset(value, split.charset) ?? value
    }
    result.set(key, unquoteHeaderValue(value))
  }
  return result
}

/**
 * Reads a header of comma-separated `key=value` items; a key alone has the value `null`.
 *
 * @param header - The header's text.
 * @see https://www.rfc-editor.org/rfc/rfc2231#section-4
 */
export function parseDictHeader(header: string): Record<string, string | null> {
  return Object.fromEntries(parseDictItems(header))
}

/** What a comma-separated header is written from: items, or keys with values (`null` for a key alone). */
export type HeaderItems =
  | Iterable<string | number>
  | ReadonlyMap<string, string | number | null>
  | Readonly<Record<string, string | number | null>>

function dumpPair(key: string, value: string | number | null): string {
  if (value === null) return key
  return `${key}=${key.endsWith('*') ? value : quoteHeaderValue(value)}`
}

/**
 * Writes a comma-separated header, the reverse of `parseListHeader` and `parseDictHeader`.
 *
 * @param items - A list, or a map or object. A key that ends with `*` has a value that is encoded already.
 */
export function dumpHeader(items: HeaderItems): string {
  if (items instanceof Map) return Array.from(items, ([key, value]) => dumpPair(key, value)).join(', ')
  if (Symbol.iterator in items) {
    return Array.from(items as Iterable<string | number>, (item) => quoteHeaderValue(item)).join(', ')
  }
  return Object.entries(items as Record<string, string | number | null>)
    .map(([key, value]) => dumpPair(key, value))
    .join(', ')
}
