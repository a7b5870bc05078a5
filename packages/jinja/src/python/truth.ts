import { Markup } from '@flask-ts/markupsafe'
import { DictView, dictSize } from './dict.ts'
import { isPlainObject } from './kinds.ts'
import { PY_BOOL, PY_LEN, type PythonValue } from './protocol.ts'
import { Range } from './range.ts'

/** Whether Python takes a value for true: empty containers, zero, the empty text and None are not. */
export function isTrue(value: unknown): boolean {
  if (typeof value !== 'object')
    return typeof value === 'function' || typeof value === 'symbol' || Boolean(value) || Number.isNaN(value)
  if (value === null) return false
  if (Array.isArray(value)) return value.length > 0
  return objectIsTrue(value)
}

function objectIsTrue(value: object): boolean {
  const own = (value as PythonValue)[PY_BOOL]
  if (own !== undefined) return own.call(value)
  if (value instanceof Markup) return value.toString() !== ''
  if (value instanceof Map || value instanceof Set) return value.size > 0
  if (isPlainObject(value)) return dictSize(value) > 0
  if (value instanceof Range || value instanceof DictView || value instanceof Uint8Array)
    return value.length > 0
  const length = (value as PythonValue)[PY_LEN]
  return length === undefined || length.call(value) > 0
}
