import type { RequestBody, RequestHeaders } from '../environ.ts'
import { BodyAlreadyRead } from './errors.ts'
import { Gatherer } from './gatherer.ts'
import { noHeaders } from './headers.ts'

const nothing = new Uint8Array(0)

/** The body of a request that has none. */
class EmptyBody implements RequestBody {
  readonly length = 0
  readonly bytes = nothing
  readonly trailers: RequestHeaders = noHeaders

  async read(): Promise<Uint8Array> {
    return nothing
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {}
}

/** The one body of all requests without one. */
export const emptyBody: RequestBody = new EmptyBody()

/** A body that had arrived whole together with its head. */
export class WholeBody implements RequestBody {
  readonly #source: Buffer
  readonly #from: number
  readonly length: number
  readonly trailers: RequestHeaders
  #bytes: Uint8Array | undefined

  constructor(source: Buffer, from: number, length: number, trailers: RequestHeaders = noHeaders) {
    this.#source = source
    this.#from = from
    this.length = length
    this.trailers = trailers
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#source.subarray(this.#from, this.#from + this.length)
    return this.#bytes
  }

  async read(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    return this.length > limit ? undefined : this.bytes
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.length > 0) yield this.bytes
  }
}

/** What a body that is still arriving asks of its connection. */
export interface BodyFlow {
  /** The application wants the body: send `100 Continue` where it is waited for, and read on. */
  wanted(): void
  /** Enough is buffered: stop reading. */
  full(): void
}

/** A body that arrives while the application runs. */
export class StreamedBody implements RequestBody {
  readonly length: number | undefined
  readonly #flow: BodyFlow
  readonly #high: number
  readonly #queue = new Gatherer()
  #taken = false
  #dropped = false
  #ended = false
  #failure: Error | undefined
  /** Whether the whole body is being read, up to the limit. */
  #collecting = false
  #limit = Number.POSITIVE_INFINITY
  #wake: (() => void) | undefined
  #trailers: RequestHeaders = noHeaders

  /**
   * @param length - The announced size, `undefined` for a chunked body.
   * @param high - How many bytes to buffer before reading stops.
   */
  constructor(length: number | undefined, flow: BodyFlow, high: number) {
    this.length = length
    this.#flow = flow
    this.#high = high
  }

  get bytes(): undefined {
    return undefined
  }

  get trailers(): RequestHeaders {
    return this.#trailers
  }

  /** Whether nobody will look at what is still to come. */
  get dropped(): boolean {
    return this.#dropped
  }

  /** Whether somebody waits for more of the body. */
  get awaited(): boolean {
    return !this.#ended && this.#wake !== undefined
  }

  read(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    if (this.#taken) return Promise.reject(new BodyAlreadyRead())
    this.#taken = true
    if (this.length !== undefined && this.length > limit) {
      this.discard()
      return Promise.resolve(undefined)
    }
    return this.#collect(limit)
  }

  async #collect(limit: number): Promise<Uint8Array | undefined> {
    const over = (): boolean => this.#queue.size > limit
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    this.#collecting = true
    this.#limit = limit
    if (!this.#ended && this.#failure === undefined && !over()) {
      this.#flow.wanted()
      await promise
    }
    this.#collecting = false
    this.#wake = undefined
    if (over()) {
      this.discard()
      return undefined
    }
    if (this.#failure !== undefined) throw this.#failure
    const { size } = this.#queue
    const pieces = this.#queue.take()
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, size)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#taken) throw new BodyAlreadyRead()
    this.#taken = true
    try {
      for (;;) {
        yield* this.#queue.take()
        if (this.#queue.size > 0) continue
        if (this.#failure !== undefined) throw this.#failure
        if (this.#ended) return
        const { promise, resolve } = Promise.withResolvers<void>()
        this.#wake = resolve
        this.#flow.wanted()
        await promise
        this.#wake = undefined
      }
    } finally {
      if (!this.#ended) this.discard()
    }
  }

  /** Takes a piece from the connection. */
  push(piece: Buffer): void {
    if (this.#dropped) return
    this.#queue.add(piece)
    if (this.#collecting) {
      if (this.#queue.size > this.#limit) {
        this.#dropped = true
        this.#wake?.()
      }
      return
    }
    if (this.#wake !== undefined) this.#wake()
    if (this.#queue.size >= this.#high) this.#flow.full()
  }

  /** The body is complete. */
  end(trailers: RequestHeaders): void {
    this.#ended = true
    this.#trailers = trailers
    this.#wake?.()
  }

  /** The rest of the body will never come, or is not to be trusted. */
  fail(error: Error): void {
    if (this.#ended) return
    this.#failure ??= error
    this.#wake?.()
  }

  /** Nobody wants the rest: what comes is dropped. */
  discard(): void {
    this.#dropped = true
    this.#queue.take()
  }
}
