import { Duplex } from 'node:stream'
import type { Environ } from '../environ.ts'

/** How much of a response may wait for the client before the framework is told to slow down. */
const highWaterMark = 64 * 1024

/**
 * The socket that a Node framework believes to write to. What it writes is a response head of Node's own making,
 * followed by the body without any framing.
 */
export class ResponseSocket extends Duplex {
  readonly remoteAddress: string
  readonly remotePort: number
  readonly localAddress: string
  readonly localPort: number
  readonly encrypted: boolean
  #onHead: ((head: string) => void) | undefined
  #pieces: Buffer[] = []
  #waiting = 0
  #resume: (() => void) | undefined
  #wake: (() => void) | undefined
  #ended = false

  /**
   * @param onHead - Gets the head as text as soon as it is written.
   */
  constructor(environ: Environ, onHead: (head: string) => void) {
    super({ highWaterMark, decodeStrings: true, autoDestroy: false, emitClose: false })
    this.#onHead = onHead
    this.remoteAddress = environ.remote.host
    this.remotePort = environ.remote.port
    this.localAddress = environ.local.host
    this.localPort = environ.local.port
    this.encrypted = environ.scheme === 'https'
  }

  /** Sockets have it, and frameworks call it; time is the server's business here. */
  setTimeout(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.destroyed) {
      done()
      return
    }
    const body = this.#onHead === undefined ? bytes : this.#takeHead(bytes)
    if (body.length > 0) {
      this.#pieces.push(body)
      this.#waiting += body.length
      this.#wake?.()
    }
    if (this.#waiting < highWaterMark) done()
    else this.#resume = done
  }

  #takeHead(bytes: Buffer): Buffer {
    const end = bytes.indexOf('\r\n\r\n')
    const head = bytes.toString('latin1', 0, end)
    // An informational response is for the server to send.
    if (/^HTTP\/1\.1 1\d\d /.test(head)) return Buffer.alloc(0)
    const onHead = this.#onHead
    this.#onHead = undefined
    onHead?.(head)
    return bytes.subarray(end + 4)
  }

  /** The response is written to its end. */
  finish(): void {
    this.#ended = true
    this.#wake?.()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#resume?.()
    this.#wake?.()
    this.emit('close')
    done(error)
  }

  /** Everything written so far. */
  takeAll(): Buffer {
    const all = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    this.#takePieces()
    return all
  }

  #takePieces(): Buffer[] {
    const pieces = this.#pieces
    this.#pieces = []
    this.#waiting = 0
    const resume = this.#resume
    this.#resume = undefined
    resume?.()
    return pieces
  }

  /** The body as it is written. */
  async *body(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* this.#takePieces()
      if (this.#pieces.length > 0) continue
      if (this.#ended) return
      if (this.destroyed) throw new Error('the listener destroyed its response before the end')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
