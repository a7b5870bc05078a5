import { InvalidResponse } from './errors.ts'
import type { Outgoing } from './outgoing.ts'
import type { BodyFraming } from './response-head.ts'

/** Larger pieces are written in slices of this size, so that a slow client is seen to make progress. */
const sliceSize = 64 * 1024

/** Writes the pieces of one response body in the framing that its head announced. */
export class BodyWriter {
  readonly #out: Outgoing
  readonly framing: BodyFraming
  readonly #announced: number
  /** Bytes of the body so far. */
  written = 0

  /**
   * @param announced - The Content-Length that was sent, or -1.
   */
  constructor(out: Outgoing, framing: BodyFraming, announced: number) {
    this.#out = out
    this.framing = framing
    this.#announced = announced
  }

  /** Writes one piece whole. An empty one is nothing: an empty chunk would end the body. */
  write(piece: string | Uint8Array): void {
    if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) {
      throw new InvalidResponse(`a body yields strings and Uint8Arrays, not ${typeof piece}`)
    }
    const size = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength
    if (size === 0) return
    this.#count(size)
    if (this.framing === 'chunked') this.#out.text(`${size.toString(16)}\r\n`)
    if (typeof piece !== 'string') this.#out.bytes(piece)
    else if (size === piece.length) this.#out.text(piece)
    else this.#out.utf8(piece, size)
    if (this.framing === 'chunked') this.#out.text('\r\n')
  }

  /** Writes one piece at the client's pace. */
  async writePaced(piece: string | Uint8Array): Promise<void> {
    if (piece.length <= sliceSize) this.write(piece)
    else if (typeof piece === 'string') await this.#writeText(piece)
    else await this.#writeSlices(piece)
    await this.pace()
  }

  /** Lets gathered bytes go, and waits if the client does not keep up. */
  async pace(): Promise<void> {
    if (this.#out.gathered >= 16 * 1024) this.#out.flush()
    else if (this.#out.gathered > 0) this.#out.flushSoon()
    if (this.#out.mustWait) await this.#out.drained()
  }

  async #writeSlices(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; at += sliceSize) {
      this.write(piece.subarray(at, at + sliceSize))
      await this.pace()
    }
  }

  /** A text is encoded slice by slice: a slow client must not hold a second copy of all of it. */
  async #writeText(text: string): Promise<void> {
    for (let at = 0; at < text.length; ) {
      let end = at + sliceSize
      // A pair of surrogates is one character.
      if (end < text.length && isLeadSurrogate(text.charCodeAt(end - 1))) end--
      this.write(text.slice(at, end))
      at = end
      await this.pace()
    }
  }

  #count(size: number): void {
    this.written += size
    if (this.#announced >= 0 && this.written > this.#announced) {
      throw new InvalidResponse(
        `the body is longer than the ${this.#announced} bytes that Content-Length announced`,
      )
    }
  }

  /**
   * Ends the body.
   *
   * @param trailers - A checked trailer section, as `trailerSection` makes it.
   * @throws InvalidResponse if it is shorter than announced.
   */
  end(trailers = '\r\n'): void {
    if (this.#announced >= 0 && this.written < this.#announced) {
      throw new InvalidResponse(
        `the body has ${this.written} bytes, fewer than the ${this.#announced} that Content-Length announced`,
      )
    }
    if (this.framing === 'chunked') this.#out.text(`0\r\n${trailers}`)
  }
}

function isLeadSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
