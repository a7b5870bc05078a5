/** What a connection waits for, each with a time of its own. */
export type Waiting = 'nothing' | 'first' | 'head' | 'idle' | 'body' | 'write' | 'end'

/** Until when a connection may wait, and for what. One timer looks at those of all connections. */
export class Deadline {
  waiting: Waiting = 'nothing'
  #at = Number.POSITIVE_INFINITY

  /** Begins to wait. */
  set(what: Waiting, at: number): void {
    this.waiting = what
    this.#at = at
  }

  /** Begins to wait, unless it already waits for the same. */
  setAnew(what: Waiting, at: number): void {
    if (this.waiting !== what) this.set(what, at)
  }

  /** Waits for another thing, and no longer than it would have waited anyway. */
  shorten(what: Waiting, at: number): void {
    this.set(what, Math.min(this.#at, at))
  }

  /** Waits no more. */
  clear(): void {
    this.set('nothing', Number.POSITIVE_INFINITY)
  }

  /** Whether the time is over. */
  isOver(now: number): boolean {
    return now > this.#at
  }
}
