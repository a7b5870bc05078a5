import type { RequestBody } from '../environ.ts'
import { type BodyFlow, emptyBody, StreamedBody, WholeBody } from './body.ts'
import { ChunkedDecoder } from './chunked.ts'
import { CHUNKED } from './framing.ts'
import { noHeaders } from './headers.ts'
import type { Input } from './input.ts'
import type { Limits } from './limits.ts'

/** Takes the bytes of one body out of a connection's input and hands them to the request. */
export class BodyReceiver {
  readonly body: StreamedBody
  readonly #decoder: ChunkedDecoder | undefined
  #remaining: number
  /** Bytes of the body, framing included, that have arrived. */
  arrived = 0

  constructor(length: number, flow: BodyFlow, limits: Limits) {
    this.#remaining = length
    this.#decoder = length === CHUNKED ? new ChunkedDecoder(limits) : undefined
    this.body = new StreamedBody(length === CHUNKED ? undefined : length, flow, limits.bodyBuffer)
  }

  /** How many bytes are still to come at the least. */
  get outstanding(): number {
    return this.#decoder === undefined ? this.#remaining : 1
  }

  /**
   * Takes what belongs to the body.
   *
   * @returns Whether the body is complete.
   * @throws RequestRefused if its framing is broken.
   */
  receive(input: Input): boolean {
    const before = input.at
    if (this.#decoder === undefined) {
      const size = Math.min(this.#remaining, input.size)
      if (size > 0) this.body.push(input.bytes.subarray(input.at, input.at + size))
      input.at += size
      this.#remaining -= size
    } else {
      const push = (piece: Buffer): void => this.body.push(piece)
      input.at = this.#decoder.decode(input.bytes, input.at, input.end, push)
    }
    this.arrived += input.at - before
    const done = this.#decoder === undefined ? this.#remaining === 0 : this.#decoder.done
    if (done) this.body.end(this.#decoder?.trailers ?? noHeaders)
    return done
  }
}

/**
 * The body that follows a head, if all of it has arrived.
 *
 * @param length - As `frame` returned it.
 * @returns The body, or `undefined` if more is to come; then the input is where it was.
 * @throws RequestRefused if a chunked body is broken.
 */
export function wholeBody(length: number, input: Input, limits: Limits): RequestBody | undefined {
  if (length === 0) return emptyBody
  if (length !== CHUNKED) {
    if (input.size < length) return undefined
    const body = new WholeBody(input.bytes, input.at, length)
    input.at += length
    return body
  }
  const decoder = new ChunkedDecoder(limits)
  const pieces: Buffer[] = []
  const at = decoder.decode(input.bytes, input.at, input.end, (piece) => pieces.push(piece))
  if (!decoder.done) return undefined
  input.at = at
  const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  return new WholeBody(bytes, 0, bytes.length, decoder.trailers)
}
