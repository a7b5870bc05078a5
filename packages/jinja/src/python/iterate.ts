import { Markup } from '@flask-ts/markupsafe'
import { codePoints, hasAstral, textLength } from '@flask-ts/markupsafe/strings'
import { DictView, dictSize } from './dict.ts'
import { isPlainObject, typeName } from './kinds.ts'
import { PY_FAIL, PY_LEN, type PythonValue } from './protocol.ts'
import { Range } from './range.ts'

/** The items of a value if Python could iterate over it, else null. */
export function tryIterate(value: unknown): Iterable<unknown> | null {
  if (typeof value === 'string') return hasAstral(value) ? codePoints(value) : value
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) return value
  if (value instanceof Markup) return codePoints(value.toString())
  if (value instanceof Map) return value.keys()
  if (Symbol.iterator in value) return value as Iterable<unknown>
  return isPlainObject(value) && !(Symbol.asyncIterator in value) ? Object.keys(value) : null
}

/**
 * The items of a value: of a text its code points, of a dict its keys.
 *
 * @throws TypeError if there are none.
 */
export function iterate(value: unknown): Iterable<unknown> {
  const items = tryIterate(value)
  if (items === null) throw new TypeError(`'${typeName(value)}' object is not iterable`)
  return items
}

/** A new list of the items of a value; see {@link iterate}. */
export function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? Array.from(value) : [...iterate(value)]
}

/** The items of a value as an array, which is the value itself if it is one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [...iterate(value)]
}

/** The length of a value as Python's `len()`, or -1 if it has none. */
export function tryLength(value: unknown): number {
  if (typeof value === 'string') return textLength(value)
  if (typeof value !== 'object' || value === null) return -1
  if (Array.isArray(value)) return value.length
  const own = (value as PythonValue)[PY_LEN]
  if (own !== undefined) return own.call(value)
  if (value instanceof Markup || value instanceof Range || value instanceof DictView) return value.length
  if (value instanceof Map || value instanceof Set) return value.size
  if (value instanceof Uint8Array) return value.length
  return isPlainObject(value) ? dictSize(value) : -1
}

/**
 * The length of a value as Python's `len()`.
 *
 * @throws TypeError if it has none, as numbers and generators.
 */
export function lengthOf(value: unknown): number {
  const length = tryLength(value)
  if (length < 0) {
    if (typeof value === 'object' && value !== null) (value as PythonValue)[PY_FAIL]?.()
    throw new TypeError(`object of type '${typeName(value)}' has no len()`)
  }
  return length
}
