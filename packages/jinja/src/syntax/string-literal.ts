const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const widths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0')

/** How Python's `backslashreplace` writes a character that is not ASCII. */
function backslashReplace(char: string): string {
  const code = char.codePointAt(0) as number
  if (code < 0x100) return `x${hex(code, 2)}`
  return code < 0x10000 ? `u${hex(code, 4)}` : `U${hex(code, 8)}`
}

function numericEscape(text: string, kind: string, at: number): [value: string, end: number] {
  const width = widths[kind] as number
  const digits = /^[\da-fA-F]*/.exec(text.slice(at, at + width))?.[0] ?? ''
  if (digits.length < width) throw new SyntaxError(`truncated \\${kind}${'X'.repeat(width)} escape`)
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) throw new SyntaxError('illegal Unicode character')
  return [String.fromCodePoint(code), at + width]
}

function escapeAt(text: string, at: number): [value: string, end: number] {
  const char = String.fromCodePoint(text.codePointAt(at) as number)
  const plain = Object.hasOwn(simple, char) ? simple[char] : undefined
  if (plain !== undefined) return [plain, at + 1]
  if (char in widths) return numericEscape(text, char, at + 1)
  if (char >= '0' && char <= '7') {
    const digits = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0] as string
    return [String.fromCharCode(Number.parseInt(digits, 8)), at + digits.length]
  }
  if (char === 'N') {
    // No table of Unicode names is at hand, so a well-formed name is refused as an unknown one.
    const named = /^\{[^}]+\}/.test(text.slice(at + 1))
    throw new SyntaxError(named ? 'unknown Unicode character name' : 'malformed \\N character escape')
  }
  return [`\\${char > '\x7f' ? backslashReplace(char) : char}`, at + char.length]
}

/**
 * The text that a string literal stands for, by Python's `unicode-escape`.
 *
 * @param text What is between the quotes.
 * @throws SyntaxError with Python's words if an escape is not complete.
 */
export function unescapeLiteral(text: string): string {
  let at = text.indexOf('\\')
  if (at < 0) return text
  let result = ''
  let begin = 0
  while (at >= 0) {
    const [value, end] = escapeAt(text, at + 1)
    result += text.slice(begin, at) + value
    begin = end
    at = text.indexOf('\\', end)
  }
  return result + text.slice(begin)
}
