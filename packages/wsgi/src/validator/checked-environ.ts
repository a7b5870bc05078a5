import type { Environ, RequestBody, RequestHeaders } from '../environ.ts'
import { ContractViolation, shown } from './rules.ts'

/** The same environ, watching what the application does with it and what the body gives. */
export function checkedEnviron(environ: Environ): Environ {
  const headers = new CheckedHeaders(environ.headers)
  const body = new CheckedBody(environ.body)
  const checked: Environ = Object.create(environ)
  const names = [
    'method',
    'target',
    'protocol',
    'scheme',
    'local',
    'remote',
    'scriptName',
    'signal',
    'upgrade',
    'tls',
  ] as const
  for (const name of names) watch(checked, name, () => environ[name])
  watch(checked, 'headers', () => headers)
  watch(checked, 'body', () => body)
  return checked
}

function watch(target: Environ, name: keyof Environ, get: () => unknown): void {
  Object.defineProperty(target, name, {
    get,
    set(value: unknown) {
      throw new ContractViolation('application-read-only', `${name} was set to ${shown(value)}`)
    },
    enumerable: true,
    configurable: true,
  })
}

class CheckedHeaders implements RequestHeaders {
  readonly #inner: RequestHeaders

  constructor(inner: RequestHeaders) {
    this.#inner = inner
  }

  get(name: string): string | undefined {
    return this.#inner.get(lower(name))
  }

  has(name: string): boolean {
    return this.#inner.has(lower(name))
  }

  getAll(name: string): readonly string[] {
    return this.#inner.getAll(lower(name))
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#inner[Symbol.iterator]()
  }
}

function lower(name: string): string {
  if (typeof name !== 'string' || name !== name.toLowerCase()) {
    throw new ContractViolation('application-lower-case', `a header was looked up as ${shown(name)}`)
  }
  return name
}

class CheckedBody implements RequestBody {
  readonly #inner: RequestBody
  #taken = false

  constructor(inner: RequestBody) {
    this.#inner = inner
  }

  get length(): number | undefined {
    return this.#inner.length
  }

  get bytes(): Uint8Array | undefined {
    return this.#inner.bytes
  }

  get trailers(): RequestHeaders | undefined {
    return this.#inner.trailers
  }

  #take(): void {
    if (this.#taken) throw new ContractViolation('application-body-once', 'the body was read a second time')
    this.#taken = true
  }

  async read(limit?: number): Promise<Uint8Array | undefined> {
    if (limit !== undefined && !(typeof limit === 'number' && limit >= 0)) {
      throw new ContractViolation('application-read-limit', `the limit is ${shown(limit)}`)
    }
    this.#take()
    const bytes: unknown = await this.#inner.read(limit)
    if (bytes === undefined && limit !== undefined) return undefined
    if (!(bytes instanceof Uint8Array) || (limit !== undefined && bytes.byteLength > limit)) {
      const found = bytes instanceof Uint8Array ? `${bytes.byteLength} bytes` : shown(bytes)
      throw new ContractViolation('environ-body-read', `read(${limit ?? ''}) gave ${found}`)
    }
    return bytes
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    this.#take()
    let size = 0
    for await (const piece of this.#inner as AsyncIterable<unknown>) {
      if (!(piece instanceof Uint8Array) || piece.byteLength === 0) {
        throw new ContractViolation('environ-body-pieces', `a piece is ${shown(piece)}`)
      }
      size += piece.byteLength
      yield piece
    }
    if (this.length !== undefined && size !== this.length) {
      throw new ContractViolation('environ-body-pieces', `the pieces have ${size} bytes, not ${this.length}`)
    }
  }
}
