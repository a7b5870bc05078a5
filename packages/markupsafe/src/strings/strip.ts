/** The characters that Python's `str` methods count as whitespace, as the inside of a character class. */
export const SPACE_CLASS =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const LEADING = new RegExp(`^[${SPACE_CLASS}]+`)
const SPACE = new RegExp(`^[${SPACE_CLASS}]$`)

/** Whether one character is whitespace for Python. */
export function isSpace(char: string): boolean {
  return SPACE.test(char)
}

/**
 * Removes whitespace, or any of the given characters, from the beginning of a text.
 *
 * @param chars The characters to remove; whitespace if absent or null.
 */
export function lstrip(text: string, chars?: string | null): string {
  if (chars === undefined || chars === null) return text.replace(LEADING, '')
  const drop = new Set(chars)
  let start = 0
  for (const point of text) {
    if (!drop.has(point)) break
    start += point.length
  }
  return text.slice(start)
}

/** Removes whitespace, or any of the given characters, from the end of a text. */
export function rstrip(text: string, chars?: string | null): string {
  // Not a regular expression: one anchored at the end is quadratic in the whitespace inside the text.
  if (chars === undefined || chars === null) {
    let end = text.length
    while (end > 0 && isSpace(text[end - 1] as string)) end--
    return text.slice(0, end)
  }
  const drop = new Set(chars)
  const points = Array.from(text)
  let end = points.length
  while (end > 0 && drop.has(points[end - 1] as string)) end--
  return points.slice(0, end).join('')
}

/** Removes whitespace, or any of the given characters, from both ends of a text. */
export function strip(text: string, chars?: string | null): string {
  return rstrip(lstrip(text, chars), chars)
}
