import { appendSlashRedirect, getContentType, Response, redirect, sendFile } from '@flask-ts/werkzeug'
import { makeEnviron } from '@flask-ts/werkzeug/testing'

/** A response that makes its `Location` absolute. */
class AbsoluteResponse extends Response {
  static override readonly autocorrectLocationHeader = true
}

function summary(response: Response): unknown {
  return {
    status: response.status,
    location: response.headers.get('Location'),
    content_type: response.headers.get('Content-Type'),
    body: response.getData({ asText: true }),
  }
}

/** What a client would send for a decoded path. */
function wirePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

export function redirectTo(location: string, code?: number): unknown {
  return summary(redirect(location, code))
}

export function redirectToSlash(path: string, query: string): unknown {
  const target = wirePath(path) + (query === '' ? '' : `?${query}`)
  return summary(appendSlashRedirect(makeEnviron({ target })))
}

export function contentType(mimetype: string, charset: string): string {
  return getContentType(mimetype, charset)
}

export function downloadType(name: string, options: { as_attachment?: boolean }): unknown {
  const response = sendFile(new Uint8Array(), makeEnviron(), {
    downloadName: name,
    asAttachment: options.as_attachment,
  })
  return {
    content_type: response.headers.get('Content-Type'),
    content_encoding: response.headers.get('Content-Encoding'),
  }
}

export function servedLocation(
  location: string,
  base: { readonly base_url: string; readonly path: string },
  options: { readonly autocorrect: boolean },
): unknown {
  const url = new URL(base.base_url)
  const scriptName = url.pathname.replace(/\/$/, '')
  const environ = makeEnviron({
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    target: scriptName + wirePath(base.path),
    scriptName,
    headers: [['Host', url.host]],
  })
  const response = new (options.autocorrect ? AbsoluteResponse : Response)('')
  response.headers.set('Location', location)
  return response.getWsgiHeaders(environ).get('Location')
}
