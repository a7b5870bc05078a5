import { hashKey } from './hash.ts'
import { isText } from './kinds.ts'
import { MISSING, PY_TYPE } from './protocol.ts'

/** Python's dict: `1`, `1.0` and `True` are one key, `'1'` is another, tuples are keys by their value. */
export class PyDict extends Map<unknown, unknown> {
  // Keys that are not their own identity (booleans, tuples, markup), by their identity.
  #aliases: Map<unknown, unknown> | null = null

  #stored(key: unknown): unknown {
    if (typeof key === 'string' && this.#aliases === null && key.charCodeAt(0) !== 0) return key
    const hash = hashKey(key)
    if (this.#aliases?.has(hash)) return this.#aliases.get(hash)
    return typeof hash === 'string' && typeof key === 'string' ? key : super.has(hash) ? hash : key
  }

  override get(key: unknown): unknown {
    return super.get(this.#stored(key))
  }

  override has(key: unknown): boolean {
    return super.has(this.#stored(key))
  }

  override set(key: unknown, value: unknown): this {
    const stored = this.#stored(key)
    if (!super.has(stored)) {
      const hash = hashKey(key)
      if (hash !== key && typeof key !== 'string') {
        this.#aliases ??= new Map()
        this.#aliases.set(hash, key)
      }
    }
    return super.set(stored, value)
  }

  override delete(key: unknown): boolean {
    const stored = this.#stored(key)
    if (this.#aliases !== null) this.#aliases.delete(hashKey(key))
    return super.delete(stored)
  }

  override clear(): void {
    this.#aliases = null
    super.clear()
  }
}

/** Either of the two kinds of dict that templates see. */
export type Dict = Map<unknown, unknown> | Record<string, unknown>

/** A dict of the given entries. */
export function dictFrom(entries: Iterable<readonly [unknown, unknown]>): PyDict {
  const out = new PyDict()
  for (const [key, value] of entries) out.set(key, value)
  return out
}

/** The number of entries. */
export function dictSize(dict: Dict): number {
  return dict instanceof Map ? dict.size : Object.keys(dict).length
}

/** The keys in order. */
export function dictKeys(dict: Dict): unknown[] {
  return dict instanceof Map ? [...dict.keys()] : Object.keys(dict)
}

/** The values in order. */
export function dictValues(dict: Dict): unknown[] {
  return dict instanceof Map ? [...dict.values()] : Object.values(dict)
}

/** The entries in order. */
export function dictEntries(dict: Dict): [unknown, unknown][] {
  return dict instanceof Map ? [...dict.entries()] : Object.entries(dict)
}

/** The value of a key, or {@link MISSING}; of a plain object only own properties count. */
export function dictGet(dict: Dict, key: unknown): unknown {
  if (dict instanceof Map) return mapGet(dict, key)
  if (!isText(key)) {
    if (typeof key === 'object') hashKey(key)
    return MISSING
  }
  const name = String(key)
  return Object.hasOwn(dict, name) ? dict[name] : MISSING
}

function mapGet(map: Map<unknown, unknown>, key: unknown): unknown {
  const value = map.get(key)
  if (value !== undefined || map.has(key)) return value
  if (map instanceof PyDict) return MISSING
  const hash = hashKey(key)
  return hash !== key && map.has(hash) ? map.get(hash) : MISSING
}

/** Whether a key is there. */
export function dictHas(dict: Dict, key: unknown): boolean {
  return dictGet(dict, key) !== MISSING
}

/** Sets the value of a key; a plain object never gets a key that is not its own property. */
export function dictSet(dict: Dict, key: unknown, value: unknown): void {
  if (dict instanceof Map) {
    dict.set(key, value)
    return
  }
  if (!isText(key)) {
    throw new TypeError(
      `a plain object takes only texts as keys, not ${typeof key}; pass a Map for other keys`,
    )
  }
  // Whoever awaits such an object would call the function: no way round the rules of a sandbox.
  if (String(key) === 'then' && typeof value === 'function') {
    throw new TypeError(
      "a function cannot be the key 'then' of a plain object, which it would turn into a promise; pass a Map",
    )
  }
  // Not an assignment: that would call the setter behind `__proto__`.
  const own = { value, writable: true, enumerable: true, configurable: true }
  Object.defineProperty(dict, String(key), own)
}

/** Removes a key. */
export function dictDelete(dict: Dict, key: unknown): void {
  if (dict instanceof Map) dict.delete(key)
  else if (isText(key)) Reflect.deleteProperty(dict, String(key))
}

/** A live view of a dict's keys, values or entries. */
export class DictView {
  readonly kind: 'keys' | 'values' | 'items'
  readonly #dict: Dict
  readonly #items: (dict: Dict) => unknown[]

  constructor(kind: DictView['kind'], dict: Dict, items: (dict: Dict) => unknown[]) {
    this.kind = kind
    this.#dict = dict
    this.#items = items
  }

  get [PY_TYPE](): string {
    return `dict_${this.kind}`
  }

  get length(): number {
    return dictSize(this.#dict)
  }

  toArray(): unknown[] {
    return this.#items(this.#dict)
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#items(this.#dict)[Symbol.iterator]()
  }
}
