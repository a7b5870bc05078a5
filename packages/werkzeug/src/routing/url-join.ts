interface UrlPieces {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

const PIECES = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/
/** Schemes whose references are resolved against a base. */
const RELATIVE = new Set(['', 'http', 'https', 'ws', 'wss', 'ftp', 'file', 'sftp'])

function split(url: string, scheme: string): UrlPieces {
  // Browsers drop these as well, so a target cannot hide its host behind them.
  const clean = url.replace(/^[\0- ]+/, '').replace(/[\t\r\n]/g, '')
  const match = PIECES.exec(clean)
  return {
    scheme: match?.[1]?.toLowerCase() ?? scheme,
    host: match?.[2] ?? '',
    path: match?.[3] ?? clean,
    query: match?.[4] ?? '',
    fragment: match?.[5] ?? '',
  }
}

/**
 * Writes a URL from its pieces.
 *
 * @param query - Without the question mark; empty for none.
 */
export function unsplitUrl(scheme: string, host: string, path: string, query: string, fragment = ''): string {
  let url = path
  if (host !== '' || (RELATIVE.has(scheme) && scheme !== '' && !path.startsWith('//'))) {
    url = `//${host}${path === '' || path.startsWith('/') ? path : `/${path}`}`
  }
  if (scheme !== '') url = `${scheme}:${url}`
  if (query !== '') url += `?${query}`
  return fragment === '' ? url : `${url}#${fragment}`
}

function resolvePath(base: string, path: string): string {
  const parent = base.split('/')
  if (parent.at(-1) !== '') parent.pop()
  let segments = path.startsWith('/') ? path.split('/') : [...parent, ...path.split('/')]
  segments = segments.filter((segment, at) => segment !== '' || at === 0 || at === segments.length - 1)
  const resolved: string[] = []
  for (const segment of segments) {
    if (segment === '..') resolved.pop()
    else if (segment !== '.') resolved.push(segment)
  }
  const last = segments.at(-1)
  if (last === '.' || last === '..') resolved.push('')
  return resolved.join('/') || '/'
}

/**
 * Resolves a link against the URL of the page that holds it.
 *
 * @param base - An absolute URL.
 * @param target - A URL, or a path relative to the base.
 * @see RFC 3986, section 5.2
 */
export function joinUrl(base: string, target: string): string {
  if (target === '') return base
  const from = split(base, '')
  const to = split(target, from.scheme)
  if (to.scheme !== from.scheme || !RELATIVE.has(to.scheme)) return target
  if (to.host !== '') return unsplitUrl(to.scheme, to.host, to.path, to.query, to.fragment)
  if (to.path === '') return unsplitUrl(to.scheme, from.host, from.path, to.query || from.query, to.fragment)
  return unsplitUrl(to.scheme, from.host, resolvePath(from.path, to.path), to.query, to.fragment)
}
