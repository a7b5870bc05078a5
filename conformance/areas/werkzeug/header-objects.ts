import {
  Accept,
  Authorization,
  type CacheControl,
  ContentRange,
  ContentSecurityPolicy,
  ETags,
  HeaderSet,
  IfRange,
  LanguageAccept,
  MIMEAccept,
  Range,
  RequestCacheControl,
  ResponseCacheControl,
  WWWAuthenticate,
} from '@flask-ts/werkzeug/datastructures'
import { camelCase } from './outcome.ts'

type Header = string | null
type Options = Readonly<Record<string, unknown>>

/** One result of a list, or the error's name where it throws. */
function each<T>(items: unknown, call: (item: T) => unknown): unknown[] {
  return ((items ?? []) as T[]).map((item) => {
    try {
      return call(item)
    } catch {
      return { error: 'ValueError' }
    }
  })
}

const acceptClasses = { plain: Accept, mime: MIMEAccept, language: LanguageAccept }

export function accept(header: Header, options: Options): unknown {
  const value = acceptClasses[options.kind as keyof typeof acceptClasses].fromHeader(header)
  const result: Record<string, unknown> = {
    items: value,
    best: value.best,
    provided: value.provided,
    header: value.toHeader(),
    best_match: each<string[]>(options.offers, (offer) => value.bestMatch(offer, options.default)),
    quality: each<string>(options.qualities, (item) => value.quality(item)),
    contains: each<string>(options.contains, (item) => value.has(item)),
    find: each<string>(options.find, (item) => value.find(item)),
  }
  if (value instanceof MIMEAccept) {
    result.accept_html = value.acceptHtml
    result.accept_xhtml = value.acceptXhtml
    result.accept_json = value.acceptJson
  }
  return result
}

const commonProperties = ['no_cache', 'no_store', 'max_age', 'no_transform', 'stale_if_error']
const requestProperties = [...commonProperties, 'max_stale', 'min_fresh', 'only_if_cached']
const responseProperties = [
  ...commonProperties,
  'public',
  'private',
  'must_revalidate',
  'proxy_revalidate',
  's_maxage',
  'immutable',
  'must_understand',
  'stale_while_revalidate',
]

function cacheControlProperties(value: CacheControl, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(value, camelCase(name))]))
}

export function cacheControl(header: Header, options: Options): unknown {
  const isRequest = options.kind === 'request'
  const value: CacheControl = isRequest
    ? RequestCacheControl.fromHeader(header)
    : ResponseCacheControl.fromHeader(header)
  return {
    values: new Map<string, unknown>(value),
    properties: cacheControlProperties(value, isRequest ? requestProperties : responseProperties),
    header: value.toHeader(),
  }
}

export function cacheControlSet(header: Header, steps: readonly [string, unknown][]): unknown {
  const value = ResponseCacheControl.fromHeader(header)
  return steps.map(([name, item]) => {
    Reflect.set(value, camelCase(name), item)
    return value.toHeader()
  })
}

export function csp(header: Header): unknown {
  const value = ContentSecurityPolicy.fromHeader(header)
  const { defaultSrc, scriptSrc } = value
  return { values: value, header: value.toHeader(), default_src: defaultSrc, script_src: scriptSrc }
}

export function headerSet(header: Header): unknown {
  const value = HeaderSet.fromHeader(header)
  return { items: value, header: value.toHeader(), contains: [], length: value.size }
}

export function etags(header: Header, options: Options): unknown {
  const value = ETags.fromHeader(header)
  const strong = value.asSet()
  const weak = [...value.asSet(true)].filter((tag) => value.isWeak(tag as string)).sort()
  return {
    star: value.starTag,
    strong,
    weak,
    bool: !value.isEmpty,
    length: value.size,
    probe: (options.probe as string[]).map((tag) => ({
      contains: value.contains(tag),
      contains_weak: value.containsWeak(tag),
      is_strong: value.isStrong(tag),
      is_weak: value.isWeak(tag),
      contains_raw: value.containsRaw(tag),
    })),
  }
}

export function range(header: Header, options: Options): unknown {
  const value = Range.fromHeader(header)
  if (value === undefined) return null
  const lengths = options.lengths as (number | null)[]
  return {
    units: value.units,
    ranges: value.ranges,
    header: value.toHeader(),
    for_length: lengths.map((length) => value.rangeForLength(length)),
    content_range: lengths.map((length) => value.makeContentRange(length)?.toHeader()),
    content_range_header: lengths.map((length) => value.toContentRangeHeader(length)),
  }
}

export function contentRange(header: Header): unknown {
  const value = ContentRange.fromHeader(header)
  if (value === undefined) return null
  const { units, start, stop, length } = value
  return { units, start, stop, length, header: value.toHeader() }
}

export function contentRangeObject(
  units: string,
  start: number | null,
  stop: number | null,
  length: number | null = null,
): unknown {
  return new ContentRange(units, start, stop, length).toHeader()
}

export function ifRange(header: Header): unknown {
  const value = IfRange.fromHeader(header)
  return { etag: value.etag, date: value.date, header: value.toHeader() }
}

type AuthArguments = ConstructorParameters<typeof Authorization>

export function authorization(header: Header): unknown {
  const value = Authorization.fromHeader(header)
  if (value === undefined) return null
  const { type, parameters, token } = value
  return { type, parameters, token, header: value.toHeader() }
}

export function wwwAuthenticate(header: Header): unknown {
  const value = WWWAuthenticate.fromHeader(header)
  if (value === undefined) return null
  const { type, parameters, token } = value
  return { type, parameters: parameters.toDict(), token, header: value.toHeader() }
}

export function authorizationDump(...args: AuthArguments): string {
  return new Authorization(...args).toHeader()
}

export function wwwAuthenticateDump(...args: AuthArguments): string {
  return new WWWAuthenticate(...args).toHeader()
}
