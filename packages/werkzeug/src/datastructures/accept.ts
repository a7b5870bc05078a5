import { parseListHeader } from '../http/lists.ts'
import { dumpOptionsHeader, parseOptionsHeader } from '../http/options.ts'
import { strip } from '../http/strip.ts'

/** One offer of the client with its quality, from 0 to 1. */
export type AcceptItem = readonly [value: string, quality: number]

const qualityPattern = /^-?\d+(?:\.\d+)?$/

/** Booleans from left to right, and more of them before fewer. */
function compareSpecificity(one: readonly boolean[], other: readonly boolean[]): number {
  for (let index = 0; index < one.length && index < other.length; index++) {
    const difference = Number(one[index]) - Number(other[index])
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

function parseItem(text: string): AcceptItem | undefined {
  const [value, { q, ...options }] = parseOptionsHeader(text)
  let quality = 1
  if (q !== undefined) {
    const digits = strip(q)
    quality = Number(digits)
    if (!qualityPattern.test(digits) || quality < 0 || quality > 1) return undefined
  }
  return [Object.keys(options).length === 0 ? value : dumpOptionsHeader(value, options), quality]
}

/**
 * The values of an `Accept` header, the most specific and then the best first.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.accept
 */
export class Accept implements Iterable<AcceptItem> {
  #items: readonly AcceptItem[]
  /** Whether there was a header at all. */
  readonly provided: boolean

  constructor(values: Accept | Iterable<AcceptItem> | null = []) {
    this.provided = values instanceof Accept ? values.provided : values !== null
    if (values === null) this.#items = []
    else if (values instanceof Accept) this.#items = [...values]
    else {
      this.#items = [...values].sort(
        (one, other) =>
          compareSpecificity(this.specificity(other[0]), this.specificity(one[0])) || other[1] - one[1],
      )
    }
  }

  /**
   * Reads a header. Items with an impossible quality are dropped.
   *
   * @param header - The header's text; nothing gives an empty list that is not `provided`.
   */
  static fromHeader<T extends Accept>(
    this: new (
      values: Iterable<AcceptItem> | null,
    ) => T,
    header: string | null | undefined,
  ): T {
    if (header === null || header === undefined || header === '') return new this(null)
    const items = parseListHeader(header).map(parseItem)
    return new this(items.filter((item) => item !== undefined))
  }

  /** How specific a value is, compared from left to right. */
  protected specificity(value: string): readonly boolean[] {
    return [value !== '*']
  }

  /** Whether a value of the application's fits an item of the client's. */
  protected valueMatches(value: string, item: string): boolean {
    return item === '*' || item.toLowerCase() === value.toLowerCase()
  }

  get size(): number {
    return this.#items.length
  }

  /** The item at a position, counted from the end where it is negative. */
  at(index: number): AcceptItem | undefined {
    return this.#items.at(index)
  }

  /** The client's item that a value fits. */
  protected itemFor(value: string): AcceptItem | undefined {
    return this.#items.find(([item]) => this.valueMatches(value, item))
  }

  /** The quality of a value: 0 if the client does not take it. */
  quality(value: string): number {
    return this.itemFor(value)?.[1] ?? 0
  }

  /** The quality of a value, as templates look it up. */
  getItem(value: string): number {
    return this.quality(value)
  }

  /** Whether a value fits any item, also one of quality 0. */
  has(value: string): boolean {
    return this.itemFor(value) !== undefined
  }

  /** The position of the item that a value fits, or -1. */
  find(value: string): number {
    return this.#items.findIndex(([item]) => this.valueMatches(value, item))
  }

  /** The position of the item that a value fits. @throws RangeError if it fits none. */
  index(value: string): number {
    const position = this.find(value)
    if (position === -1) throw new RangeError(`${JSON.stringify(value)} fits none of ${this.toHeader()}`)
    return position
  }

  *values(): Generator<string> {
    for (const [value] of this.#items) yield value
  }

  [Symbol.iterator](): IterableIterator<AcceptItem> {
    return this.#items[Symbol.iterator]()
  }

  /** Takes all items out. */
  clear(): void {
    this.#items = []
  }

  /**
   * The one of several values that the client likes best: by quality, then by how specifically it was asked for. The
   * first wins a tie; quality 0 never wins.
   *
   * @param matches - What the application can give.
   * @param fallback - What to return if nothing fits.
   */
  bestMatch(matches: Iterable<string>): string | undefined
  bestMatch<D>(matches: Iterable<string>, fallback: D): string | D
  bestMatch(matches: Iterable<string>, fallback?: unknown): unknown {
    let result = fallback
    let bestQuality = 0
    let bestSpecificity: readonly boolean[] = []
    for (const value of matches) {
      const item = this.itemFor(value)
      if (item === undefined || item[1] <= 0 || item[1] < bestQuality) continue
      const specificity = this.specificity(item[0])
      if (item[1] === bestQuality && compareSpecificity(specificity, bestSpecificity) <= 0) continue
      result = value
      bestQuality = item[1]
      bestSpecificity = specificity
    }
    return result
  }

  /** The first value. */
  get best(): string | undefined {
    return this.#items[0]?.[0]
  }

  toHeader(): string {
    return this.#items.map(([value, quality]) => (quality === 1 ? value : `${value};q=${quality}`)).join(',')
  }

  toString(): string {
    return this.toHeader()
  }
}
