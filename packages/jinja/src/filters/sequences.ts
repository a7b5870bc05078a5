import { Markup } from '@flask-ts/markupsafe'
import { FilterArgumentError, ZeroDivisionError } from '../errors.ts'
import { toIndex } from '../python/convert.ts'
import { DictView } from '../python/dict.ts'
import { htmlText } from '../python/format-host.ts'
import { asArray, iterate, lengthOf, toList, tryIterate } from '../python/iterate.ts'
import { isDict, isInteger, isText, typeName } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { MISSING } from '../python/protocol.ts'
import { Range } from '../python/range.ts'
import { Slice, subscript } from '../python/subscript.ts'
import { isUndefined } from '../undefined/undefined.ts'
import { attributeGetter } from './attribute-getter.ts'
import type { FilterContext, FilterEnvironment, FilterEvalContext } from './host.ts'
import { isAsyncItems, LazySequence, withItems } from './lazy-sequence.ts'

/** `length`: the number of items. */
export function length(value: unknown): unknown {
  return lengthOf(value)
}

/** `list`: a new list of the items. */
export function list(value: unknown): unknown {
  return withItems(value, toList)
}

/** `first`: the first item, or an undefined value. */
export function first(environment: FilterEnvironment, value: unknown): unknown {
  const none = (): unknown => new environment.undefined('No first item, sequence was empty.')
  if (isAsyncItems(value)) {
    return value[Symbol.asyncIterator]()
      .next()
      .then((step) => (step.done ? none() : step.value))
  }
  const step = iterate(value)[Symbol.iterator]().next()
  return step.done ? none() : step.value
}

/** The items of a value from its end, or null if Python could not reverse it. */
function reversed(value: unknown): unknown[] | null {
  if (isUndefined(value)) {
    lengthOf(value)
    return []
  }
  if (Array.isArray(value) || isDict(value) || value instanceof Range || value instanceof DictView) {
    return toList(value).reverse()
  }
  // Going backwards Python asks for one position after the other, and those of markup are markup.
  if (value instanceof Markup)
    return toList(value)
      .reverse()
      .map((char) => new Markup(char))
  return typeof value === 'string' || value instanceof Uint8Array ? toList(value).reverse() : null
}

/** `last`: the last item, or an undefined value. */
export function last(environment: FilterEnvironment, value: unknown): unknown {
  const items = reversed(value)
  if (items === null) throw new TypeError(`'${typeName(value)}' object is not reversible`)
  return items.length === 0 ? new environment.undefined('No last item, sequence was empty.') : items[0]
}

/** `reverse`: the items, or the characters of a text, from the end. */
export function reverse(value: unknown): unknown {
  if (isText(value)) return subscript(value, new Slice(null, null, -1))
  const items = reversed(value)
  if (items !== null) return new LazySequence(() => items[Symbol.iterator]())
  if (!isAsyncItems(value) && tryIterate(value) === null) {
    throw new FilterArgumentError('argument must be iterable')
  }
  // As in Jinja, whatever type was wrong inside a generator.
  const refuse = (error: unknown): never => {
    throw error instanceof TypeError ? new FilterArgumentError('argument must be iterable') : error
  }
  try {
    const found = withItems(value, (ready) => toList(ready).reverse())
    return found instanceof Promise ? found.catch(refuse) : found
  } catch (error) {
    return refuse(error)
  }
}

/** `random`: any item, or an undefined value. */
export function random(context: FilterContext, value: unknown): unknown {
  const size = lengthOf(value)
  if (size === 0) return new context.environment.undefined('No random item, sequence was empty.')
  const item = subscript(value, Math.floor(Math.random() * size))
  if (item === MISSING) throw new TypeError(`'${typeName(value)}' object is not a sequence`)
  return item
}

/** `join`: the items as text with a separator between them; escapes where markup is involved. */
export function join(
  context: FilterEvalContext,
  value: unknown,
  separator: unknown = '',
  attribute: unknown = null,
): unknown {
  return withItems(value, (found) => {
    const items = asArray(found)
    if (attribute === null) return joinItems(context.autoescape, items, separator)
    return joinItems(
      context.autoescape,
      items.map(attributeGetter(context.environment, attribute)),
      separator,
    )
  })
}

function isSafe(value: unknown): boolean {
  return typeof (value as { __html__?: unknown } | null | undefined)?.__html__ === 'function'
}

function joinItems(autoescape: boolean, items: readonly unknown[], separator: unknown): unknown {
  if (!autoescape) return items.map(print).join(print(separator))
  if (isSafe(separator) || items.some(isSafe)) {
    return new Markup(items.map(htmlText).join(htmlText(separator)))
  }
  return items.map(print).join(print(separator))
}

function fillsWith(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** `slice`: the items in a number of columns. */
export function sliceFilter(
  environment: FilterEnvironment,
  value: unknown,
  slices: unknown,
  fillWith?: unknown,
): unknown {
  if (isInteger(slices)) environment.checkSize?.(Number(slices))
  return withItems(value, (found) => new LazySequence(() => columns(found, slices, fillWith)))
}

function* columns(value: unknown, slices: unknown, fillWith: unknown): Generator<unknown[]> {
  const items = toList(value)
  const count = toIndex(slices)
  if (count === 0) throw new ZeroDivisionError('integer division or modulo by zero')
  const size = Math.floor(items.length / count)
  const extra = items.length - size * count
  let from = 0
  for (let number = 0; number < count; number++) {
    const to = from + size + (number < extra ? 1 : 0)
    const column = items.slice(from, to)
    if (fillsWith(fillWith) && number >= extra) column.push(fillWith)
    yield column
    from = to
  }
}

/** `batch`: the items in rows of a size. */
export function batch(
  environment: FilterEnvironment,
  value: unknown,
  size: unknown,
  fillWith?: unknown,
): unknown {
  return withItems(value, (found) => new LazySequence(() => rows(environment, found, size, fillWith)))
}

function* rows(
  environment: FilterEnvironment,
  value: unknown,
  size: unknown,
  fillWith: unknown,
): Generator<unknown[]> {
  let row: unknown[] = []
  for (const item of iterate(value)) {
    if (row.length === size) {
      yield row
      row = []
    }
    row.push(item)
  }
  if (row.length === 0) return
  if (fillsWith(fillWith)) {
    const full = toIndex(size)
    environment.checkSize?.(full)
    while (row.length < full) row.push(fillWith)
  }
  yield row
}
