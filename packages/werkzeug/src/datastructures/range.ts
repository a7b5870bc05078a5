import { parsePlainInt } from '../http/plain-int.ts'
import { isByteRangeValid } from '../http/ranges.ts'
import { strip } from '../http/strip.ts'
import { ContentRange, InvalidRange } from './content-range.ts'

/** First byte, counted from the end where it is negative, and the byte behind the last, `null` for "to the end". */
export type RangePart = readonly [start: number, stop: number | null]

/** One part of a header behind another that ended at `lastEnd` (-1: it went to the end); `undefined` if malformed. */
function parsePart(text: string, lastEnd: number): RangePart | undefined {
  if (lastEnd < 0) return undefined
  if (text.startsWith('-')) {
    const suffix = parsePlainInt(text)
    return suffix === undefined ? undefined : [suffix, null]
  }
  const dash = text.indexOf('-')
  if (dash === -1) return undefined
  const start = parsePlainInt(text.slice(0, dash))
  if (start === undefined || start < lastEnd) return undefined
  const end = strip(text.slice(dash + 1))
  if (end === '') return [start, null]
  const last = parsePlainInt(end)
  return last === undefined || start > last ? undefined : [start, last + 1]
}

/**
 * A `Range` request header.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.range
 */
export class Range {
  /** Mostly `bytes`. */
  readonly units: string
  readonly ranges: readonly RangePart[]

  /** @throws InvalidRange */
  constructor(units: string, ranges: readonly RangePart[]) {
    this.units = units
    this.ranges = ranges
    for (const [start, stop] of ranges) {
      if (stop !== null && (start < 0 || start >= stop)) throw new InvalidRange(`${start}-${stop}`)
    }
  }

  /** Reads a header. @returns `undefined` if there is none, or it cannot be read. */
  static fromHeader(header: string | null | undefined): Range | undefined {
    const equals = header?.indexOf('=') ?? -1
    if (header === null || header === undefined || equals === -1) return undefined
    const ranges: RangePart[] = []
    let lastEnd = 0
    for (const item of header.slice(equals + 1).split(',')) {
      const part = parsePart(strip(item), lastEnd)
      if (part === undefined) return undefined
      lastEnd = part[1] ?? -1
      ranges.push(part)
    }
    return new Range(strip(header.slice(0, equals)).toLowerCase(), ranges)
  }

  /**
   * The first byte and the byte behind the last of a whole of this length.
   *
   * @param length - In bytes, `null` if it is unknown.
   * @returns `undefined` unless it is a single range of bytes that can be given.
   */
  rangeForLength(length: number | null): [start: number, stop: number] | undefined {
    const only = this.ranges[0]
    if (this.units !== 'bytes' || length === null || only === undefined || this.ranges.length !== 1) {
      return undefined
    }
    const stop = only[1] ?? length
    const start = only[1] === null && only[0] < 0 ? only[0] + length : only[0]
    return isByteRangeValid(start, stop, length) ? [start, Math.min(stop, length)] : undefined
  }

  /** The `Content-Range` for a whole of this length. @returns `undefined` where `rangeForLength` does. */
  makeContentRange(length: number | null): ContentRange | undefined {
    const range = this.rangeForLength(length)
    return range === undefined ? undefined : new ContentRange(this.units, range[0], range[1], length)
  }

  /** The text of that `Content-Range`. */
  toContentRangeHeader(length: number | null): string | undefined {
    return this.makeContentRange(length)?.toHeader()
  }

  toHeader(): string {
    const parts = this.ranges.map(([start, stop]) => {
      if (stop !== null) return `${start}-${stop - 1}`
      return start < 0 ? String(start) : `${start}-`
    })
    return `${this.units}=${parts.join(',')}`
  }

  toString(): string {
    return this.toHeader()
  }
}
