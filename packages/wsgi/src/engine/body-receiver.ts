import type { RequestBody } from '../environ.ts'
import { type BodyFlow, emptyBody, StreamedBody, WholeBody } from './body.ts'
import { ChunkedDecoder } from './chunked.ts'
import { CHUNKED } from './framing.ts'
import { noHeaders } from './headers.ts'
import type { Input } from './input.ts'
import type { Intake } from './intake.ts'
import type { Limits } from './limits.ts'
import type { Outgoing } from './outgoing.ts'

/** What the reception of a body has to do with its connection. */
export interface BodyReception {
  readonly out: Outgoing
  readonly intake: Intake
  readonly limits: Limits
  /** Whether the client waits for `100 Continue`. */
  readonly expectContinue: boolean
  /** When the whole request must be there, in milliseconds on the engine's clock. */
  readonly until: number
  /** The application has asked for the body. */
  onWanted(): void
}

/** Takes the bytes of one body out of a connection's input and hands them to the request. */
export class BodyReceiver implements BodyFlow {
  readonly body: StreamedBody
  readonly #reception: BodyReception
  readonly #decoder: ChunkedDecoder | undefined
  #remaining: number
  /** The places of the pieces in what is being decoded, from and to in turn. */
  #noted: number[] = []
  #continueDue: boolean
  /** Bytes of the body, framing included, that have arrived. */
  arrived = 0

  constructor(length: number, reception: BodyReception) {
    const { limits } = reception
    this.#reception = reception
    this.#remaining = length
    this.#continueDue = reception.expectContinue
    this.#decoder = length === CHUNKED ? new ChunkedDecoder(limits) : undefined
    this.body = new StreamedBody(length === CHUNKED ? undefined : length, this, limits.bodyBuffer)
  }

  get until(): number {
    return this.#reception.until
  }

  wanted(): void {
    const { out, intake, onWanted } = this.#reception
    if (this.#continueDue && this.arrived === 0) out.text('HTTP/1.1 100 Continue\r\n\r\n')
    this.#continueDue = false
    intake.resume()
    onWanted()
  }

  full(): void {
    this.#reception.intake.pause()
  }

  /**
   * Whether the rest may be read and dropped to keep the connection: not if it is too long, nor while the client has
   * not said whether it sends the body at all.
   */
  get canBeSkipped(): boolean {
    return !this.#continueDue && this.outstanding <= this.#reception.limits.maxDrain
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
      input.at = this.#decoder.decode(input.bytes, input.at, input.end, (from, to) => this.#note(from, to))
      this.#pushNoted(input.bytes)
    }
    this.arrived += input.at - before
    const done = this.#decoder === undefined ? this.#remaining === 0 : this.#decoder.done
    if (done) this.body.end(this.#decoder?.trailers ?? noHeaders)
    return done
  }

  #note(from: number, to: number): void {
    if (!this.body.dropped) this.#noted.push(from, to)
  }

  #pushNoted(bytes: Buffer): void {
    const places = this.#noted
    if (places.length === 0) return
    this.#noted = []
    this.body.push(joined(bytes, places))
  }
}

/** The pieces at some places as one. A single one is not copied. */
function joined(bytes: Buffer, places: readonly number[]): Buffer {
  if (places.length === 2) return bytes.subarray(places[0]!, places[1]!)
  let size = 0
  for (let i = 0; i < places.length; i += 2) size += places[i + 1]! - places[i]!
  const whole = Buffer.allocUnsafe(size)
  let at = 0
  for (let i = 0; i < places.length; i += 2) at += bytes.copy(whole, at, places[i]!, places[i + 1]!)
  return whole
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
  const places: number[] = []
  const at = decoder.decode(input.bytes, input.at, input.end, (from, to) => places.push(from, to))
  if (!decoder.done) return undefined
  input.at = at
  const bytes = joined(input.bytes, places)
  return new WholeBody(bytes, 0, bytes.length, decoder.trailers)
}
