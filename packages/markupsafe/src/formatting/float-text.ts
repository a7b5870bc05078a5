import { exactDecimal, roundDigits } from './exact-decimal.ts'

/**
 * A number with a fixed number of decimals, rounded from its exact binary value, ties to even.
 *
 * @param value A finite number.
 * @param decimals How many digits stand after the point, from 0.
 */
export function fixedText(value: number, decimals: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  // Only a tie rounds differently from the language's own method; twice the scaled value is then an odd integer.
  const twice = size * 10 ** decimals * 2
  if (decimals <= 20 && twice <= Number.MAX_SAFE_INTEGER && twice % 2 !== 1)
    return sign + size.toFixed(decimals)
  const exact = exactDecimal(size)
  const rounded = roundDigits(exact, exact.point + decimals)
  const digits = rounded.digits.padStart(Math.max(rounded.point, 0) + decimals, '0')
  const whole = digits.slice(0, digits.length - decimals) || '0'
  const fraction = digits.slice(digits.length - decimals)
  return sign + (decimals > 0 ? `${whole}.${fraction}` : whole)
}

function exponentText(exponent: number): string {
  const size = Math.abs(exponent)
  return `e${exponent < 0 ? '-' : '+'}${size < 10 ? `0${size}` : size}`
}

/**
 * A number in scientific notation as Python writes it (`1.50e-07`).
 *
 * @param value A finite number.
 * @param decimals How many digits stand after the point, from 0.
 */
export function scientificText(value: number, decimals: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const rounded = roundDigits(exactDecimal(Math.abs(value)), decimals + 1)
  const digits = rounded.digits.slice(0, decimals + 1)
  const head = decimals > 0 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits.charAt(0)
  return sign + head + exponentText(rounded.point - 1)
}

/**
 * A number with at most `precision` significant digits, fixed or scientific, whichever is shorter.
 *
 * @param alternate Whether trailing zeros stay.
 */
export function generalText(value: number, precision: number, alternate = false): string {
  const count = precision === 0 ? 1 : precision
  const exponent = value === 0 ? 0 : roundDigits(exactDecimal(Math.abs(value)), count).point - 1
  if (exponent < -4 || exponent >= count) {
    const text = scientificText(value, count - 1)
    return alternate ? text : text.replace(/\.?0*e/, (match) => (text.includes('.') ? 'e' : match))
  }
  const text = fixedText(value, count - 1 - exponent)
  return alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, '')
}

/** A number in the shortest form that reads back as the same number, as Python's `repr` writes it. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return Object.is(value, -0) ? '0' : String(value)
  if (Number.isNaN(value)) return 'nan'
  if (value === Number.POSITIVE_INFINITY) return 'inf'
  if (value === Number.NEGATIVE_INFINITY) return '-inf'
  // A number with a fraction is below 2 ** 53, where neither language writes an exponent.
  if (value >= 0.0001 || value <= -0.0001) return String(value)
  const [head = '', exponent = '0'] = value.toExponential().split('e')
  return head + exponentText(Number(exponent))
}
