import { isSpace } from '@flask-ts/markupsafe/strings'

const LETTERS = /^\p{L}+$/u
const DECIMALS = /^\p{Nd}+$/u
// Digits that stand in no positional system: superscripts, circled and the like.
const OTHER_DIGITS =
  '\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490' +
  '\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792'
const DIGITS = new RegExp(`^[\\p{Nd}${OTHER_DIGITS}]+$`, 'u')
// Han characters that are numbers.
const HAN_NUMBERS = '〇一二三四五六七八九十百千万萬亿億兆零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟两兩'
const NUMERIC = new RegExp(`^[\\p{N}${HAN_NUMBERS}]+$`, 'u')
const ALPHANUMERIC = /^[\p{L}\p{N}]+$/u
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u
const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u

/** Python's `str.isalpha`. */
export function isAlpha(text: string): boolean {
  return LETTERS.test(text)
}

/** Python's `str.isdecimal`. */
export function isDecimal(text: string): boolean {
  return DECIMALS.test(text)
}

/** Python's `str.isdigit`. */
export function isDigit(text: string): boolean {
  return DIGITS.test(text)
}

/** Python's `str.isnumeric`. */
export function isNumeric(text: string): boolean {
  return NUMERIC.test(text)
}

/** Python's `str.isalnum`. */
export function isAlnum(text: string): boolean {
  return ALPHANUMERIC.test(text)
}

/** Python's `str.isidentifier`. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text)
}

/** Python's `str.isprintable`. */
export function isPrintable(text: string): boolean {
  return !NOT_PRINTABLE.test(text)
}

/** Python's `str.isspace`. */
export function isSpaces(text: string): boolean {
  return text !== '' && Array.from(text).every(isSpace)
}

/** Python's `str.isascii`. */
export function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text)
}
