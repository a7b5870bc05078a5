import { splitlines, textLength } from '@flask-ts/markupsafe/strings'
import { lessThan, sortByKeys } from '../python/compare.ts'
import { type Dict, dictEntries } from '../python/dict.ts'
import { isDict, typeName } from '../python/kinds.ts'
import { quote, repr } from '../python/print.ts'
import { Tuple } from '../python/tuple.ts'

const WIDTH = 80

/** Where a value stands on its line. */
interface Place {
  readonly indent: number
  /** Room to leave behind the value. */
  readonly allowance: number
  readonly level: number
  readonly outer: readonly object[]
}

function isOrdered(left: unknown, right: unknown): boolean {
  try {
    return lessThan(left, right)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return typeName(left) < typeName(right)
  }
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  const keys = items.map(keyOf)
  try {
    return sortByKeys(items, keys)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  // Keys of several types: by their order where there is one, else by the names of their types.
  return items
    .map((item, index) => ({ item, key: keys[index] }))
    .sort((left, right) => (isOrdered(left.key, right.key) ? -1 : isOrdered(right.key, left.key) ? 1 : 0))
    .map(({ item }) => item)
}

function sortedEntries(dict: Dict): [unknown, unknown][] {
  return sorted(dictEntries(dict), ([key]) => key)
}

// A subclass of tuple, such as a group, is shown by its own repr.
function isSequence(value: object): value is unknown[] {
  return Array.isArray(value) && (!(value instanceof Tuple) || value.constructor === Tuple)
}

// The repr with the keys of dicts in order.
function flat(value: unknown, outer: readonly object[]): string {
  if (typeof value !== 'object' || value === null) return repr(value)
  const isList = isSequence(value)
  if (!isList && !isDict(value)) return repr(value)
  if (outer.includes(value)) return `<Recursion on ${typeName(value)} with id=0>`
  const inner = [...outer, value]
  if (!isList) {
    const parts = sortedEntries(value as Dict).map(
      ([key, item]) => `${flat(key, inner)}: ${flat(item, inner)}`,
    )
    return `{${parts.join(', ')}}`
  }
  const parts = value.map((item) => flat(item, inner)).join(', ')
  if (!(value instanceof Tuple)) return `[${parts}]`
  return value.length === 1 ? `(${parts},)` : `(${parts})`
}

function format(value: unknown, place: Place): string {
  const line = flat(value, place.outer)
  if (textLength(line) <= WIDTH - place.indent - place.allowance) return line
  if (typeof value === 'string') return formatText(value, { ...place, level: place.level + 1 })
  if (typeof value !== 'object' || value === null || place.outer.includes(value)) return line
  const inner: Place = { ...place, level: place.level + 1, outer: [...place.outer, value] }
  if (Array.isArray(value) && !isSequence(value)) return line
  if (value instanceof Tuple) {
    const close = value.length === 1 ? ',)' : ')'
    return `(${formatItems(value, inner, close.length)}${close}`
  }
  if (Array.isArray(value)) return `[${formatItems(value, inner, 1)}]`
  if (isDict(value)) return `{${formatEntries(value, inner)}}`
  if (value instanceof Set)
    return `{${formatItems(
      sorted([...value], (item) => item),
      inner,
      1,
    )}}`
  return line
}

function formatItems(items: readonly unknown[], place: Place, closing: number): string {
  const indent = place.indent + 1
  return items
    .map((item, index) => {
      const allowance = index === items.length - 1 ? place.allowance + closing : 1
      return format(item, { ...place, indent, allowance })
    })
    .join(`,\n${' '.repeat(indent)}`)
}

function formatEntries(dict: Dict, place: Place): string {
  const indent = place.indent + 1
  const entries = sortedEntries(dict)
  return entries
    .map(([key, value], index) => {
      const head = `${flat(key, place.outer)}: `
      const allowance = index === entries.length - 1 ? place.allowance + 1 : 1
      return head + format(value, { ...place, indent: indent + textLength(head), allowance })
    })
    .join(`,\n${' '.repeat(indent)}`)
}

function formatText(text: string, place: Place): string {
  if (text === '') return quote(text)
  const isTop = place.level === 1
  const indent = place.indent + (isTop ? 1 : 0)
  const allowance = place.allowance + (isTop ? 1 : 0)
  const chunks = textChunks(text, WIDTH - indent, allowance)
  if (chunks.length === 1) return chunks[0] as string
  const joined = chunks.join(`\n${' '.repeat(indent)}`)
  return isTop ? `(${joined})` : joined
}

function textChunks(text: string, width: number, allowance: number): string[] {
  const chunks: string[] = []
  const lines = splitlines(text, true)
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1
    const whole = quote(line)
    if (textLength(whole) <= width - (isLast ? allowance : 0)) chunks.push(whole)
    else chunks.push(...lineChunks(line, width, isLast ? allowance : 0))
  }
  return chunks
}

function lineChunks(line: string, width: number, allowance: number): string[] {
  const chunks: string[] = []
  const parts = (line.match(/\S*\s*/gu) ?? []).slice(0, -1)
  let current = ''
  for (const [index, part] of parts.entries()) {
    const candidate = current + part
    const room = width - (index === parts.length - 1 ? allowance : 0)
    if (textLength(quote(candidate)) > room) {
      if (current !== '') chunks.push(quote(current))
      current = part
    } else {
      current = candidate
    }
  }
  if (current !== '') chunks.push(quote(current))
  return chunks
}

/** `pprint`: a value as Python's `pprint` shows it, in lines of at most 80 characters. */
export function pprint(value: unknown): string {
  return format(value, { indent: 0, allowance: 0, level: 0, outer: [] })
}
