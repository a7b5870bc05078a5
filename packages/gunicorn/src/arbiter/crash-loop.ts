/** Slows the starting of workers down while they keep dying young. */
export class CrashLoop {
  #failures = 0
  #notBefore = 0

  /** How many workers in a row died before they were of use. */
  get failures(): number {
    return this.#failures
  }

  /** Milliseconds until the next worker may be started. */
  wait(now: number): number {
    return Math.max(0, this.#notBefore - now)
  }

  /**
   * A worker has died before it was of use.
   *
   * @returns How many milliseconds the next one has to wait: none the first time, then 0.5 s doubled up to 30 s.
   */
  failed(now: number): number {
    const delay = this.#failures === 0 ? 0 : Math.min(30_000, 500 * 2 ** (this.#failures - 1))
    this.#failures++
    this.#notBefore = now + delay
    return delay
  }

  /** A worker has proved itself, or the code has changed. */
  reset(): void {
    this.#failures = 0
    this.#notBefore = 0
  }
}
