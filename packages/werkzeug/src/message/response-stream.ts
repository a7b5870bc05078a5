import type { BodyPart } from './body-kinds.ts'

/** A response that can be written to piece by piece. */
export interface WritableBody {
  appendPart(part: BodyPart): void
  getData(): Uint8Array
}

/** Writing to a closed response stream. */
export class ClosedStreamError extends Error {
  override readonly name = 'ClosedStreamError'

  constructor() {
    super('the response stream is closed; write before closing it')
  }
}

/** A response's body as something to write to, in the way of a file. */
export class ResponseStream {
  readonly #response: WritableBody
  #closed = false

  constructor(response: WritableBody) {
    this.#response = response
  }

  get closed(): boolean {
    return this.#closed
  }

  /**
   * Appends to the body.
   *
   * @returns How much was written: characters of a text, bytes otherwise.
   * @throws ClosedStreamError After `close`.
   */
  write(part: BodyPart): number {
    if (this.#closed) throw new ClosedStreamError()
    this.#response.appendPart(part)
    return part.length
  }

  /** Appends several parts. */
  writelines(parts: Iterable<BodyPart>): void {
    for (const part of parts) this.write(part)
  }

  /** How many bytes have been written. */
  tell(): number {
    return this.#response.getData().length
  }

  /** Ends the writing; the response stays as it is. */
  close(): void {
    this.#closed = true
  }
}
