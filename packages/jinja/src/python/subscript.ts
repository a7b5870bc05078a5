import { Markup } from '@flask-ts/markupsafe'
import { codePoints, hasAstral } from '@flask-ts/markupsafe/strings'
import { ValueError } from '../errors.ts'
import { dictGet } from './dict.ts'
import { isDict, isInteger, typeName } from './kinds.ts'
import { MISSING, PY_GETITEM, type PythonValue } from './protocol.ts'
import { Range } from './range.ts'
import { Tuple, tupleFrom } from './tuple.ts'

/** The three parts of `[start:stop:step]`, each null if absent. */
export class Slice {
  readonly start: unknown
  readonly stop: unknown
  readonly step: unknown

  constructor(start: unknown, stop: unknown, step: unknown) {
    this.start = start
    this.stop = stop
    this.step = step
  }
}

/**
 * Python's `value[key]`.
 *
 * @returns The item, or {@link MISSING} if the key is not there, unfit, or the value takes no subscripts.
 */
export function subscript(value: unknown, key: unknown): unknown {
  if (key instanceof Slice) return sliceOf(value, key)
  if (typeof value === 'string') return isInteger(key) ? characterAt(value, Number(key)) : MISSING
  if (typeof value !== 'object' || value === null) return MISSING
  if (Array.isArray(value)) return isInteger(key) ? itemAt(value, Number(key)) : MISSING
  const own = (value as PythonValue)[PY_GETITEM]
  if (own !== undefined) return own.call(value, key)
  if (isDict(value)) return isHashable(key) ? dictGet(value, key) : MISSING
  if (!isInteger(key)) return MISSING
  const index = Number(key)
  if (value instanceof Markup) {
    const char = characterAt(value.toString(), index)
    return typeof char === 'string' ? new Markup(char) : MISSING
  }
  if (value instanceof Range) {
    const at = index < 0 ? index + value.length : index
    return at >= 0 && at < value.length ? value.at(at) : MISSING
  }
  return value instanceof Uint8Array ? (value.at(index) ?? MISSING) : MISSING
}

function isHashable(key: unknown): boolean {
  return (
    typeof key !== 'object' || key === null || key instanceof Tuple || !(Array.isArray(key) || isDict(key))
  )
}

function itemAt(list: readonly unknown[], index: number): unknown {
  const at = index < 0 ? index + list.length : index
  return at >= 0 && at < list.length ? list[at] : MISSING
}

function characterAt(text: string, index: number): string | typeof MISSING {
  const points = hasAstral(text) ? codePoints(text) : text
  const at = index < 0 ? index + points.length : index
  return at >= 0 && at < points.length ? (points[at] as string) : MISSING
}

/** The first and last position and the step of a slice over a sequence of a given length. */
interface Positions {
  readonly start: number
  readonly stop: number
  readonly step: number
}

function sliceIndex(value: unknown): number | null {
  if (value === null || value === undefined) return null
  if (isInteger(value)) return Number(value)
  throw new TypeError('slice indices must be integers or None or have an __index__ method')
}

function positions(slice: Slice, length: number): Positions {
  const step = sliceIndex(slice.step) ?? 1
  if (step === 0) throw new ValueError('slice step cannot be zero')
  const low = step < 0 ? -1 : 0
  const high = step < 0 ? length - 1 : length
  const place = (given: number | null, absent: number): number => {
    if (given === null) return absent
    return given < 0 ? Math.max(given + length, low) : Math.min(given, high)
  }
  const start = place(sliceIndex(slice.start), step < 0 ? high : low)
  const stop = place(sliceIndex(slice.stop), step < 0 ? low : high)
  return { start, stop, step }
}

function pick<T>(items: ArrayLike<T>, slice: Slice): T[] {
  const { start, stop, step } = positions(slice, items.length)
  const out: T[] = []
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) out.push(items[at] as T)
  return out
}

function sliceText(text: string, slice: Slice): string {
  if (hasAstral(text)) return pick(codePoints(text), slice).join('')
  const { start, stop, step } = positions(slice, text.length)
  if (step === 1) return start < stop ? text.slice(start, stop) : ''
  return pick(text.split(''), slice).join('')
}

function sliceOf(value: unknown, slice: Slice): unknown {
  if (typeof value === 'string') return sliceText(value, slice)
  if (value instanceof Markup) return new Markup(sliceText(value.toString(), slice))
  if (value instanceof Tuple) return tupleFrom(pick(value, slice))
  if (Array.isArray(value)) return pick(value, slice)
  if (value instanceof Range) {
    const { start, stop, step } = positions(slice, value.length)
    return new Range(value.start + start * value.step, value.start + stop * value.step, step * value.step)
  }
  const own = (value as PythonValue | null | undefined)?.[PY_GETITEM]
  return own === undefined ? MISSING : own.call(value, slice)
}

/**
 * Python's `value[start:stop:step]` for callers that want an error.
 *
 * @throws TypeError if the value cannot be sliced.
 */
export function sliceValue(value: unknown, start: unknown, stop: unknown, step: unknown = null): unknown {
  const found = sliceOf(value, new Slice(start, stop, step))
  if (found === MISSING) throw new TypeError(`'${typeName(value)}' object is not subscriptable`)
  return found
}
