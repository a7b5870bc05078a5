import type { Application, WsgiResponse } from '../application.ts'
import type { Environ } from '../environ.ts'

/** Methods that the Fetch standard does not let a `Request` have. */
const forbiddenMethods: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/**
 * Serves a Fetch handler as an application: `export default { fetch }` of Hono and others.
 *
 * @param handler - Called with the request and its environ.
 */
export function fromFetch(
  handler: (request: Request, environ: Environ) => Response | Promise<Response>,
): Application {
  return (environ) => {
    if (forbiddenMethods.has(environ.method)) return notAllowed(environ.method)
    const response = handler(requestOf(environ), environ)
    return response instanceof Promise ? response.then(responseOf) : responseOf(response)
  }
}

function notAllowed(method: string): WsgiResponse {
  const headers = [['Content-Type', 'text/plain; charset=utf-8']] as const
  return { status: 405, headers, body: `The Fetch standard has no ${method} requests.\n` }
}

/** The `Request` of an environ. A body is handed on as it comes; GET and HEAD cannot have one in Fetch. */
function requestOf(environ: Environ): Request {
  const { method, body } = environ
  const host = environ.headers.get('host') ?? ''
  const target = environ.target.startsWith('/') ? environ.target : '/'
  const headers = new Headers()
  for (const [name, value] of environ.headers) headers.append(name, value)
  const init: RequestInit & { duplex?: 'half' } = { method, headers, signal: environ.signal }
  if (method !== 'GET' && method !== 'HEAD' && body.length !== 0) {
    init.body = (body.bytes ?? streamOf(body)) as RequestInit['body']
    init.duplex = 'half'
  }
  return new Request(`${environ.scheme}://${host === '' ? 'localhost' : host}${target}`, init)
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const step = await iterator.next()
      if (step.done === true) controller.close()
      else controller.enqueue(step.value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

function responseOf(response: Response): WsgiResponse {
  const { status, statusText, headers, body } = response
  return {
    status,
    reason: statusText === '' ? undefined : statusText,
    headers: headers as Iterable<[string, string]>,
    body: body as AsyncIterable<Uint8Array> | null,
    close() {
      // A stream that was read to its end is locked or closed; one that nobody read must be let go.
      if (body !== null && !body.locked) void body.cancel()
    },
  }
}
