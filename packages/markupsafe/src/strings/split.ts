import { isSpace, lstrip, rstrip, SPACE_CLASS } from './strip.ts'

const SPACES = new RegExp(`[${SPACE_CLASS}]+`)
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g

/**
 * Splits a text from the left.
 *
 * @param sep What separates the parts (not empty); runs of whitespace if null.
 * @param maxsplit The most splits to make; no limit if negative.
 */
export function split(text: string, sep: string | null = null, maxsplit = -1): string[] {
  if (sep === null) return splitSpaces(text, maxsplit)
  if (maxsplit < 0) return text.split(sep)
  const parts: string[] = []
  let from = 0
  while (parts.length < maxsplit) {
    const at = text.indexOf(sep, from)
    if (at < 0) break
    parts.push(text.slice(from, at))
    from = at + sep.length
  }
  parts.push(text.slice(from))
  return parts
}

function splitSpaces(text: string, maxsplit: number): string[] {
  if (maxsplit < 0) {
    const trimmed = rstrip(lstrip(text))
    return trimmed === '' ? [] : trimmed.split(SPACES)
  }
  const parts: string[] = []
  let rest = lstrip(text)
  while (rest !== '' && parts.length < maxsplit) {
    const at = rest.search(SPACES)
    if (at < 0) break
    parts.push(rest.slice(0, at))
    rest = lstrip(rest.slice(at))
  }
  if (rest !== '') parts.push(parts.length < maxsplit ? rstrip(rest) : rest)
  return parts
}

/** Splits a text from the right; parameters as for {@link split}. */
export function rsplit(text: string, sep: string | null = null, maxsplit = -1): string[] {
  if (maxsplit < 0) return split(text, sep)
  const parts: string[] = []
  if (sep === null) return rsplitSpaces(text, maxsplit)
  let end = text.length
  while (parts.length < maxsplit) {
    const at = end < sep.length ? -1 : text.lastIndexOf(sep, end - sep.length)
    if (at < 0) break
    parts.push(text.slice(at + sep.length, end))
    end = at
  }
  parts.push(text.slice(0, end))
  return parts.reverse()
}

function rsplitSpaces(text: string, maxsplit: number): string[] {
  const parts: string[] = []
  let rest = rstrip(text)
  while (rest !== '' && parts.length < maxsplit) {
    let start = rest.length
    while (start > 0 && !isSpace(rest[start - 1] as string)) start--
    parts.push(rest.slice(start))
    rest = rstrip(rest.slice(0, start))
  }
  if (rest !== '') parts.push(rest)
  return parts.reverse()
}

/**
 * Splits a text at every line end that Python knows; a line end at the very end starts no further line.
 *
 * @param keepEnds Whether the lines keep their ends.
 */
export function splitlines(text: string, keepEnds = false): string[] {
  const lines: string[] = []
  let from = 0
  for (const match of text.matchAll(LINE_END)) {
    const end = match.index + match[0].length
    lines.push(text.slice(from, keepEnds ? end : match.index))
    from = end
  }
  if (from < text.length) lines.push(text.slice(from))
  return lines
}

/** The text before the first `sep`, `sep`, and the text after it. */
export function partition(text: string, sep: string): [string, string, string] {
  const at = text.indexOf(sep)
  return at < 0 ? [text, '', ''] : [text.slice(0, at), sep, text.slice(at + sep.length)]
}

/** The text before the last `sep`, `sep`, and the text after it. */
export function rpartition(text: string, sep: string): [string, string, string] {
  const at = text.lastIndexOf(sep)
  return at < 0 ? ['', '', text] : [text.slice(0, at), sep, text.slice(at + sep.length)]
}
