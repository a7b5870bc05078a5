import { generateEtag, unquoteEtag } from '../http/etags.ts'
import { strip } from '../http/strip.ts'

/** One tag of a header; a quoted one of nothing has no text. It counts, but equals no tag of a response. */
interface ScannedTag {
  readonly tag: string | null
  readonly weak: boolean
  readonly quoted: boolean
}

/** The first place from `at` on that is no white space. */
function skipSpace(text: string, at: number): number {
  let place = at
  while (place < text.length && strip(text[place]!) === '') place++
  return place
}

/** Whether the end of the text follows, or a comma, perhaps behind white space. */
function endsItem(text: string, at: number): boolean {
  return at === text.length || text[skipSpace(text, at)] === ','
}

/** The place of the last quote that can close a tag, so that nobody looks for one behind it. */
function lastClosingQuote(text: string): number {
  let quote = text.lastIndexOf('"')
  while (quote > 0 && !endsItem(text, quote + 1)) quote = text.lastIndexOf('"', quote - 1)
  return quote
}

/** The tags of a header in their order. A quoted tag ends at the first quote that a comma or the end follows. */
function* scanTags(text: string): Generator<ScannedTag> {
  const lastQuote = lastClosingQuote(text)
  let at = 0
  while (at < text.length) {
    const weak = /[Ww]/.test(text[at]!) && text[at + 1] === '/'
    const start = weak ? at + 2 : at
    const comma = text.indexOf(',', start)
    let end = comma === -1 ? text.length : comma
    let tag = text.slice(start, end)
    // White space belongs to the comma behind it, not to the end, and none of it to the start.
    if (comma !== -1) tag = strip(`.${tag}`).slice(1)
    if (text[start] === '"' && start < lastQuote) {
      let quote = text.indexOf('"', start + 1)
      while (!endsItem(text, quote + 1)) quote = text.indexOf('"', quote + 1)
      tag = text.slice(start + 1, quote)
      end = skipSpace(text, quote + 1)
      yield { tag: tag === '' ? null : tag, weak, quoted: true }
    } else yield { tag, weak, quoted: false }
    at = skipSpace(text, end + 1)
  }
}

/** What `ETags` can be made from. */
export interface ETagsOptions {
  readonly strong?: Iterable<string | null>
  readonly weak?: Iterable<string | null>
  /** Whether it is `*`: then strong tags do not count. */
  readonly star?: boolean
}

/**
 * The entity tags of `If-Match` and `If-None-Match`.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.if-none-match
 */
export class ETags implements Iterable<string | null> {
  readonly #strong: ReadonlySet<string | null>
  readonly #weak: ReadonlySet<string | null>
  /** Whether the header is `*`. */
  readonly starTag: boolean

  constructor(options: ETagsOptions = {}) {
    this.starTag = options.star === true
    this.#strong = new Set(this.starTag ? [] : options.strong)
    this.#weak = new Set(options.weak)
  }

  /** Reads a header; nothing gives an empty set. */
  static fromHeader(header: string | null | undefined): ETags {
    const strong: (string | null)[] = []
    const weak: (string | null)[] = []
    for (const { tag, weak: isWeak, quoted } of scanTags(header ?? '')) {
      if (tag === '*' && !quoted) return new ETags({ star: true })
      ;(isWeak ? weak : strong).push(tag)
    }
    return new ETags({ strong, weak })
  }

  /** How many strong tags there are. */
  get size(): number {
    return this.#strong.size
  }

  /** Whether there is anything in the header, also `*` or weak tags alone. */
  get isEmpty(): boolean {
    return !this.starTag && this.#strong.size === 0 && this.#weak.size === 0
  }

  isWeak(etag: string): boolean {
    return this.#weak.has(etag)
  }

  isStrong(etag: string): boolean {
    return this.#strong.has(etag)
  }

  /** Whether a tag is there by strong comparison; `*` contains all. */
  contains(etag: string): boolean {
    return this.starTag || this.isStrong(etag)
  }

  /** The same as `contains`. */
  has(etag: string): boolean {
    return this.contains(etag)
  }

  /** Whether a tag is there by weak comparison. */
  containsWeak(etag: string): boolean {
    return this.isWeak(etag) || this.contains(etag)
  }

  /** Whether a tag with its quotes, and perhaps `W/`, is there. */
  containsRaw(etag: string): boolean {
    const [tag, weak] = unquoteEtag(etag)
    if (tag === undefined) return this.starTag
    return weak ? this.containsWeak(tag) : this.contains(tag)
  }

  /** Whether contents are there, by the tag that `generateEtag` makes of them; `*` does not count. */
  matchesData(data: string | Uint8Array, includeWeak = false): boolean {
    const etag = generateEtag(data)
    return this.isStrong(etag) || (includeWeak && this.isWeak(etag))
  }

  /** The strong tags, or all; `null` stands for an empty one. */
  asSet(includeWeak = false): Set<string | null> {
    return new Set(includeWeak ? [...this.#strong, ...this.#weak] : this.#strong)
  }

  [Symbol.iterator](): IterableIterator<string | null> {
    return this.#strong[Symbol.iterator]()
  }

  toHeader(): string {
    if (this.starTag) return '*'
    const strong = Array.from(this.#strong, (tag) => `"${tag ?? ''}"`)
    return [...strong, ...Array.from(this.#weak, (tag) => `W/"${tag ?? ''}"`)].join(', ')
  }

  toString(): string {
    return this.toHeader()
  }
}
