import type { FileBody, WsgiResponse } from '../application.ts'
import type { BodyWriter } from './body-writer.ts'
import { isFileBody, openFileBody, sendFile } from './file-body.ts'
import type { Outgoing } from './outgoing.ts'
import { trailerSection } from './response-head.ts'
import { wholeSize } from './response-size.ts'

/** Larger pieces are sent at the client's pace instead of being handed to the socket at once. */
export const pacedSize = 128 * 1024

type Pieces = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/** What the sending of a stream needs of its exchange. */
export interface StreamOwner {
  readonly out: Outgoing
  /** Whether the answer has no body because the request is HEAD. */
  readonly isHead: boolean
  /** Whether the exchange is over, because the client has gone for instance. */
  isOver(): boolean
  /** Sends the head; `size` is the body's where it is known, else -1. */
  begin(size: number): BodyWriter
  takesTrailers(): boolean
  /** The response is written to its end. */
  done(): void
}

/** The sending of one response whose body is not there whole, or too large to be handed over at once. */
export class StreamedResponse {
  readonly #response: WsgiResponse
  readonly #owner: StreamOwner
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined

  constructor(response: WsgiResponse, owner: StreamOwner) {
    this.#response = response
    this.#owner = owner
  }

  /**
   * Sends head and body. It stays in the tick in which it was called as long as the body and the client allow.
   *
   * @throws What the body throws, and InvalidResponse.
   */
  async send(): Promise<void> {
    const body = this.#response.body as Exclude<WsgiResponse['body'], null>
    if (typeof body === 'object' && isFileBody(body)) await this.#sendFile(body)
    else await this.#sendPieces(body as Pieces)
  }

  async #sendFile(body: FileBody): Promise<void> {
    const owner = this.#owner
    if (owner.isHead || this.#response.status === 304) {
      owner.begin(body.length)
      owner.done()
      return
    }
    const handle = await openFileBody(body)
    try {
      if (owner.isOver()) return
      const writer = owner.begin(body.length)
      await sendFile(handle, body, owner.out)
      writer.written = body.length
      owner.done()
    } finally {
      await handle.close()
    }
  }

  async #sendPieces(body: Pieces): Promise<void> {
    const owner = this.#owner
    const writer = owner.begin(wholeSize(body))
    if (writer.framing === 'none') {
      owner.done()
      return
    }
    if (typeof body === 'string' || body instanceof Uint8Array) await writer.writePaced(body)
    else if (Symbol.asyncIterator in body) await this.#pumpAsync(writer, body)
    else await this.#pump(writer, body)
    if (owner.isOver()) return
    const { trailers } = this.#response
    if (trailers !== undefined && writer.framing === 'chunked' && owner.takesTrailers()) {
      writer.end(trailerSection(trailers.call(this.#response)))
    } else {
      writer.end()
    }
    owner.done()
  }

  /** Sends a plain iterable, without leaving the tick as long as the client keeps up. */
  async #pump(writer: BodyWriter, body: Iterable<string | Uint8Array>): Promise<void> {
    const owner = this.#owner
    const iterator = body[Symbol.iterator]()
    this.#iterator = iterator
    for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
      if (step.value.length > pacedSize) await writer.writePaced(step.value)
      else writer.write(step.value)
      if (owner.out.mustWait) await owner.out.drained()
      if (owner.isOver()) return
    }
    this.#iterator = undefined
  }

  async #pumpAsync(writer: BodyWriter, body: AsyncIterable<string | Uint8Array>): Promise<void> {
    const iterator = body[Symbol.asyncIterator]()
    this.#iterator = iterator
    // The head must not wait for a first piece that may be long in coming.
    this.#owner.out.flushSoon()
    for (;;) {
      const step = await iterator.next()
      if (this.#owner.isOver()) return
      if (step.done === true) break
      await writer.writePaced(step.value)
    }
    this.#iterator = undefined
  }

  /**
   * Ends the iteration before its time. An async generator that is waiting takes notice when it goes on; nobody can
   * wait for that here.
   *
   * @param report - Gets what the iterator throws at its end.
   */
  stop(report: (error: unknown) => void): void {
    const iterator = this.#iterator
    this.#iterator = undefined
    try {
      const stopped: unknown = iterator?.return?.()
      if (stopped instanceof Promise) stopped.catch(report)
    } catch (error) {
      report(error)
    }
  }
}
