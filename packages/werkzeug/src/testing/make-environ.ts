import type { Address, Environ, RequestBody } from '@flask-ts/wsgi'
import { HeaderList } from '../wrappers/header-list.ts'

/** What an environ can be made from; what is left out has the default of a plain GET. */
export interface EnvironParts {
  /** `GET` unless given. */
  readonly method?: string | undefined
  /** Path and query as on the wire, mount point included; `/` unless given. */
  readonly target?: string | undefined
  readonly protocol?: string | undefined
  readonly scheme?: 'http' | 'https' | undefined
  readonly headers?: Iterable<readonly [name: string, value: string]> | undefined
  /** The body, or something that yields it as if it came over the network. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array> | undefined
  /** Our own end; `localhost`, port 80 unless given. */
  readonly local?: Address | undefined
  /** The client's end; `127.0.0.1` unless given. */
  readonly remote?: Address | undefined
  /** Mount point, decoded. */
  readonly scriptName?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** A body that is there already. */
class MemoryBody implements RequestBody {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get length(): number {
    return this.bytes.length
  }

  async read(limit = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    return this.length > limit ? undefined : this.bytes
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.length > 0) yield this.bytes
  }
}

/** A body that is still to come. */
class StreamBody implements RequestBody {
  readonly bytes = undefined
  readonly length: number | undefined
  readonly #source: AsyncIterable<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>, length: number | undefined) {
    this.#source = source
    this.length = length
  }

  async read(limit = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    if ((this.length ?? 0) > limit) return undefined
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of this.#source) {
      size += piece.length
      if (size > limit) return undefined
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#source[Symbol.asyncIterator]()
  }
}

function bodyOf(body: EnvironParts['body'], headers: HeaderList): RequestBody {
  if (body === undefined || body instanceof Uint8Array) return new MemoryBody(body ?? new Uint8Array())
  const length = headers.get('content-length')
  return new StreamBody(body, length === undefined ? undefined : Number(length))
}

/**
 * Makes an environ from its parts as they are on the wire. {@link createEnviron} is the comfortable way.
 */
export function makeEnviron(parts: EnvironParts = {}): Environ {
  const headers = new HeaderList(parts.headers ?? [])
  return {
    method: parts.method ?? 'GET',
    target: parts.target ?? '/',
    protocol: parts.protocol ?? 'HTTP/1.1',
    scheme: parts.scheme ?? 'http',
    headers,
    body: bodyOf(parts.body, headers),
    local: parts.local ?? { host: 'localhost', port: 80 },
    remote: parts.remote ?? { host: '127.0.0.1', port: 0 },
    scriptName: parts.scriptName ?? '',
    signal: parts.signal ?? new AbortController().signal,
  }
}
