import { Markup } from '@flask-ts/markupsafe'
import { hasAstral } from '@flask-ts/markupsafe/strings'
import { type Dict, DictView, dictEntries, dictGet, dictSize } from './dict.ts'
import { isDict, isNumber, isText, typeName } from './kinds.ts'
import { MISSING, PY_EQ, type PythonValue, refuseUndefined } from './protocol.ts'
import { Tuple } from './tuple.ts'

/** Whether two values are equal for Python. */
export function equal(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right
  if (typeof left === 'number' && typeof right === 'number') return left === right
  const leftIsObject = typeof left === 'object' && left !== null
  const rightIsObject = typeof right === 'object' && right !== null
  if (!leftIsObject && !rightIsObject) {
    if (left === right) return true
    if (isNumber(left) && isNumber(right)) return Number(left) === Number(right)
    return (left === undefined && right === null) || (left === null && right === undefined)
  }
  const own = (leftIsObject && (left as PythonValue)[PY_EQ]) || undefined
  if (own !== undefined) return own.call(left, right)
  const other = (rightIsObject && (right as PythonValue)[PY_EQ]) || undefined
  if (other !== undefined) return other.call(right, left)
  if (left === right) return true
  return leftIsObject ? equalObject(left, right) : equalObject(right as object, left)
}

function equalObject(left: object, right: unknown): boolean {
  if (left instanceof Markup) return isText(right) && left.toString() === String(right)
  if (Array.isArray(left)) {
    return Array.isArray(right) && left instanceof Tuple === right instanceof Tuple && equalItems(left, right)
  }
  if (isDict(left)) return isDict(right) && equalDicts(left, right)
  if (left instanceof Set) return right instanceof Set && isSubset(left, right) && left.size === right.size
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime()
  if (left instanceof DictView && right instanceof DictView) {
    return left.kind === right.kind && equalItems(left.toArray(), right.toArray())
  }
  return false
}

function equalItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false
  return left.every((item, index) => same(item, right[index]))
}

// Inside containers Python takes one and the same value for equal without asking it.
function same(left: unknown, right: unknown): boolean {
  return left === right || equal(left, right)
}

function equalDicts(left: Dict, right: Dict): boolean {
  if (dictSize(left) !== dictSize(right)) return false
  return dictEntries(left).every(([key, value]) => {
    const other = dictGet(right, key)
    return other !== MISSING && same(value, other)
  })
}

function isSubset(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  for (const item of left) if (!right.has(item)) return false
  return true
}

/** The order of two texts by code points: negative, zero or positive. */
function compareText(left: string, right: string): number {
  if (left === right) return 0
  // UTF-16 units order as code points do, unless surrogates meet the characters above them.
  if (!hasAstral(left) && !hasAstral(right)) return left < right ? -1 : 1
  const others = right[Symbol.iterator]()
  for (const point of left) {
    const other = others.next()
    if (other.done) return 1
    const difference = (point.codePointAt(0) as number) - (other.value.codePointAt(0) as number)
    if (difference !== 0) return difference
  }
  return -1
}

/** An operator that orders. */
type OrderOperator = '<' | '<=' | '>' | '>='

/**
 * Applies an ordering operator.
 *
 * @throws TypeError if Python does not order the two types.
 */
function order(operator: OrderOperator, left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return holds(operator, left, right)
  if (typeof left === 'string' && typeof right === 'string')
    return holds(operator, compareText(left, right), 0)
  if (isNumber(left) && isNumber(right)) return holds(operator, Number(left), Number(right))
  if (isText(left) && isText(right)) return holds(operator, compareText(String(left), String(right)), 0)
  return orderObjects(operator, left, right)
}

function holds(operator: OrderOperator, left: number, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    default:
      return left >= right
  }
}

function orderObjects(operator: OrderOperator, left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
    const shared = Math.min(left.length, right.length)
    for (let index = 0; index < shared; index++) {
      if (!same(left[index], right[index])) return order(operator, left[index], right[index])
    }
    return holds(operator, left.length, right.length)
  }
  if (left instanceof Set && right instanceof Set) return orderSets(operator, left, right)
  if (left instanceof Date && right instanceof Date) return holds(operator, left.getTime(), right.getTime())
  refuseUndefined(left, right)
  throw new TypeError(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  )
}

function orderSets(operator: OrderOperator, left: Set<unknown>, right: Set<unknown>): boolean {
  if (operator.startsWith('>')) return orderSets(operator === '>' ? '<' : '<=', right, left)
  return isSubset(left, right) && (operator === '<=' || left.size < right.size)
}

/** Python's `<`. */
export function lessThan(left: unknown, right: unknown): boolean {
  return order('<', left, right)
}

/** Python's `<=`. */
export function lessEqual(left: unknown, right: unknown): boolean {
  return order('<=', left, right)
}

/** Python's `>`. */
export function greaterThan(left: unknown, right: unknown): boolean {
  return order('>', left, right)
}

/** Python's `>=`. */
export function greaterEqual(left: unknown, right: unknown): boolean {
  return order('>=', left, right)
}

/** Python's `[a] < [b]`: unlike `a < b` it is false, and no error, for equal values that have no order. */
export function lessAsItem(left: unknown, right: unknown): boolean {
  return !same(left, right) && lessThan(left, right)
}

/**
 * Sorts as Python does: stable, and by `<` alone.
 *
 * @param keys The key of each item, in the same order.
 * @param less What stands for `<`.
 * @returns The items in the order of their keys.
 */
export function sortByKeys<T>(
  items: readonly T[],
  keys: readonly unknown[],
  reverse = false,
  less = lessThan,
): T[] {
  const places = items.map((_, index) => index)
  const plain = plainOrder(keys)
  if (plain !== null) {
    const sign = reverse ? -1 : 1
    places.sort((first, second) => sign * plain(first, second))
  } else {
    places.sort((first, second) => {
      const [left, right] = reverse ? [keys[second], keys[first]] : [keys[first], keys[second]]
      if (less(left, right)) return -1
      return less(right, left) ? 1 : 0
    })
  }
  return places.map((place) => items[place] as T)
}

// Keys that are all numbers, or all texts without surrogates, are ordered by the language's own operators.
function plainOrder(keys: readonly unknown[]): ((first: number, second: number) => number) | null {
  if (keys.every((key) => typeof key === 'number' && !Number.isNaN(key))) {
    return (first, second) => (keys[first] as number) - (keys[second] as number) || 0
  }
  if (!keys.every((key) => typeof key === 'string' && !hasAstral(key))) return null
  return (first, second) => {
    const left = keys[first] as string
    const right = keys[second] as string
    return left === right ? 0 : left < right ? -1 : 1
  }
}
