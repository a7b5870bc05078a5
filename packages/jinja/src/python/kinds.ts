import { Markup } from '@flask-ts/markupsafe'
import { PY_TYPE, type PythonValue } from './protocol.ts'
import { Tuple } from './tuple.ts'

/** Whether a value is an object literal, or without a prototype: a dict for templates. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether a value is a dict for templates: a `Map` or a plain object. */
export function isDict(value: unknown): value is Map<unknown, unknown> | Record<string, unknown> {
  return value instanceof Map || isPlainObject(value)
}

/** Whether a value is a list and not a tuple. */
export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && !(value instanceof Tuple)
}

/** Whether a value is text, be it plain or markup. */
export function isText(value: unknown): value is string | Markup {
  return typeof value === 'string' || value instanceof Markup
}

/** Whether a value is what Python calls an `int`, booleans included. */
export function isInteger(value: unknown): value is number | boolean | bigint {
  return typeof value === 'number'
    ? Number.isInteger(value)
    : typeof value === 'boolean' || typeof value === 'bigint'
}

/** Whether a value is a number, booleans included. */
export function isNumber(value: unknown): value is number | boolean | bigint {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
}

/** The name of a value's type as Python's messages give it. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
    case 'undefined':
      return 'NoneType'
    case 'function':
      return lastPart((value as PythonValue)[PY_TYPE] ?? 'function')
    case 'symbol':
      return 'symbol'
    default:
      return value === null ? 'NoneType' : objectTypeName(value as object)
  }
}

// Our own types carry the module they have in Python, which only some messages show.
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function objectTypeName(value: object): string {
  const named = (value as PythonValue)[PY_TYPE]
  if (named !== undefined) return lastPart(named)
  if (value instanceof Tuple) return 'tuple'
  if (Array.isArray(value)) return 'list'
  if (isDict(value)) return 'dict'
  if (value instanceof Markup) return 'Markup'
  if (value instanceof Set) return 'set'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof Date) return 'datetime'
  if (Object.prototype.toString.call(value) === '[object Generator]') return 'generator'
  if (Object.prototype.toString.call(value) === '[object AsyncGenerator]') return 'async_generator'
  const name: unknown = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)
    ?.constructor?.name
  return typeof name === 'string' && name !== '' ? name : 'object'
}

/** How undefined values name what was looked into: `dict object`, `None`, `markupsafe.Markup object`. */
export function objectTypeRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  const isObject = typeof value === 'object' || typeof value === 'function'
  const full = isObject ? (value as PythonValue)[PY_TYPE] : undefined
  if (full !== undefined) return `${full} object`
  return value instanceof Markup ? 'markupsafe.Markup object' : `${typeName(value)} object`
}
