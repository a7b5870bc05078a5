import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { ClientDisconnected } from '../engine/errors.ts'
import { headersFromPairs } from '../engine/headers.ts'
import type { Address, Environ, RequestBody, RequestHeaders, TlsInfo, Upgrade } from '../environ.ts'
import { tlsInfoOf } from '../server/tls.ts'
import { announcedLength, PiecewiseBody } from './body-reading.ts'

/** What some frameworks add to Node's request. */
interface FrameworkRequest extends IncomingMessage {
  /** Express: the target as it came, where `url` lost the mount point. */
  readonly originalUrl?: string
  /** Express: the mount point. */
  readonly baseUrl?: string
  /** Cloud functions: the body, which was read before the listener was called. */
  readonly rawBody?: Uint8Array
  /** HTTP/2. */
  readonly authority?: string
}

/** What a Node server can do for a request beyond its message. */
export interface NodeRequestSupport {
  /** Sends `100 Continue`, for a request that waits for it. */
  readonly sendContinue?: (() => void) | undefined
  /** The socket and first bytes of a request that asks for another protocol. */
  readonly upgrade?:
    | { readonly socket: Duplex; readonly head: Uint8Array; readonly taken: () => void }
    | undefined
  readonly scriptName?: string | undefined
}

/** A request of `node:http` or `node:http2` as an environ. */
export class NodeEnviron implements Environ {
  readonly self: NodeEnviron = this
  readonly method: string
  readonly target: string
  readonly protocol: string
  readonly scheme: 'http' | 'https'
  readonly headers: RequestHeaders
  readonly body: RequestBody
  readonly local: Address
  readonly remote: Address
  readonly scriptName: string
  readonly upgrade: Upgrade | undefined
  readonly #request: FrameworkRequest
  readonly #controller = new AbortController()

  constructor(message: IncomingMessage, support: NodeRequestSupport = {}) {
    const request: FrameworkRequest = message
    this.#request = request
    const { socket } = request
    const target = request.originalUrl ?? request.url ?? '/'
    this.method = request.method ?? 'GET'
    this.target = /^https?:\/\//i.test(target)
      ? target.replace(/^[^/]*\/\/[^/?]*/, '').replace(/^(?!\/)/, '/')
      : target
    this.protocol = `HTTP/${request.httpVersion}`
    this.scheme = (socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http'
    this.headers = headersFromPairs(fieldPairs(request))
    this.body = bodyOf(request, this.headers, support.sendContinue)
    this.local = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    this.remote = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    this.scriptName = `${support.scriptName ?? ''}${decoded(request.baseUrl ?? '')}`
    this.upgrade = upgradeOf(this.headers, support.upgrade)
  }

  get signal(): AbortSignal {
    return this.self.#controller.signal
  }

  get tls(): TlsInfo | undefined {
    return this.self.scheme === 'https' ? tlsInfoOf(this.self.#request.socket as TLSSocket) : undefined
  }

  /** The client is gone before the response was complete. */
  abort(): void {
    this.#controller.abort(new ClientDisconnected())
  }
}

/** The fields as they came; HTTP/2's pseudo-fields are no fields, but its authority stands for Host. */
function* fieldPairs(request: FrameworkRequest): Generator<readonly [string, string]> {
  const { rawHeaders, authority } = request
  if (authority !== undefined && authority !== '' && request.headers.host === undefined)
    yield ['Host', authority]
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!
    if (!name.startsWith(':') && !name.includes('_')) yield [name, rawHeaders[i + 1]!]
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // A mount point that is no valid encoding is taken as it stands.
    return path
  }
}

function bodyOf(request: FrameworkRequest, headers: RequestHeaders, sendContinue?: () => void): RequestBody {
  const { rawBody } = request
  if (rawBody !== undefined) return new PiecewiseBody(rawBody.byteLength, () => once(rawBody))
  const announced = announcedLength(headers.get('content-length'))
  const isHttp2 = request.httpVersionMajor >= 2
  const hasBody =
    announced !== undefined || headers.has('transfer-encoding') || (isHttp2 && !request.readableEnded)
  const ended = isHttp2 && request.complete && request.readableLength === 0
  const length = !hasBody || ended ? 0 : announced
  return new PiecewiseBody(length, () => {
    sendContinue?.()
    return request as AsyncIterable<Uint8Array>
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function upgradeOf(headers: RequestHeaders, support: NodeRequestSupport['upgrade']): Upgrade | undefined {
  if (support === undefined) return undefined
  return {
    protocol: headers.get('upgrade') ?? '',
    take() {
      support.taken()
      return { socket: support.socket, head: support.head }
    },
  }
}
