/** Keeps the values that were used last, up to a capacity. */
export class LruCache<Value> {
  readonly capacity: number
  readonly #entries = new Map<string, Value>()

  /** @param capacity How many values are kept; a negative one keeps all, 0 none. */
  constructor(capacity: number) {
    this.capacity = capacity
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    // While there is plenty of room nobody will be thrown out, and the order does not matter.
    if (value !== undefined && this.capacity > 0 && this.#entries.size * 2 > this.capacity) {
      this.#entries.delete(key)
      this.#entries.set(key, value)
    }
    return value
  }

  set(key: string, value: Value): void {
    if (this.capacity === 0) return
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.capacity > 0 && this.#entries.size > this.capacity) {
      const [oldest] = this.#entries.keys()
      this.#entries.delete(oldest as string)
    }
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}
