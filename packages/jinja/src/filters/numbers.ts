import { fixedText } from '@flask-ts/markupsafe/formatting'
import { FilterArgumentError, OverflowError, ValueError } from '../errors.ts'
import { floatFromText, intFromText, toFloat, toIndex, toInt } from '../python/convert.ts'
import { hashKey } from '../python/hash.ts'
import { isNumber, isText, typeName } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { refuseUndefined } from '../python/protocol.ts'
import { isTrue } from '../python/truth.ts'

function isConversionError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ValueError
}

/** `abs`: without its sign. */
export function abs(value: unknown): number | bigint {
  if (typeof value === 'bigint') return value < 0n ? -value : value
  if (isNumber(value)) return Math.abs(Number(value))
  throw new TypeError(`bad operand type for abs(): '${typeName(value)}'`)
}

/** `int`: an integer, or the default if there is none in the value. */
export function intFilter(value: unknown, fallback: unknown = 0, base: unknown = 10): unknown {
  try {
    return isText(value) ? intFromText(print(value), toIndex(base)) : toInt(value)
  } catch (error) {
    if (!isConversionError(error)) throw error
  }
  try {
    return toInt(toFloat(value))
  } catch (error) {
    if (!isConversionError(error) && !(error instanceof OverflowError)) throw error
    return fallback
  }
}

/** `float`: a number, or the default if there is none in the value. */
export function floatFilter(value: unknown, fallback: unknown = 0): unknown {
  try {
    return isText(value) ? floatFromText(print(value)) : toFloat(value)
  } catch (error) {
    if (!isConversionError(error)) throw error
    return fallback
  }
}

// Beyond this the digits of a double end, and rounding changes nothing.
const MOST_DECIMALS = 323

function roundCommon(value: number, decimals: number): number {
  if (!Number.isFinite(value) || decimals > MOST_DECIMALS) return value
  if (decimals >= 0) return Number(fixedText(value, decimals))
  const unit = 10 ** -decimals
  if (!Number.isFinite(unit)) return 0
  const whole = Math.floor(value / unit)
  const rest = value - whole * unit
  const up = rest * 2 > unit || (rest * 2 === unit && whole % 2 !== 0)
  return (up ? whole + 1 : whole) * unit
}

/** `round`: to a number of decimals, ties to even, or always up or down. */
export function round(value: unknown, precision: unknown = 0, method: unknown = 'common'): number {
  const name = hashKey(method)
  if (typeof name !== 'string' || !['common', 'ceil', 'floor'].includes(name)) {
    throw new FilterArgumentError('method must be common, ceil or floor')
  }
  if (!isNumber(value)) {
    if (name !== 'common') refuseUndefined(value)
    throw new TypeError(`type ${typeName(value)} doesn't define __round__ method`)
  }
  const decimals = precision === null ? 0 : toIndex(precision)
  if (name === 'common') return roundCommon(Number(value), decimals) + 0
  const scale = 10 ** decimals
  const scaled = Number(value) * scale
  return (name === 'ceil' ? Math.ceil(scaled) : Math.floor(scaled)) / scale + 0
}

const UNITS = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

/** `filesizeformat`: a size for people, in powers of 1000, or of 1024 if `binary`. */
export function fileSizeFormat(value: unknown, binary: unknown = false): string {
  const bytes = toFloat(value)
  const isBinary = isTrue(binary)
  const base = isBinary ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${print(toInt(bytes))} Bytes`
  let unit = base
  let letter = ''
  for (const next of UNITS) {
    letter = next
    unit *= base
    if (bytes < unit) break
  }
  const prefix = isBinary ? `${letter.toUpperCase()}iB` : `${letter}B`
  return `${fixedText((base * bytes) / unit, 1)} ${prefix}`
}
