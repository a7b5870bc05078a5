import { split } from './strings/split.ts'

/** Removes comments and tags from HTML and turns runs of whitespace into single spaces. */
export function stripTags(html: string): string {
  return split(without(without(html, '<!--', '-->'), '<', '>')).join(' ')
}

// Everything behind a removed piece is looked at once more together with what stood before it, because the
// two may form a new piece; what is before the first opening never has to be looked at again.
function without(text: string, open: string, close: string): string {
  let rest = text
  for (
    let start = rest.indexOf(open);
    start >= 0;
    start = rest.indexOf(open, Math.max(0, start - open.length + 1))
  ) {
    const end = rest.indexOf(close, start)
    if (end < 0) break
    rest = rest.slice(0, start) + rest.slice(end + close.length)
  }
  return rest
}
