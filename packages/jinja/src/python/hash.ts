import { Markup } from '@flask-ts/markupsafe'
import { isDict, typeName } from './kinds.ts'
import { PY_HASH, type PythonValue } from './protocol.ts'
import { Tuple } from './tuple.ts'

let lastIdentity = 0
let identities: WeakMap<object, number> | null = null

/**
 * The identity of a value as a key: two values are the same key if this is the same value for both.
 *
 * @throws TypeError for lists, dicts and sets, which cannot be keys.
 */
export function hashKey(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      // Texts that look like our own encodings below are moved out of their way.
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value
    case 'boolean':
      return Number(value)
    case 'undefined':
      return null
    case 'bigint':
      return BigInt.asIntN(53, value) === value ? Number(value) : value
    case 'object':
      return value === null ? null : objectKey(value)
    default:
      return value
  }
}

function objectKey(value: object): unknown {
  if (value instanceof Markup) return hashKey(value.toString())
  if (value instanceof Tuple) return `\0t${value.map(token).join('')}`
  if (Array.isArray(value) || isDict(value) || value instanceof Set) {
    throw new TypeError(`unhashable type: '${typeName(value)}'`)
  }
  const own = (value as PythonValue)[PY_HASH]
  return own === undefined ? value : own.call(value)
}

function token(item: unknown): string {
  const key = hashKey(item)
  if (typeof key === 'string') return `s${key.length}:${key}`
  if (typeof key === 'number' || typeof key === 'bigint') return `n${key};`
  return key === null ? 'N' : `o${identity(key as object)};`
}

function identity(value: object): number {
  identities ??= new WeakMap()
  let id = identities.get(value)
  if (id === undefined) {
    id = ++lastIdentity
    identities.set(value, id)
  }
  return id
}
