import type { RequestHeaders } from '../environ.ts'
import { BodyTooLarge, FieldsTooLarge, MalformedRequest } from './errors.ts'
import { whatIsWrongWithField } from './head-lines.ts'
import { HeaderBlock, noHeaders } from './headers.ts'
import { latin1Of } from './latin1.ts'
import type { Limits } from './limits.ts'
import { CR, LF } from './syntax.ts'

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const quoted = '"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"'
const sizeLine = new RegExp(
  `^([0-9A-Fa-f]+)(?:[ \\t]*;[ \\t]*${token}(?:[ \\t]*=[ \\t]*(?:${token}|${quoted}))?)*$`,
)
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t\x20-\x7e\x80-\xff]*$/

/** Fields that say how a message is framed, routed or authorised may not come after it (RFC 9110, 6.5.1). */
const forbiddenTrailers: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'trailer',
  'authorization',
  'te',
])

/** The value of each byte as a hexadecimal digit, 255 if it is none. */
const hexDigits = Uint8Array.from({ length: 256 }, (_, code) => {
  const text = String.fromCharCode(code)
  return /[0-9A-Fa-f]/.test(text) ? Number.parseInt(text, 16) : 255
})

type State = 'size' | 'data' | 'data-cr' | 'data-lf' | 'trailer' | 'done'

/** Takes the chunks of a body apart (RFC 9112, 7.1), wherever the input may be cut. */
export class ChunkedDecoder {
  readonly #limits: Limits
  #state: State = 'size'
  #line = ''
  #lineDone = false
  #crSeen = false
  #remaining = 0
  #received = 0
  #trailers = ''
  #trailerCount = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Whether the last chunk and its trailers were read. */
  get done(): boolean {
    return this.#state === 'done'
  }

  /** The trailer fields; complete once the decoder is done. */
  get trailers(): RequestHeaders {
    return this.#trailers === '' ? noHeaders : new HeaderBlock(this.#trailers, 0, this.#trailers.length)
  }

  /**
   * Reads on.
   *
   * @param onData - Gets the place of each piece of the body in `bytes`.
   * @returns Where reading stopped: `end`, or where the body ended.
   * @throws RequestRefused
   */
  decode(bytes: Buffer, from: number, end: number, onData: (from: number, to: number) => void): number {
    let at = from
    while (at < end && this.#state !== 'done') {
      switch (this.#state) {
        case 'size':
          at = this.#takeSize(bytes, at, end)
          if (this.#lineDone) this.#beginChunk(this.#finishLine())
          break
        case 'data': {
          const stop = Math.min(end, at + this.#remaining)
          onData(at, stop)
          this.#remaining -= stop - at
          if (this.#remaining === 0) this.#state = 'data-cr'
          at = stop
          break
        }
        case 'data-cr':
          if (bytes[at++] !== CR) throw unendedChunk()
          this.#state = 'data-lf'
          break
        case 'data-lf':
          if (bytes[at++] !== LF) throw unendedChunk()
          this.#state = 'size'
          break
        case 'trailer':
          at = this.#takeLine(bytes, at, end)
          if (this.#lineDone) this.#trailer(this.#finishLine())
      }
    }
    return at
  }

  #finishLine(): string {
    const line = this.#line
    this.#line = ''
    this.#lineDone = false
    return line
  }

  /** Reads a plain size that is there whole without making a text of it; leaves everything else to `#takeLine`. */
  #takeSize(bytes: Buffer, from: number, end: number): number {
    if (this.#line !== '' || this.#crSeen) return this.#takeLine(bytes, from, end)
    let at = from
    let size = 0
    // Eight digits fit into an integer of the machine.
    const stop = Math.min(end, from + 8)
    while (at < stop) {
      const digit = hexDigits[bytes[at]!]!
      if (digit === 255) break
      size = size * 16 + digit
      at++
    }
    if (at === from || at + 1 >= end || bytes[at] !== CR || bytes[at + 1] !== LF) {
      return this.#takeLine(bytes, from, end)
    }
    this.#begin(size)
    return at + 2
  }

  #takeLine(bytes: Buffer, from: number, end: number): number {
    if (this.#crSeen) return this.#takeLineFeed(bytes, from)
    let at = from
    while (at < end && bytes[at] !== CR && bytes[at] !== LF) at++
    this.#line += latin1Of(bytes, from, at)
    if (this.#line.length + 2 > this.#limits.maxFieldSize) throw this.#lineTooLong()
    if (at === end) return end
    if (bytes[at] === LF) throw new MalformedRequest('an LF without its CR: only CRLF ends a line')
    this.#crSeen = true
    return at + 1 < end ? this.#takeLineFeed(bytes, at + 1) : at + 1
  }

  #takeLineFeed(bytes: Buffer, at: number): number {
    if (bytes[at] !== LF) throw new MalformedRequest('a CR without its LF: only CRLF ends a line')
    this.#crSeen = false
    this.#lineDone = true
    return at + 1
  }

  #lineTooLong(): Error {
    const limit = this.#limits.maxFieldSize
    if (this.#state === 'size') return new MalformedRequest(`a chunk-size line is longer than ${limit} bytes`)
    return new FieldsTooLarge(`a trailer line is larger than the ${limit} bytes that maxFieldSize allows`)
  }

  #beginChunk(line: string): void {
    const digits = sizeLine.exec(line)?.[1]
    if (digits === undefined) throw new MalformedRequest('a chunk size or its extension is malformed')
    const significant = digits.replace(/^0+/, '')
    if (significant.length > 16 || (significant.length === 16 && significant >= '8')) {
      throw new MalformedRequest('a chunk size overflows')
    }
    this.#begin(significant === '' ? 0 : Number.parseInt(significant, 16))
  }

  #begin(size: number): void {
    this.#received += size
    if (this.#received > this.#limits.maxBodySize) throw new BodyTooLarge(this.#limits.maxBodySize)
    this.#remaining = size
    this.#state = size === 0 ? 'trailer' : 'data'
  }

  #trailer(line: string): void {
    if (line === '') {
      this.#state = 'done'
      return
    }
    const name = fieldLine.exec(line)?.[1]
    if (name === undefined) throw new MalformedRequest(whatIsWrongWithField(line))
    if (++this.#trailerCount > this.#limits.maxFields) {
      throw new FieldsTooLarge(
        `there are more than the ${this.#limits.maxFields} trailers that maxFields allows`,
      )
    }
    if (forbiddenTrailers.has(name.toLowerCase())) {
      throw new MalformedRequest(`the field ${name} may not come in the trailers`)
    }
    if (!name.includes('_')) this.#trailers += `${line}\r\n`
  }
}

function unendedChunk(): MalformedRequest {
  return new MalformedRequest('the data of a chunk is not followed by CRLF')
}
