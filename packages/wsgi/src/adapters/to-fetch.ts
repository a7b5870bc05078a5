import type { Application, FileBody, WsgiResponse } from '../application.ts'
import type { Address, Environ, RequestBody, RequestHeaders } from '../environ.ts'
import { announcedLength, PiecewiseBody } from './body-reading.ts'
import { closeOnce, hopByHop } from './close-once.ts'
import { bodyPieces, type StreamedResponseBody } from './response-stream.ts'

/** What a Fetch server knows of a request beside the `Request`. */
export interface FetchInfo {
  readonly remote?: Address | undefined
  readonly local?: Address | undefined
  /** Where the application is mounted. */
  readonly scriptName?: string | undefined
}

/** How an application becomes a Fetch handler. */
export interface ToFetchOptions {
  /** Gets what the application throws; `console.error` if left out. The client gets a 500. */
  readonly failed?: ((error: unknown, environ: Environ) => void) | undefined
}

/** A handler as Bun, Deno, Workers and service workers call it. */
export type FetchHandler = (request: Request, info?: FetchInfo) => Promise<Response>

/** Up to this size in bytes a file is read before it is sent. */
const wholeFile = 64 * 1024

const nowhere: Address = { host: '', port: 0 }

/** The fields of a `Request`. Their spelling and order are lost in Fetch. */
class FetchHeaders implements RequestHeaders {
  readonly #headers: Headers
  readonly #host: string

  constructor(headers: Headers, host: string) {
    this.#headers = headers
    this.#host = host
  }

  get(name: string): string | undefined {
    const value = this.#headers.get(name)
    if (value !== null) return value
    return name === 'host' ? this.#host : undefined
  }

  has(name: string): boolean {
    return name === 'host' || this.#headers.has(name)
  }

  getAll(name: string): readonly string[] {
    const value = this.get(name)
    return value === undefined ? [] : [value]
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    if (!this.#headers.has('host')) yield ['host', this.#host]
    yield* this.#headers as Iterable<[string, string]>
  }
}

function environOf(request: Request, info: FetchInfo): Environ {
  const url = request.url
  const authority = url.indexOf('//') + 2
  const path = url.indexOf('/', authority)
  const hash = url.indexOf('#', authority)
  return {
    method: request.method,
    target: path < 0 ? '/' : url.slice(path, hash < 0 ? undefined : hash),
    protocol: 'HTTP/1.1',
    scheme: url.startsWith('https:') ? 'https' : 'http',
    headers: new FetchHeaders(request.headers, url.slice(authority, path < 0 ? undefined : path)),
    body: bodyOf(request),
    local: info.local ?? nowhere,
    remote: info.remote ?? nowhere,
    scriptName: info.scriptName ?? '',
    signal: request.signal,
  }
}

function bodyOf(request: Request): RequestBody {
  const { body } = request
  if (body === null) return new PiecewiseBody(0, () => [] as never)
  return new PiecewiseBody(announcedLength(request.headers.get('content-length')), () => streamPieces(body))
}

/** Reads a web stream by its reader: not every runtime makes it iterable. */
async function* streamPieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let done = false
  try {
    for (;;) {
      const step = await reader.read()
      if (step.done) {
        done = true
        return
      }
      yield step.value
    }
  } finally {
    if (!done) await reader.cancel()
  }
}

function fetchResponse(request: Request, response: WsgiResponse): Response | Promise<Response> {
  const close = closeOnce(response)
  const headers = new Headers()
  for (const [name, value] of response.headers)
    if (!hopByHop.has(name.toLowerCase())) headers.append(name, value)
  const init = { status: response.status, headers, statusText: response.reason ?? '' }
  const { body, status } = response
  const bodiless = request.method === 'HEAD' || status === 204 || status === 205 || status === 304
  if (body === null || bodiless || typeof body === 'string' || body instanceof Uint8Array) {
    try {
      return new Response(bodiless ? null : (body as string | null), init)
    } finally {
      close()
    }
  }
  if ('file' in body && body.length <= wholeFile) return fileResponse(body, init, close)
  return new Response(streamOf(body, close) as ReadableStream<Uint8Array>, init)
}

/** A small file is sent whole: some servers leave out the length of whatever is streamed. */
async function fileResponse(body: FileBody, init: ResponseInit, close: () => void): Promise<Response> {
  const bytes = new Uint8Array(body.length)
  let at = 0
  try {
    for await (const piece of bodyPieces(body)) {
      bytes.set(piece, at)
      at += piece.byteLength
    }
  } finally {
    close()
  }
  return new Response(bytes, init)
}

function streamOf(body: StreamedResponseBody, close: () => void): ReadableStream<Uint8Array> {
  const pieces = bodyPieces(body)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const step = await pieces.next()
        if (step.done !== true) {
          controller.enqueue(step.value)
          return
        }
        close()
        controller.close()
      } catch (error) {
        close()
        controller.error(error)
      }
    },
    async cancel() {
      close()
      await pieces.return(undefined)
    },
  })
}

/**
 * An application as a Fetch handler, for Bun, Deno, Workers and everything else that serves `Request` to `Response`.
 *
 * @example
 * Bun.serve({ fetch: toFetch(app) })
 * @see https://fetch.spec.whatwg.org/
 */
export function toFetch(application: Application, options: ToFetchOptions = {}): FetchHandler {
  return async (request, info = {}) => {
    const environ = environOf(request, info)
    let response: WsgiResponse | undefined
    try {
      response = await application(environ)
      return await fetchResponse(request, response)
    } catch (error) {
      if (options.failed !== undefined) options.failed(error, environ)
      else console.error(`wsgi: the application failed on ${environ.method} ${environ.target}\n`, error)
      const headers = { 'Content-Type': 'text/plain; charset=utf-8' }
      return new Response('Internal Server Error\n', { status: 500, headers })
    }
  }
}
