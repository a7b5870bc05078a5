/** The making of a Buffer is dear enough to be seen in a profile. */
const nothing: Buffer = Buffer.alloc(0)

/** Received bytes that wait to be read: a single piece as it came, or several copied together. */
export class Input {
  bytes: Buffer = nothing
  /** Where reading goes on. */
  at = 0
  end = 0
  #owned = false

  get size(): number {
    return this.end - this.at
  }

  /** Adds a piece; it is copied only where another one is still being read. Bytes once handed out never move. */
  append(piece: Buffer): void {
    if (this.at === this.end) {
      this.bytes = piece
      this.at = 0
      this.end = piece.length
      this.#owned = false
      return
    }
    const size = this.size + piece.length
    if (!this.#owned || this.bytes.length - this.end < piece.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(2 * size, 1024))
      this.bytes.copy(grown, 0, this.at, this.end)
      this.bytes = grown
      this.end -= this.at
      this.at = 0
      this.#owned = true
    }
    piece.copy(this.bytes, this.end)
    this.end += piece.length
  }

  /** Takes everything that is left. */
  takeRest(): Buffer {
    const rest = this.bytes.subarray(this.at, this.end)
    this.at = this.end
    return rest
  }

  clear(): void {
    this.bytes = nothing
    this.at = 0
    this.end = 0
    this.#owned = false
  }
}
