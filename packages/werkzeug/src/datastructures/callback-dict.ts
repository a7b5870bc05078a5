import { getOptions, type PlainDefault } from './conversion.ts'
import { MissingKey } from './missing-key.ts'

/** What a dictionary can be made from: pairs or an object. */
export type DictData<V> = Iterable<readonly [key: string, value: V]> | Readonly<Record<string, V>>

/**
 * Goes through the pairs of an object or of something that gives pairs.
 *
 * @param data - Pairs, or an object whose own keys are meant.
 */
function dictEntries<V>(data: DictData<V>): Iterable<readonly [key: string, value: V]> {
  return Symbol.iterator in data ? (data as Iterable<readonly [string, V]>) : Object.entries(data)
}

/**
 * A dictionary that calls back whenever it is changed.
 *
 * Assigning counts always, removing only if something was there. Iterating gives pairs, as a `Map` does.
 */
export class CallbackDict<V> implements Iterable<[key: string, value: V]> {
  readonly #map = new Map<string, V>()
  /** Called after each change, with the dictionary. */
  onUpdate: ((dict: CallbackDict<V>) => void) | undefined

  constructor(data?: DictData<V> | null, onUpdate?: (dict: CallbackDict<V>) => void) {
    if (data !== undefined && data !== null)
      for (const [key, value] of dictEntries(data)) this.#map.set(key, value)
    this.onUpdate = onUpdate
  }

  get size(): number {
    return this.#map.size
  }

  /** Says that the contents have changed. */
  protected changed(): void {
    this.onUpdate?.(this)
  }

  has(key: string): boolean {
    return this.#map.has(key)
  }

  /** The value of a key, or the default, which may also stand alone. */
  get(key: string): V | undefined
  get<D>(key: string, options: { readonly default: D }): V | D
  get<D extends PlainDefault>(key: string, fallback: D): V | D
  get(key: string, given?: { readonly default: unknown } | PlainDefault): unknown {
    if (given === undefined || this.#map.has(key)) return this.#map.get(key)
    return getOptions(given).default
  }

  /** The value of a key. @throws MissingKey if it is not there. */
  getItem(key: string): V {
    if (!this.#map.has(key)) throw new MissingKey(key)
    return this.#map.get(key) as V
  }

  set(key: string, value: V): void {
    this.#map.set(key, value)
    this.changed()
  }

  /** The value of a key, which is set first if the key is not there. */
  setdefault(key: string, value: V): V {
    if (!this.#map.has(key)) this.set(key, value)
    return this.getItem(key)
  }

  /** Sets all pairs of the data. */
  update(data: DictData<V>): void {
    for (const [key, value] of dictEntries(data)) this.#map.set(key, value)
    this.changed()
  }

  /** Removes a key. @returns Whether it was there. */
  delete(key: string): boolean {
    const there = this.#map.delete(key)
    if (there) this.changed()
    return there
  }

  /** Removes a key: Python's `del`. @throws MissingKey if it is not there. */
  delItem(key: string): void {
    if (!this.delete(key)) throw new MissingKey(key)
  }

  /** Removes a key and returns its value. @throws MissingKey if it is not there and no default is given. */
  pop(key: string): V
  pop<D>(key: string, options: { readonly default: D }): V | D
  pop(key: string, options?: { readonly default: unknown }): unknown {
    if (this.#map.has(key)) {
      const value = this.#map.get(key)
      this.delete(key)
      return value
    }
    if (options === undefined) throw new MissingKey(key)
    return options.default
  }

  /** Removes the last pair and returns it. @throws MissingKey if there is none. */
  popitem(): [key: string, value: V] {
    const last = [...this.#map].at(-1)
    if (last === undefined) throw new MissingKey('popitem(): the dictionary is empty')
    this.delete(last[0])
    return last
  }

  /** Removes everything. */
  clear(): void {
    this.#map.clear()
    this.changed()
  }

  keys(): IterableIterator<string> {
    return this.#map.keys()
  }

  values(): IterableIterator<V> {
    return this.#map.values()
  }

  items(): IterableIterator<[key: string, value: V]> {
    return this.#map.entries()
  }

  [Symbol.iterator](): IterableIterator<[key: string, value: V]> {
    return this.#map.entries()
  }

  /** A plain object of the contents. */
  toDict(): Record<string, V> {
    return Object.fromEntries(this.#map)
  }

  toJSON(): Record<string, V> {
    return this.toDict()
  }

  toString(): string {
    return `<${this.constructor.name} ${JSON.stringify(this)}>`
  }
}
