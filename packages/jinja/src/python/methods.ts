import { Markup } from '@flask-ts/markupsafe'
import { type Callable, takesKwargs } from './call.ts'
import { DICT_METHODS } from './dict-methods.ts'
import { isPlainObject } from './kinds.ts'
import { LIST_METHODS, RANGE_METHODS, TUPLE_METHODS } from './list-methods.ts'
import { MARKUP_METHODS } from './markup-methods.ts'
import type { MethodTable } from './method-table.ts'
import { BYTES_METHODS, FLOAT_METHODS, INT_METHODS, SET_METHODS } from './other-methods.ts'
import { Range } from './range.ts'
import { STR_METHODS } from './str-methods.ts'
import { Tuple } from './tuple.ts'

/** The Python methods of a value, or null for values that have none. */
export function methodsOf(value: unknown): MethodTable | null {
  switch (typeof value) {
    case 'string':
      return STR_METHODS
    case 'number':
      return Number.isInteger(value) ? INT_METHODS : FLOAT_METHODS
    case 'boolean':
    case 'bigint':
      return INT_METHODS
    case 'object':
      return value === null ? null : objectMethods(value)
    default:
      return null
  }
}

function objectMethods(value: object): MethodTable | null {
  if (value instanceof Tuple) return TUPLE_METHODS
  if (Array.isArray(value)) return LIST_METHODS
  if (value instanceof Map || isPlainObject(value)) return DICT_METHODS
  if (value instanceof Markup) return MARKUP_METHODS
  if (value instanceof Range) return RANGE_METHODS
  if (value instanceof Set) return SET_METHODS
  return value instanceof Uint8Array ? BYTES_METHODS : null
}

/** A method that can be called without its value; named arguments work as for the method itself. */
export function bindMethod(method: Callable, self: unknown): Callable {
  const bound: Callable = (...args) => method(self, ...args)
  Object.defineProperty(bound, 'name', { value: method.name })
  return takesKwargs(bound)
}

/** The method of a value by its Python name, or undefined. */
export function methodNamed(value: unknown, name: string): Callable | undefined {
  return methodsOf(value)?.[name]
}
