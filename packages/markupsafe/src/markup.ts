import { escapeText } from './escape-text.ts'
import { braceFormat } from './formatting/brace-format.ts'
import { escapingHost, PLAIN_HOST } from './formatting/escaping-host.ts'
import { percentFormat } from './formatting/percent-format.ts'
import { type HasHtml, hasHtml } from './has-html.ts'
import { pointsToUnits, sliceText, textLength } from './strings/code-points.ts'
import { capitalize, casefold, swapCase, title } from './strings/letter-case.ts'
import { center, expandTabs, ljust, rjust, zfill } from './strings/pad.ts'
import { partition, rpartition, rsplit, split, splitlines } from './strings/split.ts'
import { lstrip, rstrip, strip } from './strings/strip.ts'
import { stripTags } from './strip-tags.ts'
import { unescapeText } from './unescape.ts'

/**
 * Text that is safe to put into HTML as it is.
 *
 * Operations that bring in other text escape it first, and give markup again. Marking a text as markup is a
 * promise: never do it with text from outside.
 *
 * @see https://markupsafe.palletsprojects.com/
 */
export class Markup implements HasHtml {
  readonly #text: string

  /** @param value The safe HTML: a text, or something that brings its own. */
  constructor(value: unknown = '') {
    this.#text = typeof value === 'string' ? value : hasHtml(value) ? value.__html__() : String(value)
  }

  /** Markup from any value: other markup stays, everything else is escaped. */
  static escape(value: unknown): Markup {
    return value instanceof Markup ? value : new Markup(escapedText(value))
  }

  __html__(): string {
    return this.#text
  }

  toString(): string {
    return this.#text
  }

  toJSON(): string {
    return this.#text
  }

  valueOf(): string {
    return this.#text
  }

  /** Python's conversion for `'{}'.format(markup)` in markup; takes no specification. */
  __html_format__(spec: string): Markup {
    if (spec !== '') throw new RangeError('Unsupported format specification for Markup.')
    return this
  }

  /** The number of code points. */
  get length(): number {
    return textLength(this.#text)
  }

  *[Symbol.iterator](): Generator<string> {
    yield* this.#text
  }

  /** Whether a text or other markup has the same characters. */
  equals(other: unknown): boolean {
    return (typeof other === 'string' || other instanceof Markup) && this.#text === String(other)
  }

  /** This markup followed by a value, which is escaped. */
  add(value: unknown): Markup {
    return new Markup(this.#text + escapedText(value))
  }

  /** A value, which is escaped, followed by this markup. */
  radd(value: unknown): Markup {
    return new Markup(escapedText(value) + this.#text)
  }

  /** This markup several times over; none if `count` is negative. */
  repeat(count: number): Markup {
    return new Markup(this.#text.repeat(Math.max(0, count)))
  }

  /** Applies the `%` operator: an array gives the values in order, an object those for `%(name)s`. */
  mod(values: unknown): Markup {
    return new Markup(percentFormat(this.#text, values, escapingHost(PLAIN_HOST, escapedText)))
  }

  /** Replaces `{}` and `{0}` fields by escaped values; with one object as the only value also `{name}`. */
  format(...values: unknown[]): Markup {
    const source = values.at(-1)
    const named = (name: string): unknown => PLAIN_HOST.getItem(source, name)
    const host = escapingHost(PLAIN_HOST, escapedText)
    return new Markup(braceFormat(this.#text, { positional: values, named }, host))
  }

  /** The values with this markup between them, each escaped. */
  join(values: Iterable<unknown>): Markup {
    const parts: string[] = []
    for (const value of values) parts.push(escapedText(value))
    return new Markup(parts.join(this.#text))
  }

  split(sep: string | null = null, maxsplit = -1): Markup[] {
    return split(this.#text, sep, maxsplit).map(mark)
  }

  rsplit(sep: string | null = null, maxsplit = -1): Markup[] {
    return rsplit(this.#text, sep, maxsplit).map(mark)
  }

  splitlines(keepEnds = false): Markup[] {
    return splitlines(this.#text, keepEnds).map(mark)
  }

  partition(sep: string): [Markup, Markup, Markup] {
    const [before, found, after] = partition(this.#text, sep)
    return [mark(before), mark(found), mark(after)]
  }

  rpartition(sep: string): [Markup, Markup, Markup] {
    const [before, found, after] = rpartition(this.#text, sep)
    return [mark(before), mark(found), mark(after)]
  }

  /** The text with its entities turned back into characters; no longer markup. */
  unescape(): string {
    return unescapeText(this.#text)
  }

  /** The text without tags and comments, with single spaces, unescaped; no longer markup. */
  striptags(): string {
    return unescapeText(stripTags(this.#text))
  }

  /** The code points from `start` to before `end`; negative positions count from the end. */
  slice(start = 0, end?: number): Markup {
    const length = textLength(this.#text)
    const place = (at: number): number => (at < 0 ? Math.max(0, length + at) : Math.min(at, length))
    const from = place(start)
    return new Markup(sliceText(this.#text, from, Math.max(from, place(end ?? length))))
  }

  /** Replaces a text by another, which is escaped; `count` limits how often, unless negative. */
  replace(old: string, replacement: unknown, count = -1): Markup {
    return new Markup(replaceText(this.#text, old, escapedText(replacement), count))
  }

  capitalize(): Markup {
    return new Markup(capitalize(this.#text))
  }

  title(): Markup {
    return new Markup(title(this.#text))
  }

  lower(): Markup {
    return new Markup(this.#text.toLowerCase())
  }

  upper(): Markup {
    return new Markup(this.#text.toUpperCase())
  }

  swapcase(): Markup {
    return new Markup(swapCase(this.#text))
  }

  casefold(): Markup {
    return new Markup(casefold(this.#text))
  }

  strip(chars?: string | null): Markup {
    return new Markup(strip(this.#text, chars))
  }

  lstrip(chars?: string | null): Markup {
    return new Markup(lstrip(this.#text, chars))
  }

  rstrip(chars?: string | null): Markup {
    return new Markup(rstrip(this.#text, chars))
  }

  center(width: number, fill: unknown = ' '): Markup {
    return new Markup(center(this.#text, width, escapedText(fill)))
  }

  ljust(width: number, fill: unknown = ' '): Markup {
    return new Markup(ljust(this.#text, width, escapedText(fill)))
  }

  rjust(width: number, fill: unknown = ' '): Markup {
    return new Markup(rjust(this.#text, width, escapedText(fill)))
  }

  zfill(width: number): Markup {
    return new Markup(zfill(this.#text, width))
  }

  expandtabs(tabSize = 8): Markup {
    return new Markup(expandTabs(this.#text, tabSize))
  }

  removeprefix(prefix: string): Markup {
    return this.#text.startsWith(prefix) ? new Markup(this.#text.slice(prefix.length)) : this
  }

  removesuffix(suffix: string): Markup {
    if (suffix === '' || !this.#text.endsWith(suffix)) return this
    return new Markup(this.#text.slice(0, -suffix.length))
  }
}

function mark(text: string): Markup {
  return new Markup(text)
}

function escapedText(value: unknown): string {
  if (typeof value === 'string') return escapeText(value)
  return hasHtml(value) ? value.__html__() : escapeText(String(value))
}

function replaceText(text: string, old: string, replacement: string, count: number): string {
  if (count < 0 && old !== '') return text.replaceAll(old, () => replacement)
  let out = ''
  let from = 0
  for (let done = 0; count < 0 || done < count; done++) {
    const at =
      old === '' ? (done === 0 ? 0 : from + pointsToUnits(text.slice(from), 1)) : text.indexOf(old, from)
    if (at < 0 || (old === '' && done > 0 && from >= text.length)) break
    out += text.slice(from, at) + replacement
    from = at + old.length
  }
  return out + text.slice(from)
}
