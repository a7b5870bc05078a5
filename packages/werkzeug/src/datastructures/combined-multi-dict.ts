import {
  type AnyGetOptions,
  type Converter,
  convert,
  type GetOptions,
  getOptions,
  type PlainDefault,
} from './conversion.ts'
import { ImmutableMultiDict } from './immutable-multi-dict.ts'
import type { MultiDict } from './multi-dict.ts'

/**
 * Several `MultiDict`s read as one, the earlier before the later, as `request.values` reads the query and the form.
 *
 * It cannot be changed, but shows the changes of its parts.
 */
export class CombinedMultiDict<V = string> extends ImmutableMultiDict<V> {
  /** The parts, the one that is asked first in front. */
  readonly dicts: readonly MultiDict<V>[]

  constructor(dicts: Iterable<MultiDict<V>> = []) {
    super()
    this.dicts = [...dicts]
  }

  override get size(): number {
    return this.#keys().size
  }

  #keys(): Set<string> {
    const keys = new Set<string>()
    for (const dict of this.dicts) for (const key of dict.keys()) keys.add(key)
    return keys
  }

  override has(key: string): boolean {
    return this.dicts.some((dict) => dict.has(key))
  }

  override getItem(key: string): V {
    for (const dict of this.dicts) if (dict.has(key)) return dict.getItem(key)
    throw this.missingKey(key)
  }

  override get(key: string): V | undefined
  override get<T>(key: string, options: GetOptions<V, T, undefined>): T | undefined
  override get<T, D>(key: string, options: GetOptions<V, T, D> & { readonly default: D }): T | D
  override get<D>(key: string, options: { readonly default: D }): V | D
  override get<D extends PlainDefault>(key: string, fallback: D): V | D
  override get(key: string, given?: AnyGetOptions<V> | PlainDefault): unknown {
    const options = given === undefined ? undefined : getOptions(given)
    for (const dict of this.dicts) {
      if (!dict.has(key)) continue
      if (options?.type === undefined) return dict.getItem(key)
      // A value that does not convert lets the next part try, unlike in a single MultiDict.
      const converted = convert(dict.getItem(key), options.type)
      if (converted !== undefined) return converted.value
    }
    return options?.default
  }

  override getlist(key: string): V[]
  override getlist<T>(key: string, options: { readonly type: Converter<V, T> }): T[]
  override getlist(key: string, options?: { readonly type: Converter<V, unknown> }): unknown[] {
    return this.dicts.flatMap((dict) =>
      options === undefined ? dict.getlist(key) : dict.getlist(key, options),
    )
  }

  override keys(): Iterable<string> {
    return this.#keys()
  }

  override *values(): Generator<V> {
    for (const [, value] of this.items()) yield value
  }

  override *items(options?: { readonly multi?: boolean }): Generator<[key: string, value: V]> {
    const found = new Set<string>()
    for (const dict of this.dicts) {
      for (const pair of dict.items(options)) {
        if (options?.multi !== true) {
          if (found.has(pair[0])) continue
          found.add(pair[0])
        }
        yield pair
      }
    }
  }

  override *lists(): Generator<[key: string, values: V[]]> {
    for (const key of this.#keys()) yield [key, this.getlist(key)]
  }
}
