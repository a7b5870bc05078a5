import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Application, WsgiResponse } from '../application.ts'
import type { EngineHooks } from '../engine/hooks.ts'
import { errorResponse } from '../engine/response-size.ts'
import { closeOnce, hopByHop } from './close-once.ts'
import { NodeEnviron, type NodeRequestSupport } from './node-environ.ts'
import { bodyPieces } from './response-stream.ts'

/** How an application becomes a Node listener. */
export interface ToNodeOptions {
  /** Told of requests and failures as the engine tells it; without `failed`, failures go to `console.error`. */
  readonly hooks?: EngineHooks | undefined
  /** Where the application is mounted, beside what Express says. */
  readonly scriptName?: string | undefined
}

/** A listener of `node:http`'s `request` event, which Express, Connect and Fastify's middie take as well. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void

/**
 * An application as a Node listener.
 *
 * @example
 * http.createServer(toNode(app)).listen(8000)
 * express().use('/old', toNode(app))
 */
export function toNode(application: Application, options: ToNodeOptions = {}): NodeListener {
  return (request, response) => {
    void answer(application, request, response, options, { scriptName: options.scriptName })
  }
}

/** Answers one request. It never rejects. */
export async function answer(
  application: Application,
  request: IncomingMessage,
  response: ServerResponse,
  options: ToNodeOptions,
  support: NodeRequestSupport,
): Promise<void> {
  const hooks = options.hooks ?? {}
  const environ = new NodeEnviron(request, support)
  const began = performance.now()
  const sender = new NodeSender(request, response)
  response.once('close', () => {
    if (!response.writableFinished) environ.abort()
    sender.close()
  })
  hooks.requestStarted?.(environ)
  try {
    await sender.send(await application(environ))
  } catch (error) {
    if (!environ.signal.aborted) {
      if (hooks.failed !== undefined) hooks.failed(error, environ)
      else console.error(`wsgi: the application failed on ${environ.method} ${environ.target}\n`, error)
    }
    sender.fail()
  }
  hooks.requestEnded?.({
    environ,
    status: sender.status,
    bytes: sender.bytes,
    duration: performance.now() - began,
    headers: sender.headers,
    complete: response.writableEnded && !environ.signal.aborted,
  })
}

/** Sends one `WsgiResponse` through Node's response object. */
class NodeSender {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  status = 0
  bytes = 0
  headers: Iterable<readonly [name: string, value: string]> = []
  close: () => void = () => {}

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request
    this.#response = response
  }

  async send(response: WsgiResponse): Promise<void> {
    this.close = closeOnce(response)
    try {
      if (this.#response.destroyed || this.#response.headersSent) return
      this.#writeHead(response)
      await this.#writeBody(response)
    } finally {
      this.close()
    }
  }

  #writeHead(response: WsgiResponse): void {
    const pairs: string[] = []
    const isHttp2 = this.#request.httpVersionMajor >= 2
    const hasLength = [...response.headers].some(([name]) => name.toLowerCase() === 'content-length')
    for (const [name, value] of response.headers) {
      if (!hopByHop.has(name.toLowerCase())) pairs.push(name, value)
    }
    const size = sizeOf(response)
    const tellsSize = size !== undefined && (size > 0 || this.#request.method !== 'HEAD')
    if (!hasLength && tellsSize && response.status !== 204 && response.status !== 304) {
      pairs.push('Content-Length', String(size))
    }
    if (response.reason !== undefined && !isHttp2) this.#response.statusMessage = response.reason
    this.status = response.status
    this.headers = response.headers
    if (isHttp2) this.#setHttp2Headers(response.status, pairs)
    else this.#response.writeHead(response.status, pairs)
  }

  /** HTTP/2's response knows no list of pairs, and wants repeated fields together. */
  #setHttp2Headers(status: number, pairs: readonly string[]): void {
    const fields = new Map<string, string[]>()
    for (let i = 0; i < pairs.length; i += 2) {
      const name = pairs[i]!.toLowerCase()
      fields.set(name, [...(fields.get(name) ?? []), pairs[i + 1]!])
    }
    for (const [name, values] of fields)
      this.#response.setHeader(name, values.length === 1 ? values[0]! : values)
    this.#response.writeHead(status)
  }

  async #writeBody({ body, status }: WsgiResponse): Promise<void> {
    const out = this.#response
    const bodiless = this.#request.method === 'HEAD' || status === 204 || status === 304
    if (bodiless || body === null) {
      await ended(out)
    } else if (typeof body === 'string' || body instanceof Uint8Array) {
      this.bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
      await ended(out, body)
    } else {
      for await (const piece of bodyPieces(body)) {
        if (out.destroyed) return
        this.bytes += piece.byteLength
        if (!out.write(piece)) await drained(out)
      }
      await ended(out)
    }
  }

  /** The application failed: an error page if it is not too late, else the connection is cut. */
  fail(): void {
    this.close()
    const out = this.#response
    if (out.headersSent) {
      out.destroy()
      return
    }
    const page = errorResponse(500)
    this.status = 500
    this.bytes = page.body.length
    for (const name of out.getHeaderNames()) out.removeHeader(name)
    out.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': page.body.length })
    out.end(page.body)
  }
}

function sizeOf({ body }: WsgiResponse): number | undefined {
  if (body === null) return 0
  if (typeof body === 'string') return Buffer.byteLength(body)
  if (body instanceof Uint8Array) return body.byteLength
  return 'file' in body ? body.length : undefined
}

/** Ends a response and waits until it is handed to the system, or the client is gone. */
function ended(out: ServerResponse, last?: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    out.once('close', resolve)
    if (last === undefined) out.end(resolve)
    else out.end(last, () => resolve())
  })
}

function drained(out: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done)
      out.off('close', done)
      resolve()
    }
    out.on('drain', done)
    out.on('close', done)
  })
}
