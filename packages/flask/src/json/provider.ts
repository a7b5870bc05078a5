import { dumpJson, type JsonOptions, JsonTypeError, jsonEncoder } from '@flask-ts/itsdangerous'
import { Kwargs } from '@flask-ts/jinja'
import { typeName } from '../type-name.ts'
import { decodeJson } from './decode.ts'

/** What a provider needs of its application. */
export interface JsonHost<R> {
  readonly debug: boolean
  readonly responseClass: new (body: string, options: { readonly mimetype: string }) => R
}

function hasMethod<N extends string>(value: object, name: N): value is Record<N, () => unknown> {
  return typeof (value as Record<string, unknown>)[name] === 'function'
}

/**
 * Turns values to JSON and back for one application: the base of `app.json`.
 *
 * @see https://flask.palletsprojects.com/api/#flask.json.provider.JSONProvider
 */
export abstract class JSONProvider<R = object> {
  readonly app: JsonHost<R>

  constructor(app: JsonHost<R>) {
    this.app = app
  }

  /** A value as JSON text. */
  abstract dumps(value: unknown, options?: JsonOptions): string

  /** The value of JSON text or bytes. */
  abstract loads(source: string | Uint8Array): unknown

  /**
   * Several arguments stand for a list of them, none for `null`, and keyword arguments (`Kwargs`) for an object.
   *
   * @throws JsonTypeError - for keyword arguments beside others.
   */
  prepareResponseObject(args: readonly unknown[]): unknown {
    if (args.length === 0) return null
    const last = args[args.length - 1]
    if (last instanceof Kwargs) {
      if (args.length === 1) return last.values
      throw new JsonTypeError(
        `jsonify() got ${args.length - 1} arguments beside keyword arguments. Give it one or the other.`,
      )
    }
    return args.length === 1 ? args[0] : args
  }

  /** A response with the JSON of its arguments. */
  response(...args: readonly unknown[]): R {
    const body = this.dumps(this.prepareResponseObject(args))
    return new this.app.responseClass(body, { mimetype: 'application/json' })
  }
}

/**
 * What JSON has no form for, as a value that it has: dates, and objects with `toJSON` or `__html__`.
 *
 * @throws JsonTypeError - for everything else.
 */
export function defaultJsonValue(value: unknown): unknown {
  if (value instanceof Date) return value.toUTCString()
  // Buffers have a toJSON of their own, but what bytes mean as JSON is for the author to say.
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    if (hasMethod(value, '__html__')) return String(value.__html__())
    if (hasMethod(value, 'toJSON')) return value.toJSON()
  }
  throw new JsonTypeError(
    `Object of type ${typeName(value)} is not JSON serializable. Give it a toJSON method, or convert it first.`,
  )
}

/**
 * The provider that an application begins with.
 *
 * Beyond JSON's own types it takes dates (written as HTTP dates), objects with `toJSON`, and objects with
 * `__html__` such as `Markup`.
 *
 * @see https://flask.palletsprojects.com/api/#flask.json.provider.DefaultJSONProvider
 */
export class DefaultJSONProvider<R = object> extends JSONProvider<R> {
  /** Escapes everything beyond ASCII. */
  ensureAscii = true
  /** Sorts the keys of mappings, so that equal data gives equal text. */
  sortKeys = true
  /** Writes responses without white space; `null`: unless in debug mode. */
  compact: boolean | null = null
  /** The type of responses. */
  mimetype = 'application/json'

  readonly #default = (value: unknown): unknown => this.default(value)
  #kept: ResponseEncoder | undefined

  /** Gives a value that JSON has no form for one that it has. Override it to support further types. */
  default(value: unknown): unknown {
    return defaultJsonValue(value)
  }

  override dumps(value: unknown, options: JsonOptions = {}): string {
    return dumpJson(value, {
      default: this.#default,
      ensureAscii: this.ensureAscii,
      sortKeys: this.sortKeys,
      ...options,
    })
  }

  override loads(source: string | Uint8Array): unknown {
    return decodeJson(source)
  }

  override response(...args: readonly unknown[]): R {
    const body = this.#encoder().encode(this.prepareResponseObject(args))
    return new this.app.responseClass(`${body}\n`, { mimetype: this.mimetype })
  }

  /** What writes responses, kept for as long as the settings are the same. */
  #encoder(): ResponseEncoder {
    const { ensureAscii, sortKeys } = this
    const loose = this.compact === false || (this.compact === null && this.app.debug)
    const kept = this.#kept
    if (kept?.loose === loose && kept.ensureAscii === ensureAscii && kept.sortKeys === sortKeys) return kept
    const indent = loose ? 2 : undefined
    const separators = loose ? undefined : COMPACT
    const encode = jsonEncoder({ default: this.#default, ensureAscii, sortKeys, indent, separators })
    this.#kept = { loose, ensureAscii, sortKeys, encode }
    return this.#kept
  }
}

/** A function that writes responses, with the settings that it was made for. */
interface ResponseEncoder {
  readonly loose: boolean
  readonly ensureAscii: boolean
  readonly sortKeys: boolean
  readonly encode: (value: unknown) => string
}

const COMPACT: readonly [string, string] = [',', ':']
