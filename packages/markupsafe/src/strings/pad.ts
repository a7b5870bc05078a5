import { codePoints, textLength } from './code-points.ts'

/** Centres a text in `width` code points; of an odd remainder, Python's rule says which side gets more. */
export function center(text: string, width: number, fill = ' '): string {
  const pad = width - textLength(text)
  if (pad <= 0) return text
  const left = Math.floor(pad / 2) + (pad & width & 1)
  return fill.repeat(left) + text + fill.repeat(pad - left)
}

/** Fills a text up to `width` code points on its right. */
export function ljust(text: string, width: number, fill = ' '): string {
  const pad = width - textLength(text)
  return pad > 0 ? text + fill.repeat(pad) : text
}

/** Fills a text up to `width` code points on its left. */
export function rjust(text: string, width: number, fill = ' '): string {
  const pad = width - textLength(text)
  return pad > 0 ? fill.repeat(pad) + text : text
}

/** Fills a text up to `width` code points with zeros, after its sign if it has one. */
export function zfill(text: string, width: number): string {
  const pad = width - textLength(text)
  if (pad <= 0) return text
  const sign = text.startsWith('-') || text.startsWith('+') ? text.charAt(0) : ''
  return sign + '0'.repeat(pad) + text.slice(sign.length)
}

/** Replaces tabs by spaces up to the next column that `tabSize` divides; columns restart at line ends. */
export function expandTabs(text: string, tabSize = 8): string {
  let out = ''
  let column = 0
  for (const point of codePoints(text)) {
    if (point === '\t') {
      const width = tabSize > 0 ? tabSize - (column % tabSize) : 0
      out += ' '.repeat(width)
      column += width
    } else {
      out += point
      column = point === '\n' || point === '\r' ? 0 : column + 1
    }
  }
  return out
}
