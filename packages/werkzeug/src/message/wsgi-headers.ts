import type { Environ } from '@flask-ts/wsgi'
import type { Headers } from '../datastructures/headers.ts'
import { removeEntityHeaders } from '../http/header-kinds.ts'
import { getHost } from '../http/host.ts'
import { iriToUri } from '../urls/iri.ts'
import { urlJoin } from './url-join.ts'

/** Whether an answer of this status never has a body: 1xx, 204 and 304 (RFC 9110, section 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304 || (status < 200 && status >= 100)
}

/**
 * Whether header fields can be sent as they stand: there is a length, and no URL that may need encoding.
 */
export function isSentAsIs(headers: Headers): boolean {
  let length = false
  for (const [name] of headers.toWsgiList()) {
    // Told apart by their length first: this runs for every response.
    if (name.length === 14) length ||= name === 'Content-Length' || name.toLowerCase() === 'content-length'
    else if (name.length === 8) {
      if (name.toLowerCase() === 'location') return false
    } else if (name.length === 16 && name.toLowerCase() === 'content-location') return false
  }
  return length
}

/**
 * A copy of header fields as they are sent: URLs encoded, and without what the status forbids.
 *
 * @param headers - The response's header.
 * @param status - Its status.
 * @param environ - The request that it answers.
 * @param absolute - Whether `Location` is made absolute.
 */
export function fittedHeaders(
  headers: Headers,
  status: number,
  environ: Environ,
  absolute: boolean,
): Headers {
  const fitted = headers.copy()
  const location = fitted.get('Location')
  if (location !== undefined) {
    const uri = iriToUri(location)
    fitted.set('Location', absolute ? urlJoin(currentUrl(environ), uri) : uri)
  }
  const contentLocation = fitted.get('Content-Location')
  if (contentLocation !== undefined) fitted.set('Content-Location', iriToUri(contentLocation))
  if (status === 304) removeEntityHeaders(fitted)
  else if (hasNoBody(status)) fitted.remove('Content-Length')
  return fitted
}

/** The URL of the request without its query. */
function currentUrl({ scheme, headers, local, target }: Environ): string {
  const host = getHost(scheme, headers.get('host'), [local.host, local.port > 0 ? local.port : null])
  const query = target.indexOf('?')
  const path = query === -1 ? target : target.slice(0, query)
  return iriToUri(`${scheme}://${host}/${path.replace(/^\/+/, '')}`)
}
