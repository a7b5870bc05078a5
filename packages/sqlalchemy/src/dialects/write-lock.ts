/** A first-come lock on writing to one SQLite file within this process. */
export class WriteLock {
  #held = false
  readonly #waiting: (() => void)[] = []

  /** Takes the lock at once when it is free. */
  tryAcquire(): boolean {
    if (this.#held) return false
    this.#held = true
    return true
  }

  /**
   * Waits for the lock.
   * @param timeout milliseconds
   * @returns false when the time ran out
   */
  async acquire(timeout: number): Promise<boolean> {
    if (this.tryAcquire()) return true
    return await new Promise((resolve) => {
      const granted = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1)
        resolve(false)
      }, timeout)
      this.#waiting.push(granted)
    })
  }

  /** Hands the lock to the next in line. */
  release(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#held = false
  }
}

const locks = new Map<string, WriteLock>()

/** The lock of a file, shared by all engines of this process. */
export function fileLock(path: string): WriteLock {
  let lock = locks.get(path)
  if (!lock) {
    lock = new WriteLock()
    locks.set(path, lock)
  }
  return lock
}
