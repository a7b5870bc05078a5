import { entityText, isBareEntity } from './entities.ts'

const REFERENCE = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/g
// What the HTML standard reads for the numbers 0x80 to 0x9f.
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'

/** Turns the entities of HTML back into the characters they stand for, as browsers do. */
export function unescapeText(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_, reference: string) =>
    reference.startsWith('#') ? numeric(reference) : named(reference),
  )
}

function numeric(reference: string): string {
  const digits = reference.replace(/^#|;$/g, '')
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10)
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd'
  if (code === 0x0d) return '\r'
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.charAt(code - 0x80)
  if (isNoCharacter(code)) return ''
  return String.fromCodePoint(code)
}

function isNoCharacter(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0a && code !== 0x0c
  return code === 0x7f || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe
}

function named(reference: string): string {
  if (reference.endsWith(';')) {
    const text = entityText(reference.slice(0, -1))
    if (text !== undefined) return text
  }
  for (let length = reference.length; length > 1; length--) {
    const name = reference.slice(0, length)
    if (isBareEntity(name)) return entityText(name) + reference.slice(length)
  }
  return `&${reference}`
}
