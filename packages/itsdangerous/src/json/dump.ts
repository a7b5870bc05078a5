import { JsonDepthError, JsonTypeError } from './errors.ts'
import { compareCodePoints, jsonNumber, quoteJson } from './text.ts'

/** How JSON text is written; the defaults are those of Python's `json.dumps`. */
export interface JsonOptions {
  /** Makes a value that JSON has no form for into one that it has. */
  readonly default?: ((value: unknown) => unknown) | undefined
  readonly ensureAscii?: boolean | undefined
  readonly sortKeys?: boolean | undefined
  /** Spaces per level, or the text of one; one line if it is left out. */
  readonly indent?: number | string | undefined
  /** What stands between items, and between key and value. */
  readonly separators?: readonly [item: string, key: string] | undefined
}

type MapKey = string | number | bigint | boolean | null

const MAX_DEPTH = 900

/** How an error message names the type of a value: the class, or the primitive type. */
function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  return (value.constructor as { name?: string } | undefined)?.name || 'object'
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof (value as { toJSON?: unknown } | null)?.toJSON === 'function'
}

function convertOrRefuse(value: unknown): unknown {
  if (hasToJson(value)) return value.toJSON()
  throw new JsonTypeError(
    `Object of type ${typeName(value)} is not JSON serializable. Give it a toJSON method, or convert it first.`,
  )
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function compareMapKeys(left: MapKey, right: MapKey): number {
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right)
  if (typeof left === 'string' || typeof right === 'string' || left === null || right === null) {
    throw new JsonTypeError(
      `Keys of types ${typeName(left)} and ${typeName(right)} cannot be sorted. Use keys of one type or turn sortKeys off.`,
    )
  }
  return left < right ? -1 : left > right ? 1 : 0
}

function mapKeyText(key: unknown): string {
  switch (typeof key) {
    case 'string':
      return key
    case 'number':
      return jsonNumber(key)
    case 'bigint':
    case 'boolean':
      return String(key)
    default:
      if (key === null) return 'null'
      throw new JsonTypeError(
        `keys must be strings, numbers, booleans or null, not ${typeName(key)}. Convert the keys of the Map first.`,
      )
  }
}

function sortedKeys(value: object): string[] {
  const keys = Object.keys(value)
  for (let at = 1; at < keys.length; at++) {
    if (compareCodePoints(keys[at - 1]!, keys[at]!) > 0) return keys.sort(compareCodePoints)
  }
  return keys
}

/** Writes one value; it holds the options, so that the recursion carries only value and depth. */
class Encoder {
  readonly #default: (value: unknown) => unknown
  readonly #ascii: boolean
  readonly #sort: boolean
  readonly #indent: string
  readonly #pretty: boolean
  readonly #item: string
  readonly #key: string

  constructor(options: JsonOptions) {
    this.#default = options.default ?? convertOrRefuse
    this.#ascii = options.ensureAscii ?? true
    this.#sort = options.sortKeys ?? false
    this.#pretty = options.indent !== undefined
    const { indent } = options
    this.#indent = typeof indent === 'string' ? indent : ' '.repeat(indent ?? 0)
    const [item, key] = options.separators ?? [this.#pretty ? ',' : ', ', ': ']
    this.#item = item
    this.#key = key
  }

  write(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return quoteJson(value, this.#ascii)
      case 'number':
        return jsonNumber(value)
      case 'boolean':
        return value ? 'true' : 'false'
      case 'bigint':
        return String(value)
      case 'undefined':
        return 'null'
      case 'object':
        return value === null ? 'null' : this.#object(value, depth)
      default:
        return this.write(this.#default(value), depth)
    }
  }

  #object(value: object, depth: number): string {
    if (depth > MAX_DEPTH) {
      throw new JsonDepthError(
        `A ${typeName(value)} is nested more than ${MAX_DEPTH} levels deep: it contains itself, or must be flattened.`,
      )
    }
    if (Array.isArray(value)) return this.#list(value, depth + 1)
    if (isPlain(value)) return this.#dict(value as Record<string, unknown>, depth + 1)
    if (value instanceof Map) return this.#map(value, depth + 1)
    return this.write(this.#default(value), depth + 1)
  }

  #list(values: readonly unknown[], depth: number): string {
    if (values.length === 0) return '[]'
    let text = ''
    for (let at = 0; at < values.length; at++) {
      text += (at === 0 ? '' : this.#item) + this.#lineStart(depth) + this.write(values[at], depth)
    }
    return `[${text}${this.#lineStart(depth - 1)}]`
  }

  #dict(value: Record<string, unknown>, depth: number): string {
    const keys = this.#sort ? sortedKeys(value) : Object.keys(value)
    let text = ''
    for (const key of keys) {
      const item = value[key]
      if (item === undefined) continue
      text += (text === '' ? '' : this.#item) + this.#entry(key, item, depth)
    }
    return text === '' ? '{}' : `{${text}${this.#lineStart(depth - 1)}}`
  }

  #map(value: ReadonlyMap<unknown, unknown>, depth: number): string {
    if (value.size === 0) return '{}'
    const keys = [...value.keys()]
    if (this.#sort) (keys as MapKey[]).sort(compareMapKeys)
    const text = keys.map((key) => this.#entry(mapKeyText(key), value.get(key), depth)).join(this.#item)
    return `{${text}${this.#lineStart(depth - 1)}}`
  }

  #entry(key: string, value: unknown, depth: number): string {
    return this.#lineStart(depth) + quoteJson(key, this.#ascii) + this.#key + this.write(value, depth)
  }

  #lineStart(depth: number): string {
    return this.#pretty ? `\n${this.#indent.repeat(depth)}` : ''
  }
}

/**
 * A value as JSON text, as Python's `json.dumps` writes it.
 *
 * Plain objects and Maps are mappings; properties that are `undefined` are left out.
 *
 * @throws JsonTypeError - if a value has no form in JSON and `default` does not give it one.
 */
export function dumpJson(value: unknown, options: JsonOptions = {}): string {
  return new Encoder(options).write(value, 0)
}

/** Makes a function that writes values with always the same options. */
export function jsonEncoder(options: JsonOptions): (value: unknown) => string {
  const encoder = new Encoder(options)
  return (value) => encoder.write(value, 0)
}
