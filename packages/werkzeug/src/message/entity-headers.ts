import { ResponseCacheControl } from '../datastructures/cache-control.ts'
import { ContentRange } from '../datastructures/content-range.ts'
import { HeaderSet } from '../datastructures/header-set.ts'
import { dumpAge, parseAge } from '../http/ages.ts'
import { type CookieOptions, dumpCookie } from '../http/cookies.ts'
import { httpDate, parseDate } from '../http/dates.ts'
import { generateEtag, quoteEtag, unquoteEtag } from '../http/etags.ts'
import { dumpHeader } from '../http/lists.ts'
import { parsePlainInt } from '../http/plain-int.ts'
import { ResponseCore } from './response-core.ts'

/** What a header that lists names can be set to; `undefined` removes it. */
export type HeaderSetInput = HeaderSet | Iterable<string> | string | null | undefined

/**
 * The header fields that describe the body and how long it holds, as properties. Setting `undefined` removes a field.
 */
export class EntityResponse extends ResponseCore {
  /** Sets a field, or removes it. */
  protected setField(name: string, value: string | number | null | undefined): void {
    if (value === undefined || value === null) this.headers.remove(name)
    else this.headers.set(name, value)
  }

  /** A field that lists names, as a set that writes its changes back. */
  protected headerSet(name: string): HeaderSet {
    return HeaderSet.fromHeader(this.headers.get(name), (set) => {
      this.setField(name, set.size === 0 ? undefined : set.toHeader())
    })
  }

  /** Writes a field that lists names. */
  protected setHeaderSet(name: string, value: HeaderSetInput): void {
    if (typeof value === 'string') this.setField(name, value === '' ? undefined : value)
    else {
      const text = value === null || value === undefined ? '' : dumpHeader(value)
      this.setField(name, text === '' ? undefined : text)
    }
  }

  /** Where the client is sent to. */
  get location(): string | undefined {
    return this.headers.get('Location')
  }

  set location(value: string | null | undefined) {
    this.setField('Location', value)
  }

  /** How many seconds ago the response was made or checked, as a cache says. */
  get age(): number | undefined {
    return parseAge(this.headers.get('Age'))
  }

  set age(seconds: number | null | undefined) {
    this.setField('Age', dumpAge(seconds))
  }

  /** Media type and parameters. */
  get contentType(): string | undefined {
    return this.headers.get('Content-Type')
  }

  set contentType(value: string | null | undefined) {
    this.setField('Content-Type', value)
  }

  /** Size of the body in bytes. */
  get contentLength(): number | undefined {
    return parsePlainInt(this.headers.get('Content-Length') ?? '')
  }

  set contentLength(bytes: number | null | undefined) {
    this.setField('Content-Length', bytes)
  }

  /** Where exactly this content can be had. */
  get contentLocation(): string | undefined {
    return this.headers.get('Content-Location')
  }

  set contentLocation(value: string | null | undefined) {
    this.setField('Content-Location', value)
  }

  /** How the content is coded, such as `gzip`. */
  get contentEncoding(): string | undefined {
    return this.headers.get('Content-Encoding')
  }

  set contentEncoding(value: string | null | undefined) {
    this.setField('Content-Encoding', value)
  }

  /** When the message was made. A number is seconds since 1970. */
  get date(): Date | undefined {
    return parseDate(this.headers.get('Date'))
  }

  set date(value: Date | number | null | undefined) {
    this.#setDate('Date', value)
  }

  /** When the content becomes stale. A number is seconds since 1970. */
  get expires(): Date | undefined {
    return parseDate(this.headers.get('Expires'))
  }

  set expires(value: Date | number | null | undefined) {
    this.#setDate('Expires', value)
  }

  /** When the content last changed. A number is seconds since 1970. */
  get lastModified(): Date | undefined {
    return parseDate(this.headers.get('Last-Modified'))
  }

  set lastModified(value: Date | number | null | undefined) {
    this.#setDate('Last-Modified', value)
  }

  #setDate(name: string, value: Date | number | null | undefined): void {
    this.setField(name, value === null || value === undefined ? undefined : httpDate(value))
  }

  /** When to try again. Takes an instant, or seconds from now. */
  get retryAfter(): Date | undefined {
    const value = this.headers.get('Retry-After')
    if (value === undefined) return undefined
    const seconds = parsePlainInt(value)
    return seconds === undefined ? parseDate(value) : new Date(Date.now() + seconds * 1000)
  }

  set retryAfter(value: Date | number | string | null | undefined) {
    this.setField('Retry-After', value instanceof Date ? httpDate(value) : value)
  }

  /** The request header fields that the content depends on. */
  get vary(): HeaderSet {
    return this.headerSet('Vary')
  }

  set vary(value: HeaderSetInput) {
    this.setHeaderSet('Vary', value)
  }

  /** The languages of the content. */
  get contentLanguage(): HeaderSet {
    return this.headerSet('Content-Language')
  }

  set contentLanguage(value: HeaderSetInput) {
    this.setHeaderSet('Content-Language', value)
  }

  /** The methods that the resource takes. */
  get allow(): HeaderSet {
    return this.headerSet('Allow')
  }

  set allow(value: HeaderSetInput) {
    this.setHeaderSet('Allow', value)
  }

  /** What caches may do with the response; changes are written back. */
  get cacheControl(): ResponseCacheControl {
    const control = ResponseCacheControl.fromHeader(this.headers.get('Cache-Control'))
    control.onUpdate = () => this.setField('Cache-Control', control.toHeader() || undefined)
    return control
  }

  /** The range units that are taken: `bytes` or `none`. */
  get acceptRanges(): string | undefined {
    return this.headers.get('Accept-Ranges')
  }

  set acceptRanges(value: string | null | undefined) {
    this.setField('Accept-Ranges', value)
  }

  /** Which part of the whole this is; changes are written back. */
  get contentRange(): ContentRange {
    const range =
      ContentRange.fromHeader(this.headers.get('Content-Range')) ?? new ContentRange(null, null, null)
    range.onUpdate = (changed) => this.setField('Content-Range', changed.toHeader() || undefined)
    return range
  }

  set contentRange(value: ContentRange | string | null | undefined) {
    this.setField('Content-Range', (value instanceof ContentRange ? value.toHeader() : value) || undefined)
  }

  /**
   * Sets the entity tag.
   *
   * @param etag - Without quotes.
   * @param weak - Whether equal tags mean only equivalent content.
   */
  setEtag(etag: string, weak = false): void {
    this.headers.set('ETag', quoteEtag(etag, weak))
  }

  /** The entity tag and whether it is weak; `[undefined, undefined]` if there is none. */
  getEtag(): [etag: string, weak: boolean] | [etag: undefined, weak: undefined] {
    return unquoteEtag(this.headers.get('ETag'))
  }

  /**
   * Sets an entity tag made from the content, which is read whole for it.
   *
   * @param options - `overwrite` an existing tag; mark it as `weak`.
   */
  addEtag(options: { readonly overwrite?: boolean; readonly weak?: boolean } = {}): void {
    if (options.overwrite !== true && this.headers.has('ETag')) return
    this.setEtag(generateEtag(this.getData()), options.weak)
  }

  /**
   * Reads the body to its end and sets its length and entity tag, so that the response can be kept and sent often.
   *
   * @returns A promise if the body comes asynchronously.
   */
  freeze(): void | Promise<void> {
    this.directPassthrough = false
    const read = this.makeSequence()
    if (read instanceof Promise) return read.then(() => this.#settle())
    this.#settle()
  }

  #settle(): void {
    this.headers.set('Content-Length', this.getData().length)
    this.addEtag()
  }

  /** The size in bytes above which browsers ignore a cookie; 0 turns the warning off. */
  get maxCookieSize(): number {
    return 4093
  }

  /**
   * Sets a cookie.
   *
   * @param options - How long, where and how the client keeps it.
   */
  setCookie(key: string, value = '', options: CookieOptions = {}): void {
    this.headers.add('Set-Cookie', dumpCookie(key, value, { maxSize: this.maxCookieSize, ...options }))
  }

  /**
   * Has the client forget a cookie. Path and domain must be those that it was set with.
   */
  deleteCookie(key: string, options: CookieOptions = {}): void {
    this.setCookie(key, '', { ...options, expires: 0, maxAge: 0 })
  }
}
