import { parsePlainInt } from '../http/plain-int.ts'
import { isByteRangeValid } from '../http/ranges.ts'
import { strip } from '../http/strip.ts'

const pattern = /^([^ ]*) ([^/]*)\/(.*)$/s

/** The numbers of a range do not fit together. */
export class InvalidRange extends RangeError {
  override readonly name = 'InvalidRange'

  constructor(range: string) {
    super(
      `${range} is not a range: it must begin at 0 or behind, end behind its start, and lie within the length`,
    )
  }
}

/**
 * A `Content-Range` response header.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.content-range
 */
export class ContentRange {
  #units: string | null = null
  #start: number | null = null
  #stop: number | null = null
  #length: number | null = null
  /** Called after each change, with the header. */
  onUpdate: ((range: ContentRange) => void) | undefined

  /**
   * @param units - Mostly `bytes`; `null` for no header at all.
   * @param start - First byte.
   * @param stop - The byte behind the last.
   * @param length - Size of the whole in bytes, `null` if it is unknown.
   * @throws InvalidRange
   */
  constructor(units: string | null, start: number | null, stop: number | null, length: number | null = null) {
    this.set(start, stop, length, units)
  }

  /** Reads a header. @returns `undefined` if there is none, or it cannot be read. */
  static fromHeader(header: string | null | undefined): ContentRange | undefined {
    const match = pattern.exec(strip(header ?? ''))
    if (match === null) return undefined
    const [, units = '', range = '', total = ''] = match
    const length = total === '*' ? null : parsePlainInt(total)
    if (length === undefined) return undefined
    if (range === '*')
      return length === null || length >= 0 ? new ContentRange(units, null, null, length) : undefined
    const dash = range.indexOf('-')
    const start = dash === -1 ? undefined : parsePlainInt(range.slice(0, dash))
    const last = parsePlainInt(range.slice(dash + 1))
    if (start === undefined || last === undefined) return undefined
    if (!isByteRangeValid(start, last + 1, length)) return undefined
    return new ContentRange(units, start, last + 1, length)
  }

  get units(): string | null {
    return this.#units
  }

  set units(units: string | null) {
    this.#units = units
    this.onUpdate?.(this)
  }

  /** The first byte, `null` if there is no range. */
  get start(): number | null {
    return this.#start
  }

  set start(start: number | null) {
    this.#start = start
    this.onUpdate?.(this)
  }

  /** The byte behind the last, `null` if there is no range. */
  get stop(): number | null {
    return this.#stop
  }

  set stop(stop: number | null) {
    this.#stop = stop
    this.onUpdate?.(this)
  }

  /** Size of the whole in bytes, `null` if it is unknown. */
  get length(): number | null {
    return this.#length
  }

  set length(length: number | null) {
    this.#length = length
    this.onUpdate?.(this)
  }

  /** Whether the header is there: false after `unset()`. */
  get isSet(): boolean {
    return this.#units !== null
  }

  /** Sets everything at once. @throws InvalidRange */
  set(
    start: number | null,
    stop: number | null,
    length: number | null = null,
    units: string | null = 'bytes',
  ): void {
    if (!isByteRangeValid(start, stop, length)) throw new InvalidRange(`${start}-${stop}/${length}`)
    this.#units = units
    this.#start = start
    this.#stop = stop
    this.#length = length
    this.onUpdate?.(this)
  }

  /** Takes the header away. */
  unset(): void {
    this.set(null, null, null, null)
  }

  toHeader(): string {
    if (this.#units === null) return ''
    const length = this.#length ?? '*'
    if (this.#start === null || this.#stop === null) return `${this.#units} */${length}`
    return `${this.#units} ${this.#start}-${this.#stop - 1}/${length}`
  }

  toString(): string {
    return this.toHeader()
  }
}
