import { KeyError } from '../errors.ts'
import { iterate } from './iterate.ts'
import { type MethodEntry, methodTable } from './method-table.ts'
import { repr } from './print.ts'
import { tuple } from './tuple.ts'

type Items = Set<unknown>

function setOf(...sources: unknown[]): Items {
  const out: Items = new Set()
  for (const source of sources) for (const item of iterate(source)) out.add(item)
  return out
}

function discard(set: Items, item: unknown): null {
  set.delete(item)
  return null
}

function removeItem(set: Items, item: unknown): null {
  if (!set.delete(item)) throw new KeyError(repr(item))
  return null
}

function popItem(set: Items): unknown {
  for (const item of set) {
    set.delete(item)
    return item
  }
  throw new KeyError("'pop from an empty set'")
}

function addItem(set: Items, item: unknown): null {
  set.add(item)
  return null
}

function clear(set: Items): null {
  set.clear()
  return null
}

/** The methods of Python's `set`. */
export const SET_METHODS = methodTable([
  ['add(elem, /)', addItem],
  ['clear()', clear],
  ['copy()', (set: Items) => new Set(set)],
  ['difference(*others)', (set: Items, others: unknown[]) => set.difference(setOf(...others))],
  ['discard(elem, /)', discard],
  [
    'intersection(*others)',
    (set: Items, others: unknown[]) =>
      others.reduce<Items>((left, right) => left.intersection(setOf(right)), new Set(set)),
  ],
  ['isdisjoint(other, /)', (set: Items, other: unknown) => set.isDisjointFrom(setOf(other))],
  ['issubset(other, /)', (set: Items, other: unknown) => set.isSubsetOf(setOf(other))],
  ['issuperset(other, /)', (set: Items, other: unknown) => set.isSupersetOf(setOf(other))],
  ['pop()', popItem],
  ['remove(elem, /)', removeItem],
  ['symmetric_difference(other, /)', (set: Items, other: unknown) => set.symmetricDifference(setOf(other))],
  ['union(*others)', (set: Items, others: unknown[]) => setOf(set, ...others)],
  ['update(*others)', (set: Items, others: unknown[]) => update(set, others)],
])

function update(set: Items, others: unknown[]): null {
  for (const item of setOf(...others)) set.add(item)
  return null
}

function ratio(value: number): unknown {
  let denominator = 1
  let numerator = Number(value)
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    denominator *= 2
  }
  return tuple(numerator, denominator)
}

function bits(value: number): string {
  return BigInt(Math.abs(Number(value))).toString(2)
}

const BOTH: readonly MethodEntry[] = [
  ['as_integer_ratio()', ratio],
  ['conjugate()', (value: number) => Number(value)],
  ['is_integer()', (value: number) => Number.isInteger(Number(value))],
]

/** The methods of Python's `int`. */
export const INT_METHODS = methodTable([
  ...BOTH,
  ['bit_count()', (value: number) => bits(value).replaceAll('0', '').length],
  ['bit_length()', (value: number) => (Number(value) === 0 ? 0 : bits(value).length)],
])

/** The methods of Python's `float`. */
export const FLOAT_METHODS = methodTable(BOTH)

/** The methods of Python's `bytes` that templates use. */
export const BYTES_METHODS = methodTable([
  [
    'decode(encoding?, errors?)',
    (bytes: Uint8Array, encoding: string = 'utf-8') =>
      new TextDecoder(encoding, { fatal: true }).decode(bytes),
  ],
  ['hex()', (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')],
])
