import { codePoints, textLength } from '../strings/code-points.ts'
import { center, ljust, rjust } from '../strings/pad.ts'
import { fixedText, generalText, numberText, scientificText } from './float-text.ts'
import type { FormatHost } from './format-host.ts'

/** A parsed format specification, the part of a field after its colon. */
interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly alternate: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | null
  readonly type: string
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su

function parseSpec(text: string, value: unknown, host: FormatHost): Spec {
  const match = SPEC.exec(text)
  if (match === null) {
    const message = `Invalid format specifier '${text}' for object of type '${host.typeName(value)}'`
    throw host.fail('ValueError', message)
  }
  const [, fill, align, sign = '-', , alternate, zero, width = '0', grouping = '', precision, type = ''] =
    match
  const spec: Spec = {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? '' : '='),
    sign,
    alternate: alternate !== undefined,
    width: Number(width),
    grouping,
    precision: precision === undefined ? null : Number(precision),
    type,
  }
  host.checkWidth?.(spec.width)
  if (spec.precision !== null) host.checkWidth?.(spec.precision)
  return spec
}

/**
 * Applies a format specification to a value, as Python's `format(value, spec)`.
 *
 * @param spec The specification, such as `>8.2f`; may be empty.
 */
export function formatValue(value: unknown, spec: string, host: FormatHost): string {
  if (spec === '') return host.print(value)
  if (typeof value === 'number') return formatNumber(value, parseSpec(spec, value, host), host)
  if (typeof value === 'boolean') return formatNumber(Number(value), parseSpec(spec, value, host), host)
  if (typeof value === 'bigint') return formatNumber(Number(value), parseSpec(spec, value, host), host)
  const text = host.asText(value)
  if (text !== null) return formatText(text, parseSpec(spec, value, host), host)
  throw host.fail('TypeError', `unsupported format string passed to ${host.typeName(value)}.__format__`)
}

function formatText(text: string, spec: Spec, host: FormatHost): string {
  if (spec.type !== '' && spec.type !== 's') {
    throw host.fail('ValueError', `Unknown format code '${spec.type}' for object of type 'str'`)
  }
  if (spec.align === '=') {
    if (spec.fill !== '0') {
      throw host.fail('ValueError', "'=' alignment not allowed in string format specifier")
    }
    // Since Python 3.10 a zero before the width fills strings on the right.
    return pad(text, { ...spec, align: '<' }, '<')
  }
  if (spec.sign !== '-') throw host.fail('ValueError', 'Sign not allowed in string format specifier')
  const cut =
    spec.precision !== null && textLength(text) > spec.precision
      ? codePoints(text).slice(0, spec.precision).join('')
      : text
  return pad(cut, spec, '<')
}

function pad(text: string, spec: Spec, fallback: string): string {
  switch (spec.align || fallback) {
    case '<':
      return ljust(text, spec.width, spec.fill)
    case '^':
      return centerEvenly(text, spec)
    default:
      return rjust(text, spec.width, spec.fill)
  }
}

// Unlike the string method, a format always puts the odd character on the right.
function centerEvenly(text: string, spec: Spec): string {
  const room = spec.width - textLength(text)
  if (room <= 0) return text
  return room % 2 === 0
    ? center(text, spec.width, spec.fill)
    : spec.fill.repeat((room - 1) / 2) + text + spec.fill.repeat((room + 1) / 2)
}

function formatNumber(value: number, spec: Spec, host: FormatHost): string {
  if (spec.type === 's') {
    throw host.fail('ValueError', `Unknown format code 's' for object of type '${host.typeName(value)}'`)
  }
  const refusesGroups = spec.grouping === ',' ? 'bcoxX' : 'c'
  if (spec.grouping !== '' && spec.type !== '' && refusesGroups.includes(spec.type)) {
    throw host.fail('ValueError', `Cannot specify '${spec.grouping}' with '${spec.type}'.`)
  }
  if (spec.type === 'c') return formatCharacter(value, spec, host)
  const negative = value < 0 || (Object.is(value, -0) && !/^[bdoxX]?$/.test(spec.type))
  const digits = grouped(numberDigits(Math.abs(value), spec, host), spec)
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign
  const prefix = sign + basePrefix(spec)
  if (spec.align !== '=') return pad(prefix + digits, spec, '>')
  if (spec.fill === '0' && spec.grouping !== '') return prefix + zeroGrouped(digits, spec, prefix.length)
  return prefix + rjust(digits, spec.width - prefix.length, spec.fill)
}

function formatCharacter(value: number, spec: Spec, host: FormatHost): string {
  if (!Number.isInteger(value)) {
    throw host.fail('ValueError', "Unknown format code 'c' for object of type 'float'")
  }
  if (spec.sign !== '-') throw host.fail('ValueError', "Sign not allowed with integer format specifier 'c'")
  if (spec.alternate) {
    throw host.fail('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'")
  }
  if (value < 0 || value > 0x10ffff) throw host.fail('OverflowError', '%c arg not in range(0x110000)')
  return pad(String.fromCodePoint(value), spec, '<')
}

function basePrefix(spec: Spec): string {
  return spec.alternate && 'boxX'.includes(spec.type) && spec.type !== '' ? `0${spec.type}` : ''
}

function numberDigits(size: number, spec: Spec, host: FormatHost): string {
  if (spec.type !== '' && 'bdoxX'.includes(spec.type)) return integerDigits(size, spec, host)
  if (!Number.isFinite(size)) {
    const text = Number.isNaN(size) ? 'nan' : 'inf'
    return spec.type === 'F' || spec.type === 'E' || spec.type === 'G' ? text.toUpperCase() : text
  }
  const precision = spec.precision ?? 6
  switch (spec.type) {
    case 'e':
    case 'E': {
      const text = scientificText(size, precision)
      return spec.type === 'E' ? text.toUpperCase() : text
    }
    case 'f':
    case 'F':
      return fixedText(size, precision)
    case '%':
      return `${fixedText(size * 100, precision)}%`
    case 'g':
    case 'G': {
      const text = generalText(size, precision, spec.alternate)
      return spec.type === 'G' ? text.toUpperCase() : text
    }
    default:
      return spec.precision === null ? numberText(size) : generalText(size, spec.precision, spec.alternate)
  }
}

function integerDigits(size: number, spec: Spec, host: FormatHost): string {
  if (!Number.isInteger(size)) {
    throw host.fail('ValueError', `Unknown format code '${spec.type}' for object of type 'float'`)
  }
  if (spec.precision !== null) {
    throw host.fail('ValueError', 'Precision not allowed in integer format specifier')
  }
  const base = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : spec.type === 'd' ? 10 : 16
  const text = BigInt(size).toString(base)
  return spec.type === 'X' ? text.toUpperCase() : text
}

function grouped(digits: string, spec: Spec): string {
  if (spec.grouping === '') return digits
  const size = 'boxX'.includes(spec.type) && spec.type !== '' ? 4 : 3
  const whole = /^[0-9a-fA-F]+/.exec(digits)?.[0] ?? ''
  const end = spec.type === '' || 'deEfFgGn%'.includes(spec.type) ? (/^\d+/.exec(digits)?.[0] ?? '') : whole
  return groupWhole(end, size, spec.grouping) + digits.slice(end.length)
}

function groupWhole(whole: string, size: number, separator: string): string {
  const groups: string[] = []
  for (let end = whole.length; end > 0; end -= size) groups.unshift(whole.slice(Math.max(0, end - size), end))
  return groups.join(separator)
}

// Zeros before a grouped number are grouped too, and the first character is never a separator.
function zeroGrouped(digits: string, spec: Spec, prefix: number): string {
  const size = 'boxX'.includes(spec.type) && spec.type !== '' ? 4 : 3
  const plain = digits.replaceAll(spec.grouping, '')
  const whole = (size === 4 ? /^[0-9a-fA-F]+/ : /^\d+/).exec(plain)?.[0] ?? ''
  const tail = plain.slice(whole.length)
  let filled = whole
  let text = groupWhole(filled, size, spec.grouping) + tail
  while (text.length + prefix < spec.width) {
    filled = `0${filled}`
    text = groupWhole(filled, size, spec.grouping) + tail
  }
  return text
}
