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
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 62) continue
    if (code === 38 || code === 60 || code === 62 || code === 34 || code === 39)
      return escapeFrom(text, index)
  }
  return text
}

function escapeFrom(text: string, first: number): string {
  let out = ''
  let copied = 0
  for (let index = first; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 62) continue
    let entity: string
    if (code === 38) entity = '&amp;'
    else if (code === 60) entity = '&lt;'
    else if (code === 62) entity = '&gt;'
    else if (code === 34) entity = '&#34;'
    else if (code === 39) entity = '&#39;'
    else continue
    out += copied === index ? entity : text.slice(copied, index) + entity
    copied = index + 1
  }
  return copied === text.length ? out : out + text.slice(copied)
}
