import { Headers } from '@flask-ts/werkzeug/datastructures'
import {
  type CookieOptions,
  dumpAge,
  dumpCookie,
  dumpHeader,
  dumpOptionsHeader,
  generateEtag,
  getContentLength,
  getCurrentUrl,
  getHost,
  hostIsTrusted,
  httpDate,
  iriToUri,
  isByteRangeValid,
  isResourceModified,
  parseAge,
  parseCookie,
  parseDate,
  parseDictHeader,
  parseListHeader,
  parseOptionsHeader,
  quoteEtag,
  quoteHeaderValue,
  removeEntityHeaders,
  removeHopByHopHeaders,
  unquoteEtag,
  unquoteHeaderValue,
  uriToIri,
} from '@flask-ts/werkzeug/http'
import { safeJoin, secureFilename } from '@flask-ts/werkzeug/security'
import { type CorpusLine, compare, type Verdict } from '../case.ts'
import * as objects from './werkzeug/header-objects.ts'
import { camelCase, outcome, pythonText, UnknownInCorpus } from './werkzeug/outcome.ts'
import {
  contentType,
  downloadType,
  redirectTo,
  redirectToSlash,
  servedLocation,
} from './werkzeug/response-calls.ts'

interface HttpCase extends CorpusLine {
  readonly fn: string
  readonly args: readonly never[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

type Call = (...args: never[]) => unknown

function cookie(key: string, value: string, options: Record<string, unknown>): string {
  const named = Object.entries(options).map(([name, option]) => [camelCase(name), option])
  return dumpCookie(key, value, { maxSize: 0, ...(Object.fromEntries(named) as CookieOptions) })
}

function resourceModified(headers: Record<string, string>, options: Record<string, unknown>): boolean {
  return isResourceModified(new Headers(headers), {
    etag: options.etag as string,
    data: options.data as string,
    lastModified: options.last_modified as string,
    ignoreIfRange: options.ignore_if_range as boolean,
  })
}

function without(remove: (headers: Headers, allowed?: string[]) => void) {
  return (pairs: [string, string][], options: { allowed?: string[] }): Headers => {
    const headers = new Headers(pairs)
    remove(headers, options.allowed)
    return headers
  }
}

function currentUrl(scheme: string, host: string, ...rest: unknown[]): string {
  const [rootPath, path, query] = rest as (string | null | undefined)[]
  const queryString = typeof query === 'string' ? Buffer.from(query, 'latin1') : null
  return getCurrentUrl(scheme, host, { rootPath, path, queryString })
}

/** Calls that get the keyword arguments as their last argument. */
const withOptions: Readonly<Record<string, Call>> = {
  accept: objects.accept,
  cache_control: objects.cacheControl,
  download_type: downloadType,
  dump_cookie: cookie,
  etags: objects.etags,
  is_resource_modified: resourceModified,
  quote_header_value: (value: string, { allow_token }: { allow_token?: boolean }) =>
    quoteHeaderValue(pythonText(value), allow_token),
  range: objects.range,
  remove_entity_headers: without(removeEntityHeaders),
  remove_hop_by_hop_headers: without(removeHopByHopHeaders),
  served_location: servedLocation,
}

const simple: Readonly<Record<string, Call>> = {
  append_slash_redirect: redirectToSlash,
  authorization: objects.authorization,
  authorization_dump: objects.authorizationDump,
  cache_control_set: objects.cacheControlSet,
  content_range: objects.contentRange,
  content_range_object: objects.contentRangeObject,
  csp: objects.csp,
  dump_age: dumpAge,
  dump_header: dumpHeader,
  dump_options_header: dumpOptionsHeader,
  generate_etag: generateEtag,
  get_content_length: getContentLength,
  get_content_type: contentType,
  get_current_url: currentUrl,
  get_host: getHost,
  host_is_trusted: hostIsTrusted,
  http_date: httpDate,
  if_range: objects.ifRange,
  iri_to_uri: iriToUri,
  is_byte_range_valid: isByteRangeValid,
  parse_age: parseAge,
  parse_cookie: (header: string) => parseCookie(header).items({ multi: true }),
  parse_date: parseDate,
  parse_dict_header: parseDictHeader,
  parse_list_header: parseListHeader,
  parse_options_header: parseOptionsHeader,
  parse_set_header: objects.headerSet,
  quote_etag: quoteEtag,
  redirect: redirectTo,
  safe_join: safeJoin,
  secure_filename: secureFilename,
  unquote_etag: unquoteEtag,
  unquote_header_value: unquoteHeaderValue,
  uri_to_iri: uriToIri,
  www_authenticate: objects.wwwAuthenticate,
  www_authenticate_dump: objects.wwwAuthenticateDump,
}

function callOf({ fn, args, kwargs }: HttpCase): () => unknown {
  const optioned = withOptions[fn]
  if (optioned !== undefined) return () => optioned(...args, kwargs as never)
  const call = simple[fn]
  if (call === undefined) throw new UnknownInCorpus(`no function ${fn}`)
  return () => call(...args)
}

const fromNow = /<now\+(\d+)>/

/** Puts in place of `<now+60>` the date that is there, if it is 60 seconds from now. */
function settleDates(expected: unknown, actual: unknown): unknown {
  const mark = typeof expected === 'string' ? fromNow.exec(expected) : null
  if (mark === null || typeof actual !== 'string') return expected
  const text = actual.slice(mark.index).match(/^[^;]*/)?.[0] ?? ''
  const late = Math.abs(Date.parse(text) - Date.now() - Number(mark[1]) * 1000)
  return late <= 2000 ? String(expected).replace(mark[0], text) : expected
}

/** Runs one function of the header grammar. */
export function runCase(line: CorpusLine): Verdict {
  const expected = 'error' in line ? { error: line.error } : line.expect
  const actual = outcome(callOf(line as HttpCase), expected)
  return compare(settleDates(expected, actual), actual)
}
