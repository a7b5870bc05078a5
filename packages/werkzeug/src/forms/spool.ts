import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileContent } from '../datastructures/file-content.ts'

/** Size in bytes from which an uploaded file lies on disk and no longer in memory. */
const spoolThreshold = 500 * 1024

/**
 * A file being received: in memory while it is small, in a temporary file from then on.
 */
export class SpooledContent implements FileContent {
  readonly #threshold: number
  #size = 0
  #pieces: Uint8Array[] = []
  #descriptor: number | undefined
  #path: string | undefined

  /**
   * @param threshold - Size in bytes above which the content goes to disk.
   */
  constructor(threshold: number = spoolThreshold) {
    this.#threshold = threshold
  }

  get size(): number {
    return this.#size
  }

  get path(): string | undefined {
    return this.#path
  }

  /** Appends bytes. */
  write(piece: Uint8Array): void {
    this.#size += piece.length
    if (this.#descriptor !== undefined) {
      writeWhole(this.#descriptor, piece)
      return
    }
    this.#pieces.push(piece)
    if (this.#size > this.#threshold) this.#toDisk()
  }

  #toDisk(): void {
    this.#path = join(tmpdir(), `flask-ts-upload-${randomUUID()}`)
    // Others on the machine have no business in an upload, and a name that exists already is never taken over.
    this.#descriptor = openSync(this.#path, 'wx+', 0o600)
    for (const piece of this.#pieces) writeWhole(this.#descriptor, piece)
    this.#pieces = []
  }

  readAt(position: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.#size - position))
    if (this.#descriptor !== undefined) {
      const bytes = Buffer.allocUnsafe(wanted)
      return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, wanted, position))
    }
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)]
    return this.#pieces[0]?.subarray(position, position + wanted) ?? new Uint8Array()
  }

  close(): void {
    this.#pieces = []
    this.#size = 0
    if (this.#descriptor === undefined) return
    closeSync(this.#descriptor)
    this.#descriptor = undefined
    unlinkSync(this.#path!)
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
}
