import { type Tuple, tupleFrom } from '@flask-ts/jinja'
import type { Headers } from '@flask-ts/werkzeug/datastructures'

/** Header fields that an answer may be given: names to values, pairs, or `Headers`. A list value sets several fields. */
export type HeadersValue =
  | Headers
  | Readonly<Record<string, string | number | readonly (string | number)[]>>
  | readonly (readonly [name: string, value: string | number])[]

/** A status code, or text such as `418 Short And Stout`. */
export type StatusValue = number | string

/**
 * Python's tuple: what a view returns for a body with a status, headers, or both. A plain array is JSON, as a list is
 * in Python.
 *
 *     return tuple({ error: 'no such user' }, 404)
 *     return tuple('made', 201, { Location: '/users/7' })
 *     return tuple(rows(), { 'Content-Type': 'text/csv' })
 *
 * It is a tuple in sessions and templates as well.
 */
export function tuple(...items: readonly unknown[]): Tuple {
  return tupleFrom(items)
}
