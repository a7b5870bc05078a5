// Below this length the loop is done before the regular expression has begun.
const SHORT = 9

const SPECIAL = /[&<>'"]/g

function entity(code: number): string {
  if (code === 38) return '&amp;'
  if (code === 60) return '&lt;'
  if (code === 62) return '&gt;'
  return code === 34 ? '&#34;' : '&#39;'
}

/**
 * Replaces the five characters that mean something in HTML text and attributes (`& < > ' "`).
 *
 * A text without any of them is returned as it is: templates escape far more clean text than dirty text, so
 * nothing is copied before the first character that needs it.
 *
 * @param text Plain text.
 * @returns Text that is safe between tags and in quoted attributes.
 */
export function escapeText(text: string): string {
  if (text.length >= SHORT) return escapeLong(text)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 62) continue
    if (code === 38 || code === 60 || code === 62 || code === 34 || code === 39) return escapeLong(text)
  }
  return text
}

// `test` of a global expression finds the place without making an object for the match.
function escapeLong(text: string): string {
  SPECIAL.lastIndex = 0
  if (!SPECIAL.test(text)) return text
  let out = ''
  let copied = 0
  do {
    const index = SPECIAL.lastIndex - 1
    const replacement = entity(text.charCodeAt(index))
    out += copied === index ? replacement : text.slice(copied, index) + replacement
    copied = index + 1
  } while (SPECIAL.test(text))
  return copied === text.length ? out : out + text.slice(copied)
}
