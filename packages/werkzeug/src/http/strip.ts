const wideSpace = /\s/

/** Whether Python counts a UTF-16 unit as white space: also `\x85` and `\x1c` to `\x1f`, and no byte-order mark. */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c
  if (code < 0x85) return false
  return code === 0x85 || (code !== 0xfeff && wideSpace.test(String.fromCharCode(code)))
}

/**
 * Takes white space off both ends of a text, with Python's idea of white space.
 *
 * @param text - Any text.
 */
export function strip(text: string): string {
  // Loops, because a pattern for the end of a text tries every run of spaces on the way there.
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

/**
 * Takes certain characters off the end of a text.
 *
 * @param text - Any text.
 * @param chars - The characters.
 */
export function stripEnd(text: string, chars: string): string {
  let end = text.length
  while (end > 0 && chars.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}
