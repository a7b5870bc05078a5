const NOT_PLAIN = /[^ !#-[\]-~]/
const NOT_ASCII = /[\u007f-\uffff]/g

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * The order of two texts by code point, where JavaScript's own compares UTF-16 units.
 *
 * @returns Less than, equal to or greater than 0.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // A surrogate stands for a character above every other unit.
    const xHigh = x >= 0xd800 && x <= 0xdfff
    const yHigh = y >= 0xd800 && y <= 0xdfff
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1
  }
  return a.length - b.length
}

/**
 * A number as Python prints it: at least two digits in an exponent, which begins at 1e16.
 */
export function jsonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return Object.is(value, -0) ? '-0.0' : String(value)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  const text = String(value)
  const size = Math.abs(value)
  if (size >= 1e16 || size < 1e-4) {
    const [digits, exponent] = (text.includes('e') ? text : value.toExponential()).split('e') as [
      string,
      string,
    ]
    const sign = exponent[0] === '-' ? '-' : '+'
    return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
  }
  return text
}

/** A string as JSON text; with `ensureAscii`, DEL and everything beyond ASCII as `\uXXXX`, as Python writes it. */
export function quoteJson(text: string, ensureAscii: boolean): string {
  if (!NOT_PLAIN.test(text)) return `"${text}"`
  const quoted = JSON.stringify(text)
  return ensureAscii ? quoted.replace(NOT_ASCII, unicodeEscape) : quoted
}
