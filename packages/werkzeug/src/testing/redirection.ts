import { splitUrl } from '../urls/split.ts'
import { EnvironBuilder } from './environ-builder.ts'
import { RedirectNotFollowedError } from './errors.ts'
import type { TestResponse } from './test-response.ts'

const bodyFields = ['Content-Encoding', 'Content-Language', 'Content-Location', 'Transfer-Encoding']

/**
 * The request that follows a redirect.
 *
 * @param response - The redirect.
 * @param allowSubdomains - Whether it may lead to a subdomain.
 * @throws RedirectNotFollowedError if it leads to another host.
 */
export function redirectedBuilder(response: TestResponse, allowSubdomains: boolean): EnvironBuilder {
  const { scheme, netloc, path, query } = splitUrl(response.location ?? '')
  const builder = EnvironBuilder.fromEnviron(response.request.environ)
  // The jar decides anew which cookies the next place gets.
  builder.headers.remove('Cookie')
  if (netloc !== '') {
    checkHost(netloc.split(':', 1)[0]!, builder.serverName, allowSubdomains)
    builder.urlScheme = scheme
    builder.host = netloc
  }
  const root = builder.scriptRoot
  if (root !== '' && (path === root || path.startsWith(`${root}/`))) builder.path = path.slice(root.length)
  else {
    builder.path = resolveSegments(builder.scriptRoot + builder.path, path)
    builder.scriptRoot = ''
  }
  builder.queryString = query
  if (becomesGet(response.status, builder.method)) dropBody(builder)
  return builder
}

/** A path that does not begin with a slash is relative to that of the request. */
function resolveSegments(current: string, path: string): string {
  if (path.startsWith('/')) return path
  return new URL(path, `http://localhost${current}`).pathname
}

function checkHost(to: string, from: string, allowSubdomains: boolean): void {
  if (to === from) return
  if (!to.endsWith(`.${from}`)) {
    throw new RedirectNotFollowedError(`the redirect from ${from} to ${to} leads out of the application`)
  }
  if (!allowSubdomains) {
    throw new RedirectNotFollowedError(
      `the redirect from ${from} to ${to} leads to a subdomain: make the client with allowSubdomainRedirects`,
    )
  }
}

/** Clients change the method where they always did (Fetch standard, HTTP-redirect fetch). */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return (status === 301 || status === 302) && method === 'POST'
}

function dropBody(builder: EnvironBuilder): void {
  builder.method = 'GET'
  builder.inputStream = undefined
  builder.contentType = undefined
  builder.contentLength = undefined
  for (const name of bodyFields) builder.headers.remove(name)
}
