import {
  type AnyGetOptions,
  type Converter,
  convert,
  converted,
  type GetOptions,
  getOptions,
  type PlainDefault,
} from './conversion.ts'
import { MissingKey } from './missing-key.ts'

/** What a `MultiDict` can be made from: another, pairs, or an object whose values may be lists. */
export type MultiDictData<V> =
  | MultiDict<V>
  | Iterable<readonly [key: string, value: V]>
  | Readonly<Record<string, V | readonly V[]>>

/**
 * Goes through all pairs of whatever holds several values for a key, none left out.
 *
 * @param data - A `MultiDict`, pairs, or an object whose arrays stand for several values.
 */
export function* iterMultiItems<V>(data: MultiDictData<V>): Generator<readonly [key: string, value: V]> {
  if (data instanceof MultiDict) yield* data.items({ multi: true })
  else if (Symbol.iterator in data) yield* data as Iterable<readonly [string, V]>
  else {
    for (const [key, value] of Object.entries(data as Record<string, V | readonly V[]>)) {
      if (Array.isArray(value)) for (const item of value as readonly V[]) yield [key, item]
      else yield [key, value as V]
    }
  }
}

function listsOf<V>(data: MultiDictData<V>): Map<string, V[]> {
  const lists = new Map<string, V[]>()
  if (data instanceof MultiDict) {
    for (const [key, values] of data.lists()) lists.set(key, values)
    return lists
  }
  const pairs = Symbol.iterator in data ? (data as Iterable<readonly [string, V]>) : iterMultiItems(data)
  for (const [key, value] of pairs) {
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [value])
    else list.push(value)
  }
  return lists
}

/**
 * A dictionary that can hold several values for a key, as forms and query strings do.
 *
 * The plain methods see the first value of a key; `getlist` and its family see all. Iterating gives
 * `[key, first value]` pairs, as a JavaScript `Map` does (Python gives keys).
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.MultiDict
 */
export class MultiDict<V = string> implements Iterable<[key: string, value: V]> {
  readonly #lists: Map<string, V[]>

  constructor(data?: MultiDictData<V> | null) {
    this.#lists = data === undefined || data === null ? new Map() : listsOf(data)
  }

  /** How many keys there are. */
  get size(): number {
    return this.#lists.size
  }

  /** The error for a missing key. A subclass may make another of it, such as a 400 answer. */
  protected missingKey(key: string): Error {
    return new MissingKey(key)
  }

  /** Whether the key is there. */
  has(key: string): boolean {
    return this.#lists.has(key)
  }

  /**
   * The first value of a key.
   *
   * @throws MissingKey if there is none.
   */
  getItem(key: string): V {
    const values = this.#lists.get(key)
    if (values === undefined || values.length === 0) throw this.missingKey(key)
    return values[0]!
  }

  /**
   * The first value of a key, or the default, which may also stand alone: `args.get('q', '')`.
   *
   * @param options - `type` converts the value (see `int` and `float`); where it throws or gives `NaN`, the default
   *   stands in.
   */
  get(key: string): V | undefined
  get<T>(key: string, options: GetOptions<V, T, undefined>): T | undefined
  get<T, D>(key: string, options: GetOptions<V, T, D> & { readonly default: D }): T | D
  get<D>(key: string, options: { readonly default: D }): V | D
  get<D extends PlainDefault>(key: string, fallback: D): V | D
  get(key: string, given?: AnyGetOptions<V> | PlainDefault): unknown {
    const value = this.#lists.get(key)?.[0]
    if (given === undefined) return value
    const options = getOptions(given)
    return value === undefined ? options.default : converted(value, options)
  }

  /**
   * All values of a key.
   *
   * @param options - `type` converts each value; those that it cannot convert are left out.
   */
  getlist(key: string): V[]
  getlist<T>(key: string, options: { readonly type: Converter<V, T> }): T[]
  getlist(key: string, options?: { readonly type: Converter<V, unknown> }): unknown[] {
    const values = this.#lists.get(key) ?? []
    if (options === undefined) return values.slice()
    return values.flatMap((value) => {
      const result = convert(value, options.type)
      return result === undefined ? [] : [result.value]
    })
  }

  /** Replaces all values of a key by one. */
  set(key: string, value: V): void {
    this.#lists.set(key, [value])
  }

  /** Adds a value to those of a key. */
  add(key: string, value: V): void {
    const values = this.#lists.get(key)
    if (values === undefined) this.#lists.set(key, [value])
    else values.push(value)
  }

  /** Replaces all values of a key. An empty list leaves the key there without a value. */
  setlist(key: string, values: Iterable<V>): void {
    this.#lists.set(key, [...values])
  }

  /** The first value of a key, which is set first if the key is not there. */
  setdefault(key: string, value: V): V {
    if (!this.has(key)) this.set(key, value)
    return this.getItem(key)
  }

  /** The values of a key, which are set first if the key is not there. The list is the one in use: adding to it counts. */
  setlistdefault(key: string, values: Iterable<V> = []): V[] {
    let list = this.#lists.get(key)
    if (list === undefined) {
      list = [...values]
      this.#lists.set(key, list)
    }
    return list
  }

  /** Adds all pairs of the data to those that are there. */
  update(data: MultiDictData<V>): void {
    for (const [key, value] of iterMultiItems(data)) this.add(key, value)
  }

  /** A copy with the pairs of the data added: Python's `|`. */
  union(data: MultiDictData<V>): MultiDict<V> {
    const united = this.copy()
    united.update(data)
    return united
  }

  /** Removes a key. @returns Whether it was there. */
  delete(key: string): boolean {
    return this.#lists.delete(key)
  }

  /**
   * Removes a key: Python's `del`.
   *
   * @throws MissingKey if it is not there.
   */
  delItem(key: string): void {
    if (!this.delete(key)) throw this.missingKey(key)
  }

  /** Removes everything. */
  clear(): void {
    this.#lists.clear()
  }

  /**
   * Removes a key and returns its first value.
   *
   * @throws MissingKey if it is not there and no default is given, or if it has no value.
   */
  pop(key: string): V
  pop<D>(key: string, options: { readonly default: D }): V | D
  pop(key: string, options?: { readonly default: unknown }): unknown {
    const values = this.#lists.get(key)
    this.#lists.delete(key)
    if (values !== undefined && values.length > 0) return values[0]
    if (options === undefined) throw this.missingKey(key)
    return options.default
  }

  /** Removes the last key and returns it with its first value. @throws MissingKey if there is none. */
  popitem(): [key: string, value: V] {
    const [key, values] = this.popitemlist()
    if (values.length === 0) throw this.missingKey(key)
    return [key, values[0]!]
  }

  /** Removes a key and returns all its values: none if it is not there. */
  poplist(key: string): V[] {
    const values = this.#lists.get(key) ?? []
    this.#lists.delete(key)
    return values
  }

  /** Removes the last key and returns it with all its values. @throws MissingKey if there is none. */
  popitemlist(): [key: string, values: V[]] {
    const last = [...this.#lists].at(-1)
    if (last === undefined) throw this.missingKey('popitem(): the dictionary is empty')
    this.#lists.delete(last[0])
    return last
  }

  keys(): Iterable<string> {
    return this.#lists.keys()
  }

  /** The first value of each key. @throws MissingKey for a key with an empty list. */
  *values(): Generator<V> {
    for (const [, value] of this.items()) yield value
  }

  /**
   * Pairs of each key and its first value; with `multi`, of each key and each of its values.
   *
   * @throws MissingKey for a key with an empty list, unless `multi`.
   */
  *items(options?: { readonly multi?: boolean }): Generator<[key: string, value: V]> {
    const multi = options?.multi === true
    for (const [key, values] of this.#lists) {
      if (multi) for (const value of values) yield [key, value]
      else if (values.length > 0) yield [key, values[0]!]
      else throw this.missingKey(key)
    }
  }

  /** Pairs of each key and a copy of all its values. */
  *lists(): Generator<[key: string, values: V[]]> {
    for (const [key, values] of this.#lists) yield [key, values.slice()]
  }

  /** All values of each key. */
  *listvalues(): Generator<V[]> {
    for (const [, values] of this.lists()) yield values
  }

  [Symbol.iterator](): Generator<[key: string, value: V]> {
    return this.items()
  }

  /** A plain object of the first values; with `flat: false`, of all values of each key. */
  toDict(options?: { readonly flat?: true }): Record<string, V>
  toDict(options: { readonly flat: false }): Record<string, V[]>
  toDict(options?: { readonly flat?: boolean }): Record<string, V> | Record<string, V[]> {
    return options?.flat === false ? Object.fromEntries(this.lists()) : Object.fromEntries(this.items())
  }

  /** What `JSON.stringify` sees: the first values, as in Python. */
  toJSON(): Record<string, V> {
    return this.toDict()
  }

  /** A changeable copy; the values are shared. */
  copy(): MultiDict<V> {
    return new MultiDict<V>(this)
  }

  /** A changeable copy whose values are copies too. */
  deepcopy(): MultiDict<V> {
    return new MultiDict<V>(structuredClone(this.toDict({ flat: false })))
  }

  /** Whether the other holds the same values, in the same order within each key. */
  equals(other: MultiDict<V>): boolean {
    if (other.size !== this.size) return false
    for (const [key, values] of this.lists()) {
      const others = other.getlist(key)
      if (!other.has(key) || others.length !== values.length) return false
      if (!values.every((value, index) => Object.is(value, others[index]))) return false
    }
    return true
  }

  toString(): string {
    return `${this.constructor.name}(${JSON.stringify([...this.items({ multi: true })])})`
  }
}
