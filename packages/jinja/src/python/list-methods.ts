import { IndexError, ValueError } from '../errors.ts'
import { type Callable, callFunction } from './call.ts'
import { equal, sortByKeys } from './compare.ts'
import { iterate } from './iterate.ts'
import { methodTable } from './method-table.ts'
import { repr } from './print.ts'
import type { Range } from './range.ts'
import { indexArgument } from './text-arguments.ts'
import { isTrue } from './truth.ts'

function same(left: unknown, right: unknown): boolean {
  return left === right || equal(left, right)
}

function position(list: unknown[], value: unknown, start?: unknown, stop?: unknown): number {
  const place = (given: unknown, absent: number): number => {
    const at = indexArgument(given, absent)
    return at < 0 ? Math.max(0, at + list.length) : at
  }
  const end = Math.min(place(stop, list.length), list.length)
  for (let at = place(start, 0); at < end; at++) if (same(list[at], value)) return at
  throw new ValueError(`${repr(value)} is not in list`)
}

function pop(list: unknown[], index?: unknown): unknown {
  if (list.length === 0) throw new IndexError('pop from empty list')
  const given = indexArgument(index, -1)
  const at = given < 0 ? given + list.length : given
  if (at < 0 || at >= list.length) throw new IndexError('pop index out of range')
  return list.splice(at, 1)[0]
}

function replaceAll(list: unknown[], items: readonly unknown[]): null {
  list.length = 0
  for (const item of items) list.push(item)
  return null
}

function sort(list: unknown[], key: unknown, reverse: unknown): null {
  const fn = key === undefined || key === null ? null : (key as Callable)
  const keys = fn === null ? [...list] : list.map((item) => callFunction(fn, undefined, [item]))
  return replaceAll(list, sortByKeys([...list], keys, isTrue(reverse)))
}

function count(list: unknown[], value: unknown): number {
  return list.reduce<number>((sum, item) => (same(item, value) ? sum + 1 : sum), 0)
}

function append(list: unknown[], item: unknown): null {
  list.push(item)
  return null
}

function reverse(list: unknown[]): null {
  list.reverse()
  return null
}

/** The methods of Python's `list`. */
export const LIST_METHODS = methodTable([
  ['append(object, /)', append],
  ['clear()', (list: unknown[]) => replaceAll(list, [])],
  ['copy()', (list: unknown[]) => [...list]],
  ['count(value, /)', count],
  ['extend(iterable, /)', extend],
  ['index(value, start?, stop?, /)', position],
  ['insert(index, object, /)', (list: unknown[], index: unknown, item: unknown) => insert(list, index, item)],
  ['pop(index?, /)', pop],
  ['remove(value, /)', remove],
  ['reverse()', reverse],
  ['sort(*, key?, reverse?)', sort],
])

// Not one `push` of all: an argument list has its limits. And the items first: a list may extend itself.
function extend(list: unknown[], items: unknown): null {
  for (const item of [...iterate(items)]) list.push(item)
  return null
}

function insert(list: unknown[], index: unknown, item: unknown): null {
  list.splice(indexArgument(index, 0), 0, item)
  return null
}

function remove(list: unknown[], value: unknown): null {
  const at = list.findIndex((item) => same(item, value))
  if (at < 0) throw new ValueError('list.remove(x): x not in list')
  list.splice(at, 1)
  return null
}

/** The methods of Python's `range`. */
export const RANGE_METHODS = methodTable([
  ['count(value, /)', (range: Range, value: unknown) => (range.includes(value) ? 1 : 0)],
  ['index(value, /)', positionInRange],
])

function positionInRange(range: Range, value: unknown): number {
  if (!range.includes(value)) throw new ValueError(`${repr(value)} is not in range`)
  return (Number(value) - range.start) / range.step
}

/** The methods of Python's `tuple`. */
export const TUPLE_METHODS = methodTable([
  ['count(value, /)', count],
  ['index(value, start?, stop?, /)', position],
])
