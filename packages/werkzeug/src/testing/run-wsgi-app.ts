import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { Headers } from '../datastructures/headers.ts'
import { encodePart, isAsyncBody, isFileBody, partsOf } from '../message/body-kinds.ts'
import { readFilePart } from '../message/file-part.ts'

/** The answer of an application, with its header as a `Headers` of its own. */
export interface AppAnswer extends WsgiResponse {
  readonly headers: Headers
}

/**
 * Runs an application as a server would.
 *
 * @param app - The application.
 * @param environ - The request.
 * @param options - `buffered` (unless it is `false`) reads the body to its end and closes the answer.
 */
export async function runWsgiApp(
  app: Application,
  environ: Environ,
  options: { readonly buffered?: boolean } = {},
): Promise<AppAnswer> {
  const answer = await app(environ)
  const headers = new Headers(answer.headers)
  const { status, reason } = answer
  if (options.buffered === false) {
    return { status, reason, headers, body: answer.body, close: () => answer.close?.() }
  }
  try {
    return { status, reason, headers, body: await wholeBody(answer) }
  } finally {
    answer.close?.()
  }
}

async function wholeBody({ body }: WsgiResponse): Promise<Buffer> {
  if (isFileBody(body)) return readFilePart(body)
  const pieces: Buffer[] = []
  if (isAsyncBody(body)) for await (const part of body) pieces.push(encodePart(part))
  else for (const part of partsOf(body)) pieces.push(encodePart(part))
  return Buffer.concat(pieces)
}
