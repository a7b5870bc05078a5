import { Markup } from '@flask-ts/markupsafe'
import { strip } from '@flask-ts/markupsafe/strings'
import { OverflowError, ValueError } from '../errors.ts'
import { typeName } from './kinds.ts'
import { repr } from './print.ts'
import { refuseUndefined } from './protocol.ts'

const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xff10,
]

// Decimal digits of other scripts count as digits for Python.
function asciiDigits(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (point) => {
    const code = point.codePointAt(0) as number
    const zero = /\p{Nd}/u.test(point) ? ZEROS.find((first) => code >= first && code < first + 10) : undefined
    return zero === undefined ? point : String(code - zero)
  })
}

/**
 * Python's `int(text, base)`.
 *
 * @param base From 2 to 36, or 0 to read it from the prefix.
 * @throws ValueError if the text is no such integer.
 */
export function intFromText(text: string, base = 10): number | bigint {
  if (base !== 0 && (base < 2 || base > 36)) throw new ValueError('int() base must be >= 2 and <= 36, or 0')
  const match = /^([+-]?)(0[xX]_?(?=.)|0[oO]_?(?=.)|0[bB]_?(?=.))?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/.exec(
    asciiDigits(strip(text)),
  )
  if (match !== null) {
    const value = readDigits(match[2] ?? '', (match[3] ?? '').replaceAll('_', ''), base)
    if (value !== null) return match[1] === '-' ? -value : value
  }
  throw new ValueError(`invalid literal for int() with base ${base}: ${repr(text)}`)
}

function readDigits(prefix: string, digits: string, base: number): number | bigint | null {
  const announced = { x: 16, o: 8, b: 2 }[prefix.charAt(1).toLowerCase()]
  if (announced !== undefined && base !== announced && base !== 0) {
    // What looks like a prefix may be digits of the base itself, as in int('0b1', 16).
    return readDigits('', prefix.replace('_', '') + digits, base)
  }
  if (base === 0 && announced === undefined && /^0+[1-9a-z]/i.test(digits)) return null
  const radix = announced ?? (base === 0 ? 10 : base)
  for (const digit of digits) if (!(Number.parseInt(digit, 36) < radix)) return null
  const value = Number.parseInt(digits, radix)
  return Number.isSafeInteger(value) || radix !== 10 ? value : BigInt(digits)
}

/**
 * Python's `float(text)`.
 *
 * @throws ValueError if the text is no number.
 */
export function floatFromText(text: string): number {
  const plain = asciiDigits(strip(text)).toLowerCase()
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(plain)
  if (special !== null) {
    const size = special[2] === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY
    return special[1] === '-' ? -size : size
  }
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/.test(plain)) {
    throw new ValueError(`could not convert string to float: ${repr(text)}`)
  }
  return Number(plain.replaceAll('_', ''))
}

/**
 * Python's `int(value)`.
 *
 * @throws TypeError, ValueError or OverflowError if there is no such integer.
 */
export function toInt(value: unknown): number | bigint {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw new ValueError('cannot convert float NaN to integer')
    if (!Number.isFinite(value)) throw new OverflowError('cannot convert float infinity to integer')
    const whole = Math.trunc(value)
    return whole === 0 ? 0 : whole
  }
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'bigint') return value
  if (typeof value === 'string') return intFromText(value)
  if (value instanceof Markup) return intFromText(value.toString())
  refuseUndefined(value)
  throw new TypeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  )
}

/**
 * Python's `float(value)`.
 *
 * @throws TypeError or ValueError if there is no such number.
 */
export function toFloat(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return Number(value)
  if (typeof value === 'string') return floatFromText(value)
  if (value instanceof Markup) return floatFromText(value.toString())
  refuseUndefined(value)
  throw new TypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`)
}

/**
 * A value as an integer where Python wants an index.
 *
 * @throws TypeError if it is none.
 */
export function toIndex(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value)
  throw new TypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
}
