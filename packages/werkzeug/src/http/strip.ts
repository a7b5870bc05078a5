const edges = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g

function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f
}

/**
 * Takes white space off both ends of a text, with Python's idea of white space (`\x85` and `\x1c` to `\x1f` are).
 *
 * @param text - Any text.
 */
export function strip(text: string): string {
  const { length } = text
  if (length === 0 || (isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(length - 1)))) return text
  return text.replace(edges, '')
}
