/** Decimal digits as Python's `int` and `\d` know them: those of every script. */
const UNICODE_INT = /^\s*([+-]?)(\p{Nd}+(?:_\p{Nd}+)*)\s*$/u
const FLOAT = /^\s*[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?\s*$/
const NON_FINITE = /^\s*([+-]?)(inf|infinity|nan)\s*$/i
const FOREIGN_DIGIT = /[^\p{ASCII}]/u
/** Where a script's ten digits do not begin at a multiple of ten, so that the distance to the script's zero is counted. */
const DIGIT = /^\p{Nd}$/u

function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--
  // Mathematical digits stand in five runs without a gap between them.
  if (point >= 0x1d7ce && point <= 0x1d7ff) return (point - 0x1d7ce) % 10
  return point - zero
}

/**
 * Replaces the decimal digits of other scripts by `0` to `9`.
 *
 * @param text - Any text; one in ASCII comes back as it is.
 */
export function asciiDigits(text: string): string {
  return FOREIGN_DIGIT.test(text) ? text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit))) : text
}

/** A whole number without an exponent, however large. */
function integerText(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString()
}

/** The error for a value that Python's `int()` or `float()` refuses. */
export class NumberConversionError extends TypeError {
  override name = 'NumberConversionError'
  constructor(value: unknown, kind: string) {
    super(`${pythonRepr(value)} can't be turned into ${kind}: pass a number, or text that is one`)
  }
}

/**
 * The digits of `int(value)` as Python computes it: numbers are truncated, text must be a whole number.
 *
 * @throws NumberConversionError for everything else.
 */
export function pythonIntText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number' && Number.isFinite(value)) return integerText(Math.trunc(value) + 0)
  if (typeof value === 'string') {
    const match = UNICODE_INT.exec(value)
    if (match !== null) {
      const number = BigInt(asciiDigits(match[2] as string).replaceAll('_', ''))
      return (match[1] === '-' ? -number : number).toString()
    }
  }
  throw new NumberConversionError(value, 'an integer')
}

/**
 * `float(value)` as Python computes it.
 *
 * @throws NumberConversionError if the value is neither a number nor text of one.
 */
export function pythonFloat(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  if (typeof value === 'string') {
    const text = asciiDigits(value)
    if (FLOAT.test(text)) return Number(text.replaceAll('_', ''))
    const special = NON_FINITE.exec(text)
    if (special !== null) {
      if (special[2]?.toLowerCase() === 'nan') return Number.NaN
      return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    }
  }
  throw new NumberConversionError(value, 'a number')
}

/** Six decimals of a number that lies exactly between two of them: Python takes the even one. */
function tieText(value: number): string {
  const doubled = BigInt(Math.abs(value) * 128) * 15625n
  const low = (doubled - 1n) / 2n
  const digits = (low % 2n === 0n ? low : low + 1n).toString().padStart(7, '0')
  return `${value < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** A number with six decimals and never an exponent, as Python's `f` format writes it. */
export function fixedText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.000000`
  if (Number.isInteger(value * 128) && (value * 128) % 2 !== 0) return tieText(value)
  return Object.is(value, -0) ? '-0.000000' : value.toFixed(6)
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

/**
 * A value as Python's `repr()` prints it.
 *
 * @param value - Text, numbers, booleans, null, lists and plain objects; others by their own `toString`.
 */
export function pythonRepr(value: unknown): string {
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const items = Object.entries(value).map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`)
    return `{${items.join(', ')}}`
  }
  return pythonStr(value)
}

/** A value as Python's `str()` prints it: `True`, `None`, `[1, 'a']`. */
export function pythonStr(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === null || value === undefined) return 'None'
  if (typeof value !== 'object') return String(value)
  const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
  return plain ? pythonRepr(value) : String(value)
}
