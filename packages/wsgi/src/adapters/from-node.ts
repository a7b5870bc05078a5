import { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Application, WsgiResponse } from '../application.ts'
import type { Environ } from '../environ.ts'
import { hopByHop } from './close-once.ts'
import { ResponseSocket } from './node-socket.ts'

/** What else a Node application handles. */
export interface FromNodeOptions {
  /** The listener of `node:http`'s `upgrade` event: a WebSocket library's, for instance. */
  readonly upgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined
}

/**
 * Serves a Node listener as an application: Express, Fastify's `app.routing`, Hono's `getRequestListener`, or a plain
 * function. Node's own request and response objects are used, so that frameworks find all that they expect.
 *
 * @example
 * new Server(fromNode(express().get('/', (req, res) => res.send('hello'))))
 */
export function fromNode(
  listener: (request: IncomingMessage, response: ServerResponse) => unknown,
  options: FromNodeOptions = {},
): Application {
  return (environ) => {
    if (environ.upgrade !== undefined && options.upgrade !== undefined) {
      const { socket, head } = environ.upgrade.take()
      options.upgrade(incomingMessage(environ, socket), socket, Buffer.from(head))
      return { status: 200, headers: [], body: null }
    }
    return callListener(listener, environ)
  }
}

/**
 * Node's request object for an environ.
 *
 * @param socket - What its `socket` is to be.
 */
function incomingMessage(environ: Environ, socket: Duplex): IncomingMessage {
  const request = new IncomingMessage(socket as never)
  const minor = environ.protocol === 'HTTP/1.0' ? 0 : 1
  request.method = environ.method
  request.url = environ.target
  request.httpVersion = `1.${minor}`
  request.httpVersionMajor = 1
  request.httpVersionMinor = minor
  const headers: Record<string, string> = {}
  for (const [name, value] of environ.headers) {
    request.rawHeaders.push(name, value)
    const key = name.toLowerCase()
    headers[key] ??= environ.headers.get(key) ?? value
  }
  request.headers = headers
  return request
}

function fillBody(request: IncomingMessage, environ: Environ): void {
  const { body } = environ
  const end = (): void => {
    request.complete = true
    request.push(null)
  }
  if (body.bytes !== undefined) {
    request._read = () => {}
    if (body.bytes.length > 0) request.push(body.bytes)
    end()
    return
  }
  let iterator: AsyncIterator<Uint8Array> | undefined
  request._read = (size) => {
    // Node's own method lets the stream ask for more by itself from its first reading on.
    IncomingMessage.prototype._read.call(request, size)
    iterator ??= body[Symbol.asyncIterator]()
    iterator.next().then(
      (step) => (step.done === true ? end() : request.push(step.value)),
      (error: Error) => request.destroy(error),
    )
  }
}

function callListener(
  listener: (request: IncomingMessage, response: ServerResponse) => unknown,
  environ: Environ,
): Promise<WsgiResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<WsgiResponse>()
  const socket: ResponseSocket = new ResponseSocket(environ, (head) => {
    // What the listener writes in the same tick belongs to a response that is there whole.
    process.nextTick(() => resolve(responseOf(head, socket, response)))
  })
  const request = incomingMessage(environ, socket)
  fillBody(request, environ)
  const response = new ServerResponse(request)
  // The engine frames the body, tells the date and decides about the connection.
  response.useChunkedEncodingByDefault = false
  response.shouldKeepAlive = true
  response.assignSocket(socket as never)
  response.on('finish', () => socket.finish())
  socket.on('drain', () => response.emit('drain'))
  socket.once('close', () => reject(new Error('the listener destroyed its response before it began')))
  environ.signal.addEventListener('abort', () => {
    if (!response.writableFinished) abortListener(request, response, socket)
  })
  try {
    const returned = listener(request, response)
    if (returned instanceof Promise) returned.catch(reject)
  } catch (error) {
    reject(error)
  }
  return promise
}

/** The client is gone: the framework hears what Node's server would tell it. */
function abortListener(request: IncomingMessage, response: ServerResponse, socket: ResponseSocket): void {
  socket.destroy()
  if (!request.readableEnded) request.destroy()
  response.emit('close')
}

function responseOf(head: string, socket: ResponseSocket, response: ServerResponse): WsgiResponse {
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers: [string, string][] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    if (!hopByHop.has(name.toLowerCase())) headers.push([name, line.slice(colon + 1).trim()])
  }
  const status = Number(statusLine.slice(9, 12))
  const reason = statusLine.slice(13)
  const close = (): void => {
    response.emit('close')
    if (!response.writableFinished) socket.destroy()
  }
  return { status, reason, headers, body: bodyOf(socket, response), close }
}

function bodyOf(socket: ResponseSocket, response: ServerResponse): WsgiResponse['body'] {
  return response.writableEnded && socket.writableLength === 0 ? socket.takeAll() : socket.body()
}
