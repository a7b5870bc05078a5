import { dumpHeader, parseListHeader } from '../http/lists.ts'
import { MissingKey } from './missing-key.ts'

/** An ordered set of tokens, compared without regard to case, such as that of `Vary` or `Allow`. */
export class HeaderSet implements Iterable<string> {
  #headers: string[]
  /** Called after each change, with the set. */
  onUpdate: ((set: HeaderSet) => void) | undefined

  constructor(headers: Iterable<string> = [], onUpdate?: (set: HeaderSet) => void) {
    this.#headers = [...headers]
    this.onUpdate = onUpdate
  }

  /** Reads a header; nothing gives an empty set. */
  static fromHeader(header: string | null | undefined, onUpdate?: (set: HeaderSet) => void): HeaderSet {
    return new HeaderSet(header ? parseListHeader(header) : [], onUpdate)
  }

  /** How many different tokens there are. */
  get size(): number {
    return this.asSet().size
  }

  has(header: string): boolean {
    return this.find(header) !== -1
  }

  /** Adds a token unless it is there. */
  add(header: string): void {
    this.update([header])
  }

  /** Adds several tokens, each unless it is there. */
  update(headers: Iterable<string>): void {
    let changed = false
    for (const header of headers) {
      if (this.has(header)) continue
      this.#headers.push(header)
      changed = true
    }
    if (changed) this.onUpdate?.(this)
  }

  /** Removes a token. @throws MissingKey if it is not there. */
  remove(header: string): void {
    if (!this.discard(header)) throw new MissingKey(header)
  }

  /** Removes a token if it is there. @returns Whether it was. */
  discard(header: string): boolean {
    const lower = header.toLowerCase()
    const kept = this.#headers.filter((item) => item.toLowerCase() !== lower)
    if (kept.length === this.#headers.length) return false
    this.#headers = kept
    this.onUpdate?.(this)
    return true
  }

  /** The same as `discard`, as a JavaScript `Set` calls it. */
  delete(header: string): boolean {
    return this.discard(header)
  }

  /** The position of a token, or -1. */
  find(header: string): number {
    const lower = header.toLowerCase()
    return this.#headers.findIndex((item) => item.toLowerCase() === lower)
  }

  /** The position of a token. @throws RangeError if it is not there. */
  index(header: string): number {
    const position = this.find(header)
    if (position === -1) throw new RangeError(`${JSON.stringify(header)} is not one of ${this.toHeader()}`)
    return position
  }

  #place(index: number): number {
    const place = index < 0 ? index + this.#headers.length : index
    if (place in this.#headers) return place
    throw new RangeError(`no item at ${index}: there are ${this.#headers.length}`)
  }

  /** The token at a position, counted from the end where it is negative. @throws RangeError */
  getItem(index: number): string {
    return this.#headers[this.#place(index)]!
  }

  /** Replaces the token at a position. @throws RangeError */
  setItem(index: number, header: string): void {
    this.#headers[this.#place(index)] = header
    this.onUpdate?.(this)
  }

  /** Removes the token at a position. @throws RangeError */
  delItem(index: number): void {
    this.#headers.splice(this.#place(index), 1)
    this.onUpdate?.(this)
  }

  /** Removes everything. */
  clear(): void {
    this.#headers = []
    this.onUpdate?.(this)
  }

  /** The tokens as a `Set`, in lower case unless `preserveCasing`. */
  asSet(preserveCasing = false): Set<string> {
    return new Set(preserveCasing ? this.#headers : this.#headers.map((header) => header.toLowerCase()))
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#headers[Symbol.iterator]()
  }

  toHeader(): string {
    return dumpHeader(this.#headers)
  }

  toString(): string {
    return this.toHeader()
  }
}
