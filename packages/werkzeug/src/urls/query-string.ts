import { quote, unquoteKeeping } from './percent.ts'

/** A value in a query: lists repeat their key, `null` and `undefined` leave it out. */
export type QueryValue = string | number | bigint | boolean | null | undefined

/** What a query string can be written from: pairs, or an object whose values may be lists. */
export type QueryData =
  | Iterable<readonly [key: string, value: QueryValue]>
  | Readonly<Record<string, QueryValue | readonly QueryValue[]>>

const querySafe = "!$'()*,/:;?@"

function decodePart(text: string): string {
  return unquoteKeeping(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

/**
 * Splits a query string, or an urlencoded form, into its pairs.
 *
 * A key without `=` has an empty value; empty pieces are left out; escapes of invalid UTF-8 stay.
 *
 * @param query - Without the `?`.
 * @see https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function parseQueryString(query: string): [key: string, value: string][] {
  const pairs: [string, string][] = []
  let start = 0
  while (start < query.length) {
    let end = query.indexOf('&', start)
    if (end === -1) end = query.length
    if (end > start) {
      const equals = query.indexOf('=', start)
      if (equals === -1 || equals >= end) pairs.push([decodePart(query.slice(start, end)), ''])
      else pairs.push([decodePart(query.slice(start, equals)), decodePart(query.slice(equals + 1, end))])
    }
    start = end + 1
  }
  return pairs
}

/**
 * A value as Flask writes it into URLs: booleans as `True` and `False`, everything else as JavaScript prints it.
 *
 * @param value - Not `null` or `undefined`.
 */
function queryText(value: Exclude<QueryValue, null | undefined>): string {
  if (typeof value === 'string') return value
  return value === true ? 'True' : value === false ? 'False' : String(value)
}

function quotePlus(text: string): string {
  if (!text.includes(' ')) return quote(text, querySafe)
  return quote(text, `${querySafe} `).replaceAll(' ', '+')
}

function* queryPairs(data: QueryData): Generator<readonly [string, QueryValue]> {
  if (Symbol.iterator in data) {
    yield* data
    return
  }
  for (const [key, value] of Object.entries(data)) {
    if (!Array.isArray(value)) yield [key, value as QueryValue]
    else for (const item of value as readonly QueryValue[]) yield [key, item]
  }
}

/**
 * Writes a query string.
 *
 * @param data - Pairs in their order, or an object.
 * @returns The text without `?`; spaces as `+`.
 */
export function encodeQueryString(data: QueryData): string {
  let query = ''
  for (const [key, value] of queryPairs(data)) {
    if (value === null || value === undefined) continue
    const pair = `${quotePlus(key)}=${quotePlus(queryText(value))}`
    query = query === '' ? pair : `${query}&${pair}`
  }
  return query
}
