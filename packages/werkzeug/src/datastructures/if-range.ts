import { httpDate, parseDate } from '../http/dates.ts'
import { quoteEtag, unquoteEtag } from '../http/etags.ts'

/**
 * An `If-Range` request header: a strong entity tag or a date.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.if-range
 */
export class IfRange {
  /** Without quotes. */
  readonly etag: string | null
  readonly date: Date | null

  constructor(etag: string | null = null, date: Date | null = null) {
    this.etag = etag
    this.date = date
  }

  /** Reads a header. A weak tag is dropped, because it cannot be compared here. */
  static fromHeader(header: string | null | undefined): IfRange {
    const date = parseDate(header)
    if (date !== undefined) return new IfRange(null, date)
    const [etag, weak] = unquoteEtag(header)
    return weak === false ? new IfRange(etag) : new IfRange()
  }

  toHeader(): string {
    if (this.date !== null) return httpDate(this.date)
    return this.etag === null ? '' : quoteEtag(this.etag)
  }

  toString(): string {
    return this.toHeader()
  }
}
