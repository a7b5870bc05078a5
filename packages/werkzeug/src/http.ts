/**
 * The grammar of HTTP headers, cookies, dates and URLs.
 * @module
 */
export { dumpAge, parseAge } from './http/ages.ts'
export { type CookieOptions, dumpCookie, InvalidSameSite, parseCookiePairs } from './http/cookies.ts'
export { httpDate, parseDate } from './http/dates.ts'
export { generateEtag, InvalidEtag, quoteEtag, unquoteEtag } from './http/etags.ts'
export { dumpHeader, type HeaderItems, parseDictHeader, parseListHeader } from './http/lists.ts'
export { dumpOptionsHeader, type HeaderOptions, parseOptionsHeader } from './http/options.ts'
export { isByteRangeValid } from './http/ranges.ts'
export { quoteHeaderValue, unquoteHeaderValue } from './http/tokens.ts'
