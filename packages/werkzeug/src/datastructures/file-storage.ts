import { copyFileSync, writeFileSync } from 'node:fs'
import { copyFile, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { parseOptionsHeader } from '../http/options.ts'
import { parsePlainInt } from '../http/plain-int.ts'
import { type FileContent, MemoryContent } from './file-content.ts'
import { Headers } from './headers.ts'

/** What is known of a file besides its bytes. */
export interface FileStorageOptions {
  /** The name that the client gave it: never use it as a path without `secureFilename`. */
  readonly filename?: string | null
  /** The name of the form field. */
  readonly name?: string | null
  readonly contentType?: string
  /** In bytes. */
  readonly contentLength?: number
  /** The header fields of the form's part. */
  readonly headers?: Headers
}

/** Something that takes pieces of bytes one after another. */
export interface ByteSink {
  write(piece: Uint8Array): unknown
}

function contentOf(stream: FileContent | Uint8Array | string | null | undefined): FileContent {
  if (stream === null || stream === undefined) return new MemoryContent(new Uint8Array())
  if (typeof stream === 'string') return new MemoryContent(Buffer.from(stream))
  return stream instanceof Uint8Array ? new MemoryContent(stream) : stream
}

/**
 * An uploaded file.
 *
 * It is read like a file: `read`, `seek`, `tell`. The bytes are at hand (in memory or in a temporary file), so none of
 * this waits.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.FileStorage
 */
export class FileStorage {
  readonly content: FileContent
  filename: string | null
  name: string | null
  readonly headers: Headers
  #position = 0
  #closed = false

  constructor(stream?: FileContent | Uint8Array | string | null, options: FileStorageOptions = {}) {
    this.content = contentOf(stream)
    this.filename = options.filename ?? null
    this.name = options.name ?? null
    this.headers = options.headers ?? new Headers()
    if (options.contentType !== undefined) this.headers.set('Content-Type', options.contentType)
    if (options.contentLength !== undefined) this.headers.set('Content-Length', options.contentLength)
  }

  /** The part's `Content-Type` as sent. */
  get contentType(): string | undefined {
    return this.headers.get('Content-Type')
  }

  /** The part's `Content-Length` as sent, 0 without one. For the true size see `size`. */
  get contentLength(): number {
    const length = this.headers.get('Content-Length')
    return length === undefined ? 0 : (parsePlainInt(length) ?? 0)
  }

  /** The content type without parameters, in lower case. */
  get mimetype(): string {
    return parseOptionsHeader(this.contentType)[0].toLowerCase()
  }

  /** The content type's parameters. */
  get mimetypeParams(): Record<string, string> {
    return parseOptionsHeader(this.contentType)[1]
  }

  /** How many bytes the file has. */
  get size(): number {
    return this.content.size
  }

  get closed(): boolean {
    return this.#closed
  }

  /** The file itself: Python code reads `file.stream`. */
  get stream(): this {
    return this
  }

  /**
   * Reads from the current position.
   *
   * @param length - How many bytes; all that are left if it is omitted.
   */
  read(length: number = this.size): Buffer {
    const bytes = this.content.readAt(this.#position, Math.min(length, this.size - this.#position))
    this.#position += bytes.length
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Moves the position, in bytes from the start. @returns The new position. */
  seek(position: number): number {
    this.#position = Math.min(Math.max(0, position), this.size)
    return this.#position
  }

  /** The position, in bytes from the start. */
  tell(): number {
    return this.#position
  }

  /** The bytes from the current position on, piece by piece. */
  *chunks(size = 65536): Generator<Buffer> {
    for (let piece = this.read(size); piece.length > 0; piece = this.read(size)) yield piece
  }

  [Symbol.iterator](): Generator<Buffer> {
    return this.chunks()
  }

  /** The bytes from the current position on as a Node stream. */
  readable(): Readable {
    return Readable.from(this.chunks())
  }

  /**
   * Writes what is left of the file somewhere else, at once.
   *
   * @param destination - A path, a file URL, or something with `write`.
   * @param chunkSize - In bytes.
   */
  save(destination: string | URL | ByteSink, chunkSize = 65536): void {
    if (typeof destination !== 'string' && !(destination instanceof URL)) {
      for (const piece of this.chunks(chunkSize)) destination.write(piece)
    } else if (this.content.path !== undefined && this.#position === 0) {
      copyFileSync(this.content.path, destination)
      this.#position = this.size
    } else writeFileSync(destination, this.read())
  }

  /**
   * Writes what is left of the file to a path without holding other requests up.
   *
   * @param destination - A path or a file URL.
   */
  async saveAsync(destination: string | URL): Promise<void> {
    if (this.content.path !== undefined && this.#position === 0) {
      this.#position = this.size
      await copyFile(this.content.path, destination)
    } else await writeFile(destination, this.read())
  }

  /** Lets the bytes go. */
  close(): void {
    this.#closed = true
    this.content.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  toString(): string {
    return `<${this.constructor.name}: ${this.filename ?? 'None'} (${this.contentType ?? 'None'})>`
  }
}
