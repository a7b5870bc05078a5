import { BodyAlreadyRead } from '../engine/errors.ts'
import type { RequestBody } from '../environ.ts'

const nothing = new Uint8Array(0)

/** A request body over any source of pieces: a web stream, a Node stream. */
export class PiecewiseBody implements RequestBody {
  readonly length: number | undefined
  readonly #open: () => AsyncIterable<Uint8Array>
  #taken = false

  /**
   * @param length - The announced size; 0 for no body, `undefined` if it is not known.
   * @param open - Begins to read. It is called once at most, and not for an empty body.
   */
  constructor(length: number | undefined, open: () => AsyncIterable<Uint8Array>) {
    this.length = length
    this.#open = open
  }

  get bytes(): Uint8Array | undefined {
    return this.length === 0 ? nothing : undefined
  }

  async read(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    if (this.length !== undefined && this.length > limit) return undefined
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of this) {
      size += piece.byteLength
      if (size > limit) return undefined
      pieces.push(piece)
    }
    return pieces.length === 1 ? pieces[0] : concatenated(pieces, size)
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    if (this.length === 0) return empty()
    if (this.#taken) throw new BodyAlreadyRead()
    this.#taken = true
    return this.#open()[Symbol.asyncIterator]()
  }
}

async function* empty(): AsyncGenerator<Uint8Array> {}

function concatenated(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}

/** What a Content-Length field announces, `undefined` where it announces nothing. */
export function announcedLength(field: string | null | undefined): number | undefined {
  return field != null && /^[0-9]{1,15}$/.test(field) ? Number(field) : undefined
}
