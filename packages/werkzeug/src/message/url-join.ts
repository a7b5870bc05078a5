import { joinUrl, splitUrl } from '../urls/split.ts'

function resolvePath(base: string, path: string): string {
  const parents = base.split('/')
  if (parents.at(-1) !== '') parents.pop()
  const wanted = path.startsWith('/') ? path.split('/') : [...parents, ...path.split('/')]
  const segments = wanted.filter((segment, at) => at === 0 || at === wanted.length - 1 || segment !== '')
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
 * Resolves a link against the URL of the page that it is on. Unlike `new URL()`, nothing is re-encoded.
 *
 * @param base - An absolute URL.
 * @param link - Absolute, or relative to the base.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2
 */
export function urlJoin(base: string, link: string): string {
  if (link === '') return base
  const from = splitUrl(base)
  const to = splitUrl(link)
  if (to.scheme !== '' && to.scheme !== from.scheme) return link
  if (to.netloc !== '') return joinUrl({ ...to, scheme: from.scheme })
  const path = to.path === '' ? from.path : resolvePath(from.path, to.path)
  const query = to.path === '' && to.query === '' ? from.query : to.query
  return joinUrl({ ...from, path, query, fragment: to.fragment })
}
