import type { RequestBody, RequestHeaders } from '../environ.ts'
import { BodyAlreadyRead } from './errors.ts'
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
  #queue: Buffer[] = []
  #queued = 0
  #taken = false
  #dropped = false
  #ended = false
  #failure: Error | undefined
  #sink: ((piece: Buffer) => void) | undefined
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

  /** Whether somebody waits for more of the body. */
  get awaited(): boolean {
    return !this.#ended && (this.#sink !== undefined || this.#wake !== undefined)
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
    const pieces: Buffer[] = []
    let size = 0
    let over = false
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    this.#sink = (piece) => {
      size += piece.length
      over = size > limit
      if (over) this.discard()
      else pieces.push(piece)
      if (over) resolve()
    }
    for (const piece of this.#takeQueue()) if (!over) this.#sink?.(piece)
    if (!this.#ended && this.#failure === undefined && !over) {
      this.#flow.wanted()
      await promise
    }
    this.#sink = undefined
    this.#wake = undefined
    if (over) return undefined
    if (this.#failure !== undefined) throw this.#failure
    return Buffer.concat(pieces, size)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#taken) throw new BodyAlreadyRead()
    this.#taken = true
    try {
      for (;;) {
        for (const piece of this.#takeQueue()) yield piece
        if (this.#queued > 0) continue
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

  #takeQueue(): Buffer[] {
    const pieces = this.#queue
    this.#queue = []
    this.#queued = 0
    return pieces
  }

  /** Takes a piece from the connection. */
  push(piece: Buffer): void {
    if (this.#dropped) return
    if (this.#sink !== undefined) {
      this.#sink(piece)
      return
    }
    this.#queue.push(piece)
    this.#queued += piece.length
    if (this.#wake !== undefined) this.#wake()
    if (this.#queued >= this.#high) this.#flow.full()
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
    this.#queue = []
    this.#queued = 0
    this.#sink = undefined
  }
}
