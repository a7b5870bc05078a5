import { Accept } from '../datastructures/accept.ts'
import { Authorization } from '../datastructures/authorization.ts'
import { RequestCacheControl } from '../datastructures/cache-control.ts'
import { CharsetAccept } from '../datastructures/charset-accept.ts'
import { ETags } from '../datastructures/etags.ts'
import { HeaderSet } from '../datastructures/header-set.ts'
import { IfRange } from '../datastructures/if-range.ts'
import { LanguageAccept } from '../datastructures/language-accept.ts'
import { MIMEAccept } from '../datastructures/mime-accept.ts'
import { Range } from '../datastructures/range.ts'
import { getContentLength } from '../http/content-length.ts'
import { parseDate } from '../http/dates.ts'
import { parseOptionsHeader } from '../http/options.ts'
import { parsePlainInt } from '../http/plain-int.ts'
import { isJsonType } from '../message/content-type.ts'
import { RequestCore } from './request-core.ts'
import { UserAgent } from './user-agent.ts'

/**
 * The header fields of a request, read and understood. What is asked for seldom is read anew each time.
 */
export class RequestFields extends RequestCore {
  #contentType: readonly [value: string, options: Record<string, string>] | undefined = undefined

  #field(name: string): string | undefined {
    return this.environ.headers.get(name)
  }

  /** Media type and parameters as sent. */
  get contentType(): string | undefined {
    return this.#field('content-type')
  }

  /** The announced size of the body in bytes; `undefined` if it is not known. */
  get contentLength(): number | undefined {
    return getContentLength(this.#field('content-length'), this.#field('transfer-encoding'))
  }

  /** How the body is coded. */
  get contentEncoding(): string | undefined {
    return this.#field('content-encoding')
  }

  /** The page that the request came from; the field's name is misspelled `Referer`. */
  get referrer(): string | undefined {
    return this.#field('referer')
  }

  /** When the request was made. */
  get date(): Date | undefined {
    return parseDate(this.#field('date'))
  }

  /** How many more proxies may pass the request on. */
  get maxForwards(): number | undefined {
    return parsePlainInt(this.#field('max-forwards') ?? '')
  }

  #parsedContentType(): readonly [value: string, options: Record<string, string>] {
    this.#contentType ??= parseOptionsHeader(this.contentType)
    return this.#contentType
  }

  /** The media type in lower case without parameters; empty if there is none. */
  get mimetype(): string {
    return this.#parsedContentType()[0].toLowerCase()
  }

  /** The media type's parameters. */
  get mimetypeParams(): Readonly<Record<string, string>> {
    return this.#parsedContentType()[1]
  }

  /** Whether the media type says JSON. */
  get isJson(): boolean {
    return isJsonType(this.mimetype)
  }

  /** The media types that the client takes. */
  get acceptMimetypes(): MIMEAccept {
    return MIMEAccept.fromHeader(this.#field('accept'))
  }

  /** The charsets that the client takes. Hardly any sends this. */
  get acceptCharsets(): CharsetAccept {
    return CharsetAccept.fromHeader(this.#field('accept-charset'))
  }

  /** The content codings that the client takes. */
  get acceptEncodings(): Accept {
    return Accept.fromHeader(this.#field('accept-encoding'))
  }

  /** The languages that the client takes. */
  get acceptLanguages(): LanguageAccept {
    return LanguageAccept.fromHeader(this.#field('accept-language'))
  }

  /** What caches may do. */
  get cacheControl(): RequestCacheControl {
    return RequestCacheControl.fromHeader(this.#field('cache-control'))
  }

  /** Old servers' directives, mostly `no-cache`. */
  get pragma(): HeaderSet {
    return HeaderSet.fromHeader(this.#field('pragma'))
  }

  /** Go on only if the resource has one of these tags. */
  get ifMatch(): ETags {
    return ETags.fromHeader(this.#field('if-match'))
  }

  /** Go on only if the resource has none of these tags. */
  get ifNoneMatch(): ETags {
    return ETags.fromHeader(this.#field('if-none-match'))
  }

  /** Go on only if the resource has changed since. */
  get ifModifiedSince(): Date | undefined {
    return parseDate(this.#field('if-modified-since'))
  }

  /** Go on only if the resource has not changed since. */
  get ifUnmodifiedSince(): Date | undefined {
    return parseDate(this.#field('if-unmodified-since'))
  }

  /** Heed `range` only if the resource is still this. */
  get ifRange(): IfRange {
    return IfRange.fromHeader(this.#field('if-range'))
  }

  /** The part that is wanted. */
  get range(): Range | undefined {
    return Range.fromHeader(this.#field('range'))
  }

  /** The class of `userAgent`: a subclass may read more from the header. */
  get userAgentClass(): new (
    header: string,
  ) => UserAgent {
    return UserAgent
  }

  /** What the client calls itself. */
  get userAgent(): UserAgent {
    return new this.userAgentClass(this.#field('user-agent') ?? '')
  }

  /** Who asks, as the `Authorization` field says. */
  get authorization(): Authorization | undefined {
    return Authorization.fromHeader(this.#field('authorization'))
  }

  /** The origin of the page that asks. */
  get origin(): string | undefined {
    return this.#field('origin')
  }

  /** In a preflight: the fields that the request to come will have. */
  get accessControlRequestHeaders(): HeaderSet | undefined {
    const value = this.#field('access-control-request-headers')
    return value === undefined ? undefined : HeaderSet.fromHeader(value)
  }

  /** In a preflight: the method that the request to come will have. */
  get accessControlRequestMethod(): string | undefined {
    return this.#field('access-control-request-method')
  }

  /** How the page that asks relates to this site: `same-origin`, `same-site`, `cross-site` or `none`. */
  get secFetchSite(): string | undefined {
    return this.#field('sec-fetch-site')
  }

  /** What kind of request it is: `navigate`, `cors`, `no-cors`, `same-origin` or `websocket`. */
  get secFetchMode(): string | undefined {
    return this.#field('sec-fetch-mode')
  }

  /** Whether a person caused the navigation. */
  get secFetchUser(): boolean | undefined {
    const value = this.#field('sec-fetch-user')
    return value === undefined ? undefined : value === '?1'
  }

  /** What the answer is for, such as `document`, `image` or `empty`. */
  get secFetchDest(): string | undefined {
    return this.#field('sec-fetch-dest')
  }
}
