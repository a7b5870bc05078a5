import { codePoints, textLength } from '../strings/code-points.ts'
import { ljust, rjust } from '../strings/pad.ts'
import { asciiText } from './brace-format.ts'
import { fixedText, generalText, scientificText } from './float-text.ts'
import type { FormatHost } from './format-host.ts'

const DIRECTIVE = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?(.)?/gsu

/** Hands out the values of one `%` operation in order. */
class Values {
  readonly #host: FormatHost
  readonly #source: unknown
  readonly #items: readonly unknown[]
  #used = 0

  constructor(source: unknown, host: FormatHost) {
    this.#host = host
    this.#source = source
    this.#items = host.asTuple(source) ?? [source]
  }

  next(): unknown {
    if (this.#used >= this.#items.length) {
      throw this.#host.fail('TypeError', 'not enough arguments for format string')
    }
    return this.#items[this.#used++]
  }

  named(key: string): unknown {
    if (!this.#host.isMapping(this.#source)) throw this.#host.fail('TypeError', 'format requires a mapping')
    return this.#host.getItem(this.#source, key)
  }

  finish(): void {
    if (this.#used >= this.#items.length || this.#host.isMapping(this.#source)) return
    throw this.#host.fail('TypeError', 'not all arguments converted during string formatting')
  }
}

/** What one directive asks for. */
interface Directive {
  readonly flags: string
  readonly width: number
  readonly precision: number | null
  readonly type: string
}

/**
 * Applies the `%` operator of strings.
 *
 * @param text The format string.
 * @param source A tuple of values, a mapping for `%(name)s`, or a single value.
 * @throws The host's errors for a malformed string, or too many, too few or unfit values.
 */
export function percentFormat(text: string, source: unknown, host: FormatHost): string {
  const values = new Values(source, host)
  const out = text.replace(DIRECTIVE, (match, key, flags, width, precision, type, at) => {
    if (type === undefined) throw host.fail('ValueError', 'incomplete format')
    const value = typeof key === 'string' ? values.named(key) : undefined
    const directive = readDirective(match, flags, width, precision, type, values, host)
    if (type === '%') return '%'
    if (!'diouxXeEfFgGcrsa'.includes(type)) {
      const code = (type as string).codePointAt(0)?.toString(16)
      const index = at + match.length - type.length
      throw host.fail('ValueError', `unsupported format character '${type}' (0x${code}) at index ${index}`)
    }
    return convert(typeof key === 'string' ? value : values.next(), directive, host)
  })
  values.finish()
  return out
}

function readDirective(
  match: string,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  type: string,
  values: Values,
  host: FormatHost,
): Directive {
  let left = flags
  let size = 0
  if (width === '*') {
    size = starValue(values, host)
    if (size < 0) left += '-'
    size = Math.abs(size)
  } else if (width !== undefined) {
    size = Number(width)
  }
  let digits: number | null = null
  if (precision === '*') digits = Math.max(0, starValue(values, host))
  else if (precision !== undefined) digits = Number(precision)
  else if (/\.[hlL]?.$/su.test(match) && type !== '.') digits = 0
  host.checkWidth?.(size)
  if (digits !== null) host.checkWidth?.(digits)
  return { flags: left, width: size, precision: digits, type }
}

function starValue(values: Values, host: FormatHost): number {
  const value = values.next()
  if (typeof value !== 'number' || !Number.isInteger(value)) throw host.fail('TypeError', '* wants int')
  return value
}

function convert(value: unknown, directive: Directive, host: FormatHost): string {
  const { type, flags, precision } = directive
  if (type === 's' || type === 'r' || type === 'a') {
    const text = type === 's' ? host.print(value) : host.repr(value)
    const cut = type === 'a' ? asciiText(text) : text
    return padText(precision === null ? cut : codePoints(cut).slice(0, precision).join(''), directive)
  }
  if (type === 'c') return padText(characterOf(value, host), directive)
  const number = numberOf(value, type, host)
  const size = Math.abs(number)
  const negative = number < 0 || (Object.is(number, -0) && 'eEfFgG'.includes(type))
  const digits = numberText(size, directive)
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const prefix = sign + (flags.includes('#') && 'oxX'.includes(type) ? `0${type}` : '')
  if (flags.includes('0') && !flags.includes('-')) {
    return prefix + rjust(digits, directive.width - prefix.length, '0')
  }
  return padText(prefix + digits, directive)
}

function padText(text: string, directive: Directive): string {
  if (textLength(text) >= directive.width) return text
  return directive.flags.includes('-') ? ljust(text, directive.width) : rjust(text, directive.width)
}

function characterOf(value: unknown, host: FormatHost): string {
  const text = host.asText(value)
  if (text !== null && textLength(text) === 1) return text
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value < 0 || value > 0x10ffff) throw host.fail('OverflowError', '%c arg not in range(0x110000)')
    return String.fromCodePoint(value)
  }
  throw host.fail('TypeError', `%c requires an int or a unicode character, not ${host.typeName(value)}`)
}

function numberOf(value: unknown, type: string, host: FormatHost): number {
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value)
  if (typeof value !== 'number') {
    if (!'oxX'.includes(type)) host.refuseNumber?.(value)
    const wanted = 'oxX'.includes(type) ? 'an integer is required' : 'a real number is required'
    const message = 'eEfFgG'.includes(type)
      ? `must be real number, not ${host.typeName(value)}`
      : `%${type} format: ${wanted}, not ${host.typeName(value)}`
    throw host.fail('TypeError', message)
  }
  if ('oxX'.includes(type) && !Number.isInteger(value)) {
    throw host.fail('TypeError', `%${type} format: an integer is required, not float`)
  }
  if ('diu'.includes(type)) {
    if (Number.isNaN(value)) throw host.fail('ValueError', 'cannot convert float NaN to integer')
    if (!Number.isFinite(value)) throw host.fail('OverflowError', 'cannot convert float infinity to integer')
    return Math.trunc(value)
  }
  return value
}

function numberText(size: number, directive: Directive): string {
  const { type, flags, precision } = directive
  if ('diuoxX'.includes(type)) {
    const base = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10
    const text = BigInt(size)
      .toString(base)
      .padStart(precision ?? 0, '0')
    return type === 'X' ? text.toUpperCase() : text
  }
  const text = floatText(size, type.toLowerCase(), precision ?? 6, flags.includes('#'))
  return type === type.toUpperCase() ? text.toUpperCase() : text
}

function floatText(size: number, type: string, precision: number, alternate: boolean): string {
  if (!Number.isFinite(size)) return Number.isNaN(size) ? 'nan' : 'inf'
  if (type === 'e') return scientificText(size, precision)
  if (type === 'f') return fixedText(size, precision)
  return generalText(size, precision, alternate)
}
