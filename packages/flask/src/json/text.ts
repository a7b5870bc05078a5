const NOT_PLAIN = /[^ !#-[\]-~]/
const NOT_ASCII = /[\u007f-\uffff]/g

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A string as JSON text; with `ensureAscii`, DEL and everything beyond ASCII as `\uXXXX`, as Python writes it. */
export function stringToJson(text: string, ensureAscii: boolean): string {
  if (!NOT_PLAIN.test(text)) return `"${text}"`
  const quoted = JSON.stringify(text)
  return ensureAscii ? quoted.replace(NOT_ASCII, unicodeEscape) : quoted
}

/**
 * A number as Python's `repr` writes it: an exponent has two digits at least, and begins below 1e-4.
 *
 * JavaScript has one type of number, so `1.0` is written `1`.
 */
export function numberToJson(value: number): string {
  if (Number.isInteger(value)) return String(value)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  const size = Math.abs(value)
  const text = size < 1e-4 ? value.toExponential() : String(value)
  const exponent = text.indexOf('e')
  if (exponent === -1) return text
  const digits = text.slice(exponent + 2)
  return text.slice(0, exponent + 2) + digits.padStart(2, '0')
}

/** Compares by code point, as Python sorts; UTF-16 order differs from it beyond the basic plane. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at)
    const b = right.charCodeAt(at)
    if (a === b) continue
    const aHigh = a >= 0xd800 && a <= 0xdfff
    const bHigh = b >= 0xd800 && b <= 0xdfff
    if (aHigh !== bHigh) return aHigh ? 1 : -1
    return a - b
  }
  return left.length - right.length
}
