import { split } from './strings/split.ts'

/**
 * Removes comments and tags from HTML and turns runs of whitespace into single spaces.
 *
 * An opening without its end stays. This makes text of markup; it does not make foreign HTML safe.
 */
export function stripTags(html: string): string {
  return split(withoutTags(withoutComments(html))).join(' ')
}

function withoutTags(text: string): string {
  let out = ''
  let from = 0
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', from)) {
    const end = text.indexOf('>', start)
    if (end < 0) break
    out += text.slice(from, start)
    from = end + 1
  }
  return out + text.slice(from)
}

// What stands before and behind a removed comment may form the beginning of another one. Therefore the beginning
// is looked for in what has been kept so far, and every character of the text is still looked at only once.
function withoutComments(text: string): string {
  if (!text.includes('<!--')) return text
  const kept: string[] = []
  let index = 0
  while (index < text.length) {
    kept.push(text.charAt(index++))
    if (!endsWithOpening(kept)) continue
    const end = commentEnd(text, index)
    if (end < 0) break
    kept.length -= 4
    index = end
  }
  return kept.join('') + text.slice(index)
}

function endsWithOpening(kept: readonly string[]): boolean {
  const { length } = kept
  return (
    kept[length - 1] === '-' &&
    kept[length - 2] === '-' &&
    kept[length - 3] === '!' &&
    kept[length - 4] === '<'
  )
}

// The dashes of the opening may already be those of the end, as in `<!-->`.
function commentEnd(text: string, from: number): number {
  if (text.startsWith('>', from)) return from + 1
  if (text.startsWith('->', from)) return from + 2
  const end = text.indexOf('-->', from)
  return end < 0 ? -1 : end + 3
}
