import { generateEtag, unquoteEtag } from '../http/etags.ts'

const nextTag = /([Ww]\/)?(?:"([^\n]*?)"|([^\n]*?))(?:[\s\x1c-\x1f\x85]*,[\s\x1c-\x1f\x85]*|$)/y

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
    const text = header ?? ''
    nextTag.lastIndex = 0
    while (nextTag.lastIndex < text.length) {
      const match = nextTag.exec(text)
      if (match === null) break
      const [, isWeak, quoted, raw] = match
      if (raw === '*') return new ETags({ star: true })
      // An empty tag counts as one, but equals none that a response can have.
      const tag = quoted || (raw ?? null)
      if (isWeak === undefined) strong.push(tag)
      else weak.push(tag)
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
