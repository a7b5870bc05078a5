/** Pieces up to this size are copied together: each Buffer costs some two hundred bytes beside its content. */
const smallPiece = 1024

const blockSize = 8 * 1024

/** Collects pieces of a body, so that a body in single bytes needs no more memory than its size. */
export class Gatherer {
  #pieces: Buffer[] = []
  #block: Buffer | undefined
  #from = 0
  #to = 0
  /** Bytes that are waiting. */
  size = 0

  add(piece: Buffer): void {
    this.size += piece.length
    if (piece.length > smallPiece) {
      this.#endRun()
      this.#pieces.push(piece)
      return
    }
    if (this.#block === undefined || this.#block.length - this.#to < piece.length) {
      this.#endRun()
      this.#block = Buffer.allocUnsafeSlow(blockSize)
      this.#from = 0
      this.#to = 0
    }
    piece.copy(this.#block, this.#to)
    this.#to += piece.length
  }

  /** Makes a piece of what was copied together. */
  #endRun(): void {
    if (this.#block === undefined || this.#to === this.#from) return
    this.#pieces.push(this.#block.subarray(this.#from, this.#to))
    this.#from = this.#to
  }

  /** Takes everything that is waiting. */
  take(): Buffer[] {
    this.#endRun()
    const pieces = this.#pieces
    this.#pieces = []
    this.size = 0
    return pieces
  }
}
