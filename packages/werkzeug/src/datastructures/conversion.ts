import { strip } from '../http/strip.ts'

/** Turns a stored value into another; it throws, or gives `NaN`, where it cannot. */
export type Converter<V, T> = (value: V) => T

/** Options of `get`: what to turn the value into, and what stands in for a missing or unfit one. */
export interface GetOptions<V, T, D> {
  readonly type: Converter<V, T>
  readonly default?: D
}

/** A default that stands alone, as the second argument of Python's `get`. */
export type PlainDefault = string | number | boolean | null

/** What `get` may be given besides the key, whatever its types. */
export interface AnyGetOptions<V> {
  readonly type?: Converter<V, unknown>
  readonly default?: unknown
}

/**
 * The options of `get`, where a default may also stand alone.
 *
 * @param given - What `get` was given.
 */
export function getOptions<V>(given: AnyGetOptions<V> | PlainDefault): AnyGetOptions<V> {
  return typeof given === 'object' && given !== null ? given : { default: given }
}

/**
 * What `get` returns for a value that is there.
 *
 * @param value - What is stored.
 * @param options - Its converter and its default.
 */
export function converted<V>(value: V, options: AnyGetOptions<V>): unknown {
  if (options.type === undefined) return value
  const result = convert(value, options.type)
  return result === undefined ? options.default : result.value
}

/** The text cannot be read as the number that was asked for. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError'

  constructor(wanted: string, text: string) {
    super(`${JSON.stringify(text)} is not ${wanted}: pass a default, or check the value before converting it`)
  }
}

const usualInteger = /^[0-9]{1,15}$/
const integer = /^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u
const decimalDigit = /\p{Nd}/u
const otherDigits = /[^\x00-\x7f]/gu

/** The value of a decimal digit of any script: such digits stand in runs of ten, zero first. */
function asciiDigit(char: string): string {
  let start = char.codePointAt(0)!
  const code = start
  while (decimalDigit.test(String.fromCodePoint(start - 1))) start--
  return String((code - start) % 10)
}

function toAscii(text: string): string {
  return text.replace(otherDigits, asciiDigit).replaceAll('_', '')
}

/**
 * Reads a whole number with the grammar of Python's `int()`: white space around it, a sign, decimal digits of any
 * script, single underscores between digits.
 *
 * @param value - Text; a number loses its fraction.
 * @returns The number; beyond 2**53 the nearest that a double can hold.
 * @throws ConversionError if it is none.
 */
export function int(value: string | number): number {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Math.trunc(value)
    throw new ConversionError('a whole number', String(value))
  }
  if (usualInteger.test(value)) return Number(value)
  const text = strip(value)
  if (!integer.test(text)) throw new ConversionError('a whole number', value)
  return Number(toAscii(text)) + 0
}

const float64 =
  /^[+-]?(?:\p{Nd}+(?:_\p{Nd}+)*(?:\.(?:\p{Nd}+(?:_\p{Nd}+)*)?)?|\.\p{Nd}+(?:_\p{Nd}+)*)(?:e[+-]?\p{Nd}+(?:_\p{Nd}+)*)?$/iu
const infinity = /^([+-]?)inf(?:inity)?$/i
const notANumber = /^[+-]?nan$/i

/**
 * Reads a number with the grammar of Python's `float()`: also `1e3`, `.5`, `1_000.0`, `inf` and `nan`.
 *
 * @param value - Text or a number.
 * @throws ConversionError if it is none.
 */
export function float(value: string | number): number {
  if (typeof value === 'number') return value
  const text = strip(value)
  if (float64.test(text)) return Number(toAscii(text))
  const infinite = infinity.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  if (notANumber.test(text)) return Number.NaN
  throw new ConversionError('a number', value)
}

/**
 * Converts a value and tells whether it worked.
 *
 * @param value - What is stored.
 * @param type - Where it throws or gives `NaN`, the value does not fit.
 * @returns The converted value in a holder, or `undefined` where it does not fit.
 */
export function convert<V, T>(value: V, type: Converter<V, T>): { readonly value: T } | undefined {
  try {
    const converted = type(value)
    return Number.isNaN(converted) ? undefined : { value: converted }
  } catch {
    // A converter says "no" by throwing: the caller then uses its default, as in Werkzeug.
    return undefined
  }
}
