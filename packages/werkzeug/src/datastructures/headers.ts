import { dumpOptionsHeader, type HeaderOptions } from '../http/options.ts'
import { HeaderFields, type HeaderPair, sameName } from './header-fields.ts'
import { iterMultiItems, MultiDict } from './multi-dict.ts'

export type { HeaderPair } from './header-fields.ts'

/** What a field can be set to; a number stands for its digits. */
export type HeaderValue = string | number

/** What headers can be made from: others, pairs, or an object whose arrays stand for several fields. */
export type HeadersData =
  | Headers
  | MultiDict<HeaderValue>
  | MultiDict<string>
  | Iterable<readonly [name: string, value: HeaderValue]>
  | Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>

/** A header value would break the message's framing, because it contains a line break. */
export class HeaderValueError extends Error {
  override readonly name = 'HeaderValueError'

  constructor(field: string, value: string) {
    super(
      `the value ${JSON.stringify(value)} of the header ${field} contains a line break: remove or encode it`,
    )
  }
}

function checked(name: string, value: HeaderValue): string {
  const text = typeof value === 'string' ? value : String(value)
  if (text.includes('\n') || text.includes('\r')) throw new HeaderValueError(name, text)
  return text
}

function withOptions(value: HeaderValue, options: HeaderOptions): string {
  const dashed: Record<string, string | number | null | undefined> = {}
  for (const [key, option] of Object.entries(options)) dashed[key.replaceAll('_', '-')] = option
  return dumpOptionsHeader(String(value), dashed)
}

/**
 * An ordered list of header fields, looked up without regard to case.
 *
 * Iterating gives `[name, value]` pairs in their order, with the spelling that they were given.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.Headers
 */
export class Headers extends HeaderFields {
  #list: HeaderPair[] = []

  constructor(data?: HeadersData | null) {
    super()
    if (data !== undefined && data !== null) this.extend(data)
  }

  /**
   * Takes a list of pairs over as it is: no copy and no check, for pairs that the framework made itself.
   *
   * @param pairs - Values without CR and LF. The list belongs to the headers from here on.
   */
  static adopt(pairs: HeaderPair[]): Headers {
    const headers = new Headers()
    headers.#list = pairs
    return headers
  }

  override get size(): number {
    return this.#list.length
  }

  protected override lookup(name: string): string | undefined {
    const list = this.#list
    for (let index = 0; index < list.length; index++) {
      const pair = list[index]!
      if (sameName(pair[0], name)) return pair[1]
    }
    return undefined
  }

  /**
   * Adds a field behind those that are there.
   *
   * @param options - Parameters to write behind the value; `_` in a key stands for `-`.
   * @throws HeaderValueError if the value contains CR or LF.
   */
  add(name: string, value: HeaderValue, options?: HeaderOptions): void {
    const full = options === undefined ? value : withOptions(value, options)
    this.#list.push([name, checked(name, full)])
  }

  /** The same as `add`, for those who know it from Python's `wsgiref`. */
  addHeader(name: string, value: HeaderValue, options?: HeaderOptions): void {
    this.add(name, value, options)
  }

  /**
   * Puts a value at the first place of a field, with this spelling of the name, and removes the field's others.
   *
   * @param options - Parameters to write behind the value; `_` in a key stands for `-`.
   * @throws HeaderValueError if the value contains CR or LF.
   */
  set(name: string, value: HeaderValue, options?: HeaderOptions): void {
    const text = checked(name, options === undefined ? value : withOptions(value, options))
    const list = this.#list
    let index = 0
    while (index < list.length && !sameName(list[index]![0], name)) index++
    if (index === list.length) {
      list.push([name, text])
      return
    }
    list[index] = [name, text]
    this.#drop(name, index + 1)
  }

  /** Replaces the field at a position. @throws HeaderValueError if the value contains CR or LF. */
  setAt(index: number, [name, value]: readonly [name: string, value: HeaderValue]): void {
    this.#list[this.#place(index)] = [name, checked(name, value)]
  }

  /** Replaces all values of a field; an empty list removes it. */
  setlist(name: string, values: Iterable<HeaderValue>): void {
    let first = true
    for (const value of values) {
      if (first) this.set(name, value)
      else this.add(name, value)
      first = false
    }
    if (first) this.remove(name)
  }

  /** The value of a field, which is set first if the field is not there. */
  setdefault(name: string, value: HeaderValue): string {
    const there = this.lookup(name)
    if (there !== undefined) return there
    this.set(name, value)
    return this.getItem(name)
  }

  /** The values of a field, which are set first if the field is not there. */
  setlistdefault(name: string, values: Iterable<HeaderValue>): string[] {
    if (!this.has(name)) this.setlist(name, values)
    return this.getlist(name)
  }

  /** Adds all fields of the data to those that are there. */
  extend(data: HeadersData): void {
    if (data instanceof Headers) for (const pair of data) this.#list.push(pair)
    else
      for (const [name, value] of iterMultiItems<HeaderValue>(data as Iterable<[string, HeaderValue]>))
        this.add(name, value)
  }

  /** Replaces the fields that the data has by the data's. */
  update(data: HeadersData): void {
    if (data instanceof Headers || data instanceof MultiDict) {
      for (const name of data.keys()) this.setlist(name, data.getlist(name))
    } else if (Symbol.iterator in data) {
      for (const [name, value] of data) this.set(name, value)
    } else {
      for (const [name, value] of Object.entries(data)) {
        if (typeof value === 'object') this.setlist(name, value)
        else this.set(name, value)
      }
    }
  }

  /** A copy, updated: Python's `|`. */
  union(data: HeadersData): Headers {
    const united = this.copy()
    united.update(data)
    return united
  }

  #drop(name: string, from: number): void {
    const list = this.#list
    let kept = from
    for (let index = from; index < list.length; index++) {
      const pair = list[index]!
      if (!sameName(pair[0], name)) list[kept++] = pair
    }
    list.length = kept
  }

  /** Removes a field; nothing happens if it is not there. */
  remove(name: string): void {
    this.#drop(name, 0)
  }

  /** Removes a field. @returns Whether it was there. */
  delete(name: string): boolean {
    const { size } = this
    this.remove(name)
    return this.size < size
  }

  /** Removes the field at a position, counted from the end where it is negative. @throws RangeError */
  deleteAt(index: number): void {
    this.#list.splice(this.#place(index), 1)
  }

  #place(index: number): number {
    const place = index < 0 ? index + this.#list.length : index
    if (place in this.#list) return place
    throw new RangeError(`no header at ${index}: there are ${this.#list.length}`)
  }

  /** Removes the fields that do not pass the test. */
  retain(test: (name: string, value: string) => boolean): void {
    const kept = this.#list.filter(([name, value]) => test(name, value))
    this.#list.splice(0, this.#list.length, ...kept)
  }

  /** Removes everything. */
  clear(): void {
    this.#list.length = 0
  }

  /**
   * Removes a field and returns its first value; with a position, or with nothing for the last, returns that pair.
   *
   * @throws MissingKey if it is not there and no default is given.
   */
  pop(position?: number): HeaderPair
  pop(name: string): string
  pop<D>(name: string, options: { readonly default: D }): string | D
  pop(name: string | number = -1, options?: { readonly default: unknown }): unknown {
    if (typeof name === 'number') return this.#popAt(name)
    const value = this.lookup(name)
    if (value !== undefined) {
      this.remove(name)
      return value
    }
    if (options === undefined) throw this.missingKey(name)
    return options.default
  }

  /** Removes the last field and returns it. @throws MissingKey if there is none. */
  popitem(): HeaderPair {
    return this.#popAt(-1)
  }

  #popAt(position: number): HeaderPair {
    const pair = this.#list.at(position)
    if (pair === undefined) throw this.missingKey(`pop(${position}): there are ${this.size} headers`)
    this.#list.splice(position, 1)
    return pair
  }

  override [Symbol.iterator](): IterableIterator<HeaderPair> {
    return this.#list[Symbol.iterator]()
  }

  /** The list of pairs that is in use: not a copy, for servers that write it out. */
  override toWsgiList(): readonly HeaderPair[] {
    return this.#list
  }

  /** The fields from `start` to before `end`, as headers of their own. */
  slice(start?: number, end?: number): Headers {
    return Headers.adopt(this.toWsgiList().slice(start, end))
  }

  /** A copy that can be changed. */
  copy(): Headers {
    return Headers.adopt(this.#list.slice())
  }
}
