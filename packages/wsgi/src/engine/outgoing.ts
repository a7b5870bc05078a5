import { ClientDisconnected } from './errors.ts'
import type { Transport } from './transport.ts'

/** So much text is gathered before it is written although the batch goes on. */
const batchSize = 64 * 1024

/**
 * So much may be written before other connections get their turn: as long as the system takes everything at once, the
 * writing of a large body would otherwise never leave the tick.
 */
const burstSize = 128 * 1024

/** Bytes up to this size are copied behind the text before them; larger ones are worth a write of their own. */
const copySize = 16 * 1024

/**
 * Gathers what a connection has to send, so that one read event causes one write, however many responses became
 * ready in it.
 *
 * Text is kept as Latin-1 characters, one a byte: most responses are, and concatenation costs less than copying.
 */
export class Outgoing {
  readonly #transport: Transport
  readonly #onCongested: () => void
  #text = ''
  #held: Uint8Array | undefined
  #corked = false
  #scheduled = false
  #drained: PromiseWithResolvers<void> | undefined
  #closed = false
  #burst = 0

  /**
   * @param onCongested - Told when a write finds that the client does not keep up.
   */
  constructor(transport: Transport, onCongested: () => void) {
    this.#transport = transport
    this.#onCongested = onCongested
  }

  /** Appends Latin-1 text. */
  text(latin1: string): void {
    this.#text += latin1
    if (this.#text.length > batchSize) this.flush()
  }

  /** Appends text that is to go out as UTF-8 and has `size` bytes so. */
  utf8(text: string, size: number): void {
    const before = this.#text
    const joined = Buffer.allocUnsafe(before.length + size)
    joined.write(before, 0, 'latin1')
    joined.write(text, before.length, 'utf8')
    this.#text = ''
    this.#hold(joined)
  }

  /** Appends bytes. They must not change until they are sent. */
  bytes(data: Uint8Array): void {
    const before = this.#text
    if (before === '') {
      this.#hold(data)
      return
    }
    this.#text = ''
    if (data.length > copySize) {
      this.#hold(Buffer.from(before, 'latin1'))
      this.#hold(data)
      return
    }
    const joined = Buffer.allocUnsafe(before.length + data.length)
    joined.write(before, 0, 'latin1')
    joined.set(data, before.length)
    this.#hold(joined)
  }

  /** Keeps the last piece back, so that a lone one is written without corking. */
  #hold(data: Uint8Array): void {
    if (this.#held !== undefined) {
      if (!this.#corked) {
        this.#corked = true
        this.#transport.cork()
      }
      this.#burst += this.#held.length
      this.#transport.write(this.#held)
    }
    this.#held = data
  }

  /**
   * Writes what was gathered.
   *
   * @returns Whether the client keeps up: if not, `drained` tells when it does again.
   */
  flush(): boolean {
    if (this.#text !== '' && this.#held !== undefined) {
      const text = this.#text
      this.#text = ''
      this.#hold(Buffer.from(text, 'latin1'))
    }
    if (this.#held !== undefined) {
      const held = this.#held
      this.#held = undefined
      this.#burst += held.length
      this.#transport.write(held)
    } else if (this.#text !== '') {
      const text = this.#text
      this.#text = ''
      this.#burst += text.length
      this.#transport.write(text, 'latin1')
    }
    if (this.#corked) {
      this.#corked = false
      this.#transport.uncork()
    }
    if (!this.#transport.writableNeedDrain) return true
    this.#onCongested()
    return false
  }

  /** Writes when the microtasks that are now due have run, so that pieces ready at the same time go out together. */
  flushSoon(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      if (!this.#closed) this.flush()
    })
  }

  /** Whether the client does not keep up. */
  get congested(): boolean {
    return this.#transport.writableNeedDrain
  }

  /** Whether a stream must wait: for its client, or for the other connections. */
  get mustWait(): boolean {
    return this.#transport.writableNeedDrain || this.#burst > burstSize
  }

  /** How many bytes were written and have not left yet. */
  get pending(): number {
    return this.#transport.writableLength
  }

  /** How many bytes are gathered and not written yet. */
  get gathered(): number {
    return this.#text.length + (this.#held?.length ?? 0)
  }

  /** Settles when the client has taken what was written; rejects if it goes away before. */
  drained(): Promise<void> {
    if (this.#burst > burstSize) return this.#drainedLater()
    if (this.#closed) return Promise.reject(new ClientDisconnected())
    if (!this.#transport.writableNeedDrain) return Promise.resolve()
    this.#drained ??= Promise.withResolvers<void>()
    return this.#drained.promise
  }

  async #drainedLater(): Promise<void> {
    this.#burst = 0
    await this.drained()
    await new Promise((resolve) => setImmediate(resolve))
    if (this.#closed) throw new ClientDisconnected()
  }

  /** The transport has drained. */
  onDrain(): void {
    this.#drained?.resolve()
    this.#drained = undefined
  }

  /** The transport has closed. */
  onClose(): void {
    this.#closed = true
    this.#text = ''
    this.#held = undefined
    this.#drained?.reject(new ClientDisconnected())
    this.#drained = undefined
  }
}
