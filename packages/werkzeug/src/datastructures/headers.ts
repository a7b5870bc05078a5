import { dumpOptionsHeader, type HeaderOptions } from '../http/options.ts'
import { type Converter, convert, type GetOptions } from './conversion.ts'
import { MissingKey } from './missing-key.ts'
import { iterMultiItems, MultiDict } from './multi-dict.ts'

/** A header field: its name as written, and its value. */
export type HeaderPair = readonly [name: string, value: string]

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

/** Equal names are mostly identical strings, and otherwise of equal length: lower case is the last resort. */
function sameName(one: string, other: string): boolean {
  return one === other || (one.length === other.length && one.toLowerCase() === other.toLowerCase())
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
export class Headers implements Iterable<HeaderPair> {
  #list: HeaderPair[] = []

  constructor(data?: HeadersData | null) {
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

  /** How many fields there are. */
  get size(): number {
    return this.#list.length
  }

  /** The error for a missing field. A subclass may make another of it. */
  protected missingKey(name: string): Error {
    return new MissingKey(name)
  }

  /** The first value of a field, or `undefined`: what all other lookups are made from. */
  protected lookup(name: string): string | undefined {
    const list = this.#list
    for (let index = 0; index < list.length; index++) {
      const pair = list[index]!
      if (sameName(pair[0], name)) return pair[1]
    }
    return undefined
  }

  /** Whether the field is there. */
  has(name: string): boolean {
    return this.lookup(name) !== undefined
  }

  /** The first value of a field. @throws MissingKey if there is none. */
  getItem(name: string): string {
    const value = this.lookup(name)
    if (value === undefined) throw this.missingKey(name)
    return value
  }

  /**
   * The first value of a field, or the default.
   *
   * @param options - `type` converts the value; where it throws or gives `NaN`, the default stands in.
   */
  get(name: string): string | undefined
  get<T>(name: string, options: GetOptions<string, T, undefined>): T | undefined
  get<T, D>(name: string, options: GetOptions<string, T, D> & { readonly default: D }): T | D
  get<D>(name: string, options: { readonly default: D }): string | D
  get(name: string, options?: { type?: Converter<string, unknown>; default?: unknown }): unknown {
    const value = this.lookup(name)
    if (options === undefined) return value
    if (value === undefined) return options.default
    if (options.type === undefined) return value
    const converted = convert(value, options.type)
    return converted === undefined ? options.default : converted.value
  }

  /** All values of a field in their order; with `type`, those that it can convert. */
  getlist(name: string): string[]
  getlist<T>(name: string, options: { readonly type: Converter<string, T> }): T[]
  getlist(name: string, options?: { readonly type: Converter<string, unknown> }): unknown[] {
    const values: unknown[] = []
    for (const [field, value] of this) {
      if (!sameName(field, name)) continue
      if (options === undefined) values.push(value)
      else {
        const converted = convert(value, options.type)
        if (converted !== undefined) values.push(converted.value)
      }
    }
    return values
  }

  /** All values of a field in their order. */
  getAll(name: string): string[] {
    return this.getlist(name)
  }

  /** The field at a position, counted from the end where it is negative. */
  at(index: number): HeaderPair | undefined {
    return this.toWsgiList().at(index)
  }

  /** The fields from `start` to before `end`, as headers of their own. */
  slice(start?: number, end?: number): Headers {
    return Headers.adopt(this.toWsgiList().slice(start, end))
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
    const list = this.#list
    const place = index < 0 ? index + list.length : index
    if (place < 0 || place >= list.length) {
      throw new RangeError(`no header at ${index}: there are ${list.length}`)
    }
    list[place] = [name, checked(name, value)]
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

  /** Removes the field at a position, counted from the end where it is negative. */
  deleteAt(index: number): void {
    this.#list.splice(index, 1)
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
   * Removes a field and returns its first value.
   *
   * @throws MissingKey if it is not there and no default is given.
   */
  pop(name: string): string
  pop<D>(name: string, options: { readonly default: D }): string | D
  pop(name: string, options?: { readonly default: unknown }): unknown {
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
    const last = this.#list.pop()
    if (last === undefined) throw this.missingKey('popitem(): there are no headers')
    return last
  }

  /** The names in their order, also those that repeat; with `lower`, in lower case. */
  *keys(options?: { readonly lower?: boolean }): Generator<string> {
    for (const [name] of this) yield options?.lower === true ? name.toLowerCase() : name
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value
  }

  /** The pairs in their order; with `lower`, names in lower case. */
  *items(options?: { readonly lower?: boolean }): Generator<HeaderPair> {
    for (const pair of this) yield options?.lower === true ? [pair[0].toLowerCase(), pair[1]] : pair
  }

  [Symbol.iterator](): IterableIterator<HeaderPair> {
    return this.#list[Symbol.iterator]()
  }

  /** The list of pairs that is in use: not a copy, for servers that write it out. */
  toWsgiList(): readonly HeaderPair[] {
    return this.#list
  }

  /** What `JSON.stringify` sees: the pairs. */
  toJSON(): readonly HeaderPair[] {
    return this.toWsgiList()
  }

  /** A copy that can be changed. */
  copy(): Headers {
    return Headers.adopt(this.#list.slice())
  }

  /** Whether the other has the same fields, whatever their order and the case of their names. */
  equals(other: Headers): boolean {
    const fields = (headers: Headers): Set<string> =>
      new Set([...headers].map(([name, value]) => `${name.toLowerCase()}\n${value}`))
    const mine = fields(this)
    const others = fields(other)
    return mine.size === others.size && [...mine].every((field) => others.has(field))
  }

  /** The fields as they stand in a message, with the empty line that ends them. */
  toString(): string {
    let text = ''
    for (const [name, value] of this) text += `${name}: ${value}\r\n`
    return `${text}\r\n`
  }
}
