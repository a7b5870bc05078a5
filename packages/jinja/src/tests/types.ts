import { isLower, isUpper } from '@flask-ts/markupsafe/strings'
import { DictView } from '../python/dict.ts'
import { hashKey } from '../python/hash.ts'
import { lengthOf, tryIterate, tryLength } from '../python/iterate.ts'
import { isDict, isInteger, isNumber, isText } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { Undefined } from '../undefined/undefined.ts'

/** What the tests about names need of an environment. */
export interface TestEnvironment {
  readonly filters: Readonly<Record<string, unknown>>
  readonly tests: Readonly<Record<string, unknown>>
}

/** `undefined`: whether there is no such value. */
export function isUndefinedValue(value: unknown): boolean {
  return value instanceof Undefined
}

function isNameIn(table: Readonly<Record<string, unknown>>, name: unknown): boolean {
  const key = hashKey(name)
  return typeof key === 'string' && Object.hasOwn(table, key)
}

/** `filter`: whether there is a filter of that name. */
export function isFilter(environment: TestEnvironment, name: unknown): boolean {
  return isNameIn(environment.filters, name)
}

/** `test`: whether there is a test of that name. */
export function isTest(environment: TestEnvironment, name: unknown): boolean {
  return isNameIn(environment.tests, name)
}

/** `integer`: whether it is a whole number and no boolean. */
export function isIntegerValue(value: unknown): boolean {
  return typeof value !== 'boolean' && isInteger(value)
}

/** `float`: whether it is a number that is not whole; JavaScript cannot tell 1.0 from 1. */
export function isFloatValue(value: unknown): boolean {
  return typeof value === 'number' && !Number.isInteger(value)
}

/** `number`: whether it is a number or a boolean. */
export function isNumberValue(value: unknown): boolean {
  return isNumber(value)
}

/** `lower`: whether it prints in lower case. */
export function isLowerText(value: unknown): boolean {
  return isLower(print(value))
}

/** `upper`: whether it prints in upper case. */
export function isUpperText(value: unknown): boolean {
  return isUpper(print(value))
}

/** `string`: whether it is text or markup. */
export function isString(value: unknown): boolean {
  return isText(value)
}

/** `mapping`: whether it is a dict. */
export function isMapping(value: unknown): boolean {
  return isDict(value)
}

/** `sequence`: whether it has a length and takes subscripts, which in Python holds for dicts too. */
export function isSequence(value: unknown): boolean {
  if (value instanceof Set || value instanceof DictView) return false
  if (!(value instanceof Undefined)) return tryLength(value) >= 0
  try {
    return lengthOf(value) >= 0
  } catch (error) {
    if (error instanceof value.undefinedException) return false
    throw error
  }
}

/** `iterable`: whether a loop can go over it. */
export function isIterable(value: unknown): boolean {
  if (value instanceof Undefined) return value[Symbol.iterator]() !== undefined
  if (tryIterate(value) !== null) return true
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** `sameas`: whether both are the very same value. */
export function isSame(value: unknown, other: unknown): boolean {
  return Object.is(value, other) || value === other
}

/** `escaped`: whether it is markup. */
export function isEscaped(value: unknown): boolean {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { __html__?: unknown }).__html__ === 'function'
  )
}
