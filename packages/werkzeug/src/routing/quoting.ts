import { quote } from '../urls/percent.ts'
import { pythonCompare } from './python-compare.ts'
import { pythonStr } from './python-text.ts'

const SAFE_IN_PATH = "!$&'()*+,/:;=@"
const SAFE_IN_QUERY = "!$'()*,/:;?@"

/**
 * Quotes text for the path of a URL; slashes stay. `%` is always quoted.
 *
 * @see https://url.spec.whatwg.org/#url-path-segment-string
 */
export function quotePath(text: string): string {
  return quote(text, SAFE_IN_PATH)
}

function quoteQuery(text: string): string {
  if (!text.includes(' ')) return quote(text, SAFE_IN_QUERY)
  return quote(text, `${SAFE_IN_QUERY} `).replaceAll(' ', '+')
}

/** Values for a query: an object (lists give a key several times), a multi dict, or pairs. */
export type QueryArgs =
  | Readonly<Record<string, unknown>>
  | { lists(): Iterable<readonly [string, readonly unknown[]]> }
  | Iterable<readonly [string, unknown]>

function isIterable(value: object): value is Iterable<readonly [string, unknown]> {
  return Symbol.iterator in value
}

/** Whether a value is a multi dict, that is keeps a list of values for every key. */
export function isMultiDict(
  value: object,
): value is { lists(): Iterable<readonly [string, readonly unknown[]]> } {
  return 'lists' in value && typeof value.lists === 'function'
}

function spread(key: string, value: unknown, into: [string, unknown][]): void {
  if (Array.isArray(value) || value instanceof Set) for (const item of value) into.push([key, item])
  else into.push([key, value])
}

function queryItems(query: QueryArgs): [string, unknown][] {
  const items: [string, unknown][] = []
  if (isMultiDict(query)) {
    for (const [key, values] of query.lists()) for (const value of values) items.push([key, value])
  } else if (isIterable(query)) {
    for (const [key, value] of query) items.push([key, value])
  } else {
    for (const key of Object.keys(query)) spread(key, query[key], items)
  }
  return items
}

/** How a query is written. */
export interface QueryOptions {
  /** Sorts the pairs, by key and then value where `sortKey` does not say otherwise. */
  readonly sort?: boolean
  readonly sortKey?: ((item: readonly [string, unknown]) => unknown) | undefined
}

/**
 * Writes values as the query of a URL, without the question mark. Null values are left out.
 *
 * @see https://url.spec.whatwg.org/#percent-encoded-bytes
 */
export function encodeQuery(query: QueryArgs, options: QueryOptions = {}): string {
  const items = queryItems(query)
  if (options.sort === true) {
    const key = options.sortKey ?? ((item) => item)
    items.sort((left, right) => pythonCompare(key(left), key(right)))
  }
  return items
    .filter((item) => item[1] !== null && item[1] !== undefined)
    .map(([key, value]) => `${quoteQuery(key)}=${quoteQuery(pythonStr(value))}`)
    .join('&')
}

/** Whether query arguments, as text or values, hold nothing. */
export function isEmptyQuery(query: QueryArgs | string | undefined): boolean {
  if (query === undefined || query === '') return true
  if (typeof query === 'string') return false
  if (isMultiDict(query)) return queryItems(query).length === 0
  if (isIterable(query)) {
    for (const _ of query) return false
    return true
  }
  return Object.keys(query).length === 0
}
