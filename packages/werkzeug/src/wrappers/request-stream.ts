import { ClientDisconnected, RequestEntityTooLarge } from '../exceptions/client-errors.ts'

/**
 * The body of a request, piece by piece, under the request's limit. It can be read once.
 */
export class RequestStream implements AsyncIterable<Buffer> {
  readonly #source: AsyncIterable<Uint8Array>
  readonly #limit: number | null

  /**
   * @param source - The body.
   * @param limit - Bytes that may come; `null` is no limit.
   */
  constructor(source: AsyncIterable<Uint8Array>, limit: number | null) {
    this.#source = source
    this.#limit = limit
  }

  /**
   * The pieces as they arrive.
   *
   * @throws RequestEntityTooLarge Once more has come than the request may have.
   * @throws ClientDisconnected if the client goes away in the middle.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    let size = 0
    const pieces = this.#source[Symbol.asyncIterator]()
    try {
      for (let next = await received(pieces); next.done !== true; next = await received(pieces)) {
        const piece = next.value
        size += piece.length
        if (this.#limit !== null && size > this.#limit) throw new RequestEntityTooLarge()
        yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      }
    } finally {
      await pieces.return?.()
    }
  }

  /** All that is left, in one piece. Throws as iterating does. */
  async read(): Promise<Buffer> {
    const pieces: Buffer[] = []
    for await (const piece of this) pieces.push(piece)
    return Buffer.concat(pieces)
  }
}

async function received(pieces: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await pieces.next()
  } catch (error) {
    throw Object.assign(new ClientDisconnected(), { cause: error })
  }
}
