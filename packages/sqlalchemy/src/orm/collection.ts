/** Who is told of changes of a collection. */
export interface CollectionOwner {
  added(item: object): void
  removed(item: object): void
}

/** The list of a relationship: an array that tells its owner what enters and leaves. */
export class InstrumentedList<T extends object = object> extends Array<T> {
  #owner: CollectionOwner | null = null

  /** Methods such as `map` give plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  /** Makes the list of an owner with a content that nobody is told of. */
  static make<T extends object>(owner: CollectionOwner, items: Iterable<T>): InstrumentedList<T> {
    const list = new InstrumentedList<T>()
    for (const item of items) list[list.length] = item
    list.#owner = owner
    return list
  }

  /** Adds without telling. */
  appendQuietly(item: T): void {
    this[this.length] = item
  }

  /** Removes without telling. */
  removeQuietly(item: T): void {
    const index = this.indexOf(item)
    if (index < 0) return
    this.copyWithin(index, index + 1)
    this.length--
  }

  /** Replaces the content without telling. */
  replaceQuietly(items: readonly T[]): void {
    this.length = 0
    for (const item of items) this[this.length] = item
  }

  override push(...items: T[]): number {
    for (const item of items) {
      this[this.length] = item
      this.#owner?.added(item)
    }
    return this.length
  }

  /** Python's name of `push`. */
  append(item: T): void {
    this.push(item)
  }

  /** Python's name of pushing several. */
  extend(items: Iterable<T>): void {
    this.push(...items)
  }

  override unshift(...items: T[]): number {
    const length = super.unshift(...items)
    for (const item of items) this.#owner?.added(item)
    return length
  }

  override pop(): T | undefined {
    const item = super.pop()
    if (item !== undefined) this.#left(item)
    return item
  }

  override shift(): T | undefined {
    const item = super.shift()
    if (item !== undefined) this.#left(item)
    return item
  }

  override splice(start: number, count?: number, ...items: T[]): T[] {
    const removed = count === undefined ? super.splice(start) : super.splice(start, count, ...items)
    for (const item of removed) this.#left(item)
    for (const item of items) this.#owner?.added(item)
    return removed
  }

  /** Removes one item; an error when it is not in the list. */
  remove(item: T): void {
    const index = this.indexOf(item)
    if (index < 0) throw new RangeError('list.remove(x): x not in list')
    this.splice(index, 1)
  }

  /** Removes all items. */
  clear(): void {
    this.splice(0, this.length)
  }

  #left(item: T): void {
    if (!this.includes(item)) this.#owner?.removed(item)
  }
}
