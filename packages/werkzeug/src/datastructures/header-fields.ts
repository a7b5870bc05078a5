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

/** A header field: its name as written, and its value. */
export type HeaderPair = readonly [name: string, value: string]

/** Equal names are mostly identical strings, and otherwise of equal length: lower case is the last resort. */
export function sameName(one: string, other: string): boolean {
  return one === other || (one.length === other.length && one.toLowerCase() === other.toLowerCase())
}

/**
 * What can be asked of header fields: the reading half of `Headers`.
 */
export abstract class HeaderFields implements Iterable<HeaderPair> {
  /** How many fields there are. */
  abstract get size(): number

  /** The first value of a field, or `undefined`: what all other lookups are made from. */
  protected abstract lookup(name: string): string | undefined

  abstract [Symbol.iterator](): IterableIterator<HeaderPair>

  /** All pairs as a list, which is not to be changed. */
  abstract toWsgiList(): readonly HeaderPair[]

  /** The error for a missing field. A subclass may make another of it. */
  protected missingKey(name: string): Error {
    return new MissingKey(name)
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
   * The first value of a field, or the default, which may also stand alone: `headers.get('X', '')`.
   *
   * @param options - `type` converts the value; where it throws or gives `NaN`, the default stands in.
   */
  get(name: string): string | undefined
  get<T>(name: string, options: GetOptions<string, T, undefined>): T | undefined
  get<T, D>(name: string, options: GetOptions<string, T, D> & { readonly default: D }): T | D
  get<D>(name: string, options: { readonly default: D }): string | D
  get<D extends PlainDefault>(name: string, fallback: D): string | D
  get(name: string, given?: AnyGetOptions<string> | PlainDefault): unknown {
    const value = this.lookup(name)
    if (given === undefined) return value
    const options = getOptions(given)
    return value === undefined ? options.default : converted(value, options)
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
        const result = convert(value, options.type)
        if (result !== undefined) values.push(result.value)
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

  /** What `JSON.stringify` sees: the pairs. */
  toJSON(): readonly HeaderPair[] {
    return this.toWsgiList()
  }

  /** Whether the other has the same fields, whatever their order and the case of their names. */
  equals(other: HeaderFields): boolean {
    const fields = (headers: HeaderFields): Set<string> =>
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
