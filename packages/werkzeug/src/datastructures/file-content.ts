/** Where an uploaded file's bytes are: in memory, or in a temporary file of the form parser. */
export interface FileContent {
  /** How many bytes there are. */
  readonly size: number
  /** The absolute path, if they lie on disk. */
  readonly path?: string | undefined
  /**
   * Reads bytes at once.
   *
   * @param position - The first byte, from 0.
   * @param length - How many; fewer come only at the end.
   */
  readAt(position: number, length: number): Uint8Array
  /** Lets the bytes go; a temporary file is removed. */
  close(): void
}

/** A file whose bytes are in memory. */
export class MemoryContent implements FileContent {
  #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get size(): number {
    return this.#bytes.length
  }

  readAt(position: number, length: number): Uint8Array {
    return this.#bytes.subarray(position, position + length)
  }

  close(): void {
    this.#bytes = new Uint8Array()
  }
}
