/**
 * The grammar of HTTP headers, cookies, dates and URLs.
 * @module
 */
export {
  AmbiguousResource,
  type FieldLookup,
  isResourceModified,
  type ResourceState,
} from './datastructures/is-resource-modified.ts'
export {
  type AcceptClass,
  type CacheControlClass,
  dumpCspHeader,
  parseAcceptHeader,
  parseCacheControlHeader,
  parseContentRangeHeader,
  parseCookie,
  parseCspHeader,
  parseEtags,
  parseIfRangeHeader,
  parseRangeHeader,
  parseSetHeader,
} from './datastructures/parse-headers.ts'
export { dumpAge, parseAge } from './http/ages.ts'
export { getContentLength } from './http/content-length.ts'
export { type CookieOptions, dumpCookie, InvalidSameSite, parseCookiePairs } from './http/cookies.ts'
export { httpDate, parseDate } from './http/dates.ts'
export { generateEtag, InvalidEtag, quoteEtag, unquoteEtag } from './http/etags.ts'
export {
  type FieldList,
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from './http/header-kinds.ts'
export { getHost, hostIsTrusted, UntrustedHost } from './http/host.ts'
export { dumpHeader, type HeaderItems, parseDictHeader, parseListHeader } from './http/lists.ts'
export { dumpOptionsHeader, type HeaderOptions, parseOptionsHeader } from './http/options.ts'
export { isByteRangeValid } from './http/ranges.ts'
export { quoteHeaderValue, unquoteHeaderValue } from './http/tokens.ts'
export { type CurrentUrlParts, getCurrentUrl } from './urls/current-url.ts'
export { IdnaError } from './urls/idna.ts'
export { iriToUri, uriToIri } from './urls/iri.ts'
export { encodeQueryString, parseQueryString, type QueryData, type QueryValue } from './urls/query-string.ts'
export { InvalidUrl } from './urls/split.ts'
