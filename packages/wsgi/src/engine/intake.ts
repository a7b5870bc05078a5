import type { Transport } from './transport.ts'

/** The tap of a connection's input. */
export class Intake {
  readonly #transport: Transport
  readonly #maxDrop: number
  #dropped = 0
  paused = false

  /**
   * @param maxDrop - How many bytes may be read for nothing before the connection is cut.
   */
  constructor(transport: Transport, maxDrop: number) {
    this.#transport = transport
    this.#maxDrop = maxDrop
  }

  pause(): void {
    if (this.paused) return
    this.paused = true
    this.#transport.pause()
  }

  resume(): void {
    if (!this.paused) return
    this.paused = false
    this.#transport.resume()
  }

  /** Counts bytes that are dropped, after our side was ended. */
  drop(size: number): void {
    this.#dropped += size
    if (this.#dropped > this.#maxDrop) this.#transport.destroy()
  }
}
