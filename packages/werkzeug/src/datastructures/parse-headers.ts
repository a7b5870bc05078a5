import { parseCookiePairs } from '../http/cookies.ts'
import { Accept, type AcceptItem } from './accept.ts'
import { CacheControl, RequestCacheControl } from './cache-control.ts'
import type { DictData } from './callback-dict.ts'
import { ContentRange } from './content-range.ts'
import { ContentSecurityPolicy } from './content-security-policy.ts'
import { ETags } from './etags.ts'
import { HeaderSet } from './header-set.ts'
import { IfRange } from './if-range.ts'
import { ImmutableMultiDict } from './immutable-multi-dict.ts'
import { Range } from './range.ts'

/**
 * Reads an `Accept` header.
 *
 * @param header - The header's text.
 */
export function parseAcceptHeader(header: string | null | undefined): Accept
/**
 * Reads an `Accept-...` header into one of the classes for it.
 *
 * @param header - The header's text.
 * @param cls - Such as `MIMEAccept` or `LanguageAccept`.
 */
export function parseAcceptHeader<T extends Accept>(header: string | null | undefined, cls: AcceptClass<T>): T
export function parseAcceptHeader(
  header: string | null | undefined,
  cls: AcceptClass<Accept> = Accept,
): Accept {
  return Accept.fromHeader.call(cls, header)
}

/** A class of the `Accept` family. */
export interface AcceptClass<T extends Accept> {
  new (values: Iterable<AcceptItem> | null): T
}

/** A class of the `CacheControl` family. */
export interface CacheControlClass<T extends CacheControl> {
  new (values?: DictData<string | null> | null): T
}

/**
 * Reads a `Cache-Control` header of a request.
 *
 * @param header - The header's text.
 */
export function parseCacheControlHeader(header: string | null | undefined): RequestCacheControl
/**
 * Reads a `Cache-Control` header into one of the classes for it.
 *
 * @param header - The header's text.
 * @param onUpdate - Called when it is changed.
 * @param cls - `RequestCacheControl` or `ResponseCacheControl`.
 */
export function parseCacheControlHeader<T extends CacheControl>(
  header: string | null | undefined,
  onUpdate: ((value: CacheControl) => void) | undefined,
  cls: CacheControlClass<T>,
): T
export function parseCacheControlHeader(
  header: string | null | undefined,
  onUpdate?: (value: CacheControl) => void,
  cls: CacheControlClass<CacheControl> = RequestCacheControl,
): CacheControl {
  const value = CacheControl.fromHeader.call(cls, header)
  value.onUpdate = onUpdate && (() => onUpdate(value))
  return value
}

/**
 * Reads a `Content-Security-Policy` header.
 *
 * @param header - The header's text.
 * @param onUpdate - Called when it is changed.
 */
export function parseCspHeader(
  header: string | null | undefined,
  onUpdate?: (value: ContentSecurityPolicy) => void,
): ContentSecurityPolicy {
  const value = ContentSecurityPolicy.fromHeader(header)
  value.onUpdate = onUpdate && (() => onUpdate(value))
  return value
}

/**
 * Reads a header that is a set of tokens.
 *
 * @param header - The header's text.
 * @param onUpdate - Called when the set is changed.
 */
export function parseSetHeader(
  header: string | null | undefined,
  onUpdate?: (value: HeaderSet) => void,
): HeaderSet {
  return HeaderSet.fromHeader(header, onUpdate)
}

/** Reads an `If-Range` header. */
export function parseIfRangeHeader(header: string | null | undefined): IfRange {
  return IfRange.fromHeader(header)
}

/** Reads a `Range` header. @returns `undefined` if there is none, or it cannot be read. */
export function parseRangeHeader(header: string | null | undefined): Range | undefined {
  return Range.fromHeader(header)
}

/**
 * Reads a `Content-Range` header.
 *
 * @param header - The header's text.
 * @param onUpdate - Called when it is changed.
 * @returns `undefined` if there is none, or it cannot be read.
 */
export function parseContentRangeHeader(
  header: string | null | undefined,
  onUpdate?: (value: ContentRange) => void,
): ContentRange | undefined {
  const value = ContentRange.fromHeader(header)
  if (value !== undefined) value.onUpdate = onUpdate
  return value
}

/** Reads the entity tags of `If-Match` and `If-None-Match`. */
export function parseEtags(header: string | null | undefined): ETags {
  return ETags.fromHeader(header)
}

/** Writes a `Content-Security-Policy` header. */
export function dumpCspHeader(value: ContentSecurityPolicy): string {
  return value.toHeader()
}

/**
 * Reads a `Cookie` header as a server hands it over, with bytes as Latin-1 characters.
 *
 * @param header - The header's text.
 */
export function parseCookie(header: string | null | undefined): ImmutableMultiDict {
  return new ImmutableMultiDict(parseCookiePairs(header))
}
