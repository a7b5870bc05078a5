/**
 * Writes each run of letters with one capital in front, as Python's `title()` does and authentication schemes are
 * written.
 *
 * @param text - Any text.
 */
export function titleCase(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    // One letter can have a capital of two, as in 'ß'.
    const [first = '', ...rest] = word.charAt(0).toUpperCase() + word.slice(1)
    return first + rest.join('').toLowerCase()
  })
}
