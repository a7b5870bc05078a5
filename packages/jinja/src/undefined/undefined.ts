import { UndefinedError } from '../errors.ts'
import { objectTypeRepr } from '../python/kinds.ts'
import { quote, repr } from '../python/print.ts'
import {
  PY_BOOL,
  PY_EQ,
  PY_FAIL,
  PY_GETITEM,
  PY_HASH,
  PY_LEN,
  PY_REPR,
  PY_STR,
  PY_TYPE,
} from '../python/protocol.ts'

/** A class of errors that an undefined value throws. */
export type UndefinedErrorClass = new (message: string) => Error

/** A class of undefined values, as an environment takes it. */
export type UndefinedClass = new (
  hint?: string | null,
  obj?: unknown,
  name?: unknown,
  exc?: UndefinedErrorClass,
) => Undefined

/**
 * What a name or attribute gives that is not there: prints as nothing, is false and empty, and throws when
 * anything else is done with it.
 */
export class Undefined {
  readonly undefinedHint: string | null
  /** What was looked into; JavaScript's `undefined` if it was the context. */
  readonly undefinedObj: unknown
  readonly undefinedName: unknown
  readonly undefinedException: UndefinedErrorClass

  /**
   * @param hint The whole message, if there is a better one than the usual.
   * @param obj What was looked into; leave it out for a variable.
   * @param name What was looked for.
   * @param exc The class of the error that use throws.
   */
  constructor(
    hint: string | null = null,
    obj: unknown = undefined,
    name: unknown = null,
    exc: UndefinedErrorClass = UndefinedError,
  ) {
    this.undefinedHint = hint
    this.undefinedObj = obj
    this.undefinedName = name
    this.undefinedException = exc
  }

  /** What was missing, in Jinja's words. */
  get undefinedMessage(): string {
    if (this.undefinedHint) return this.undefinedHint
    const name = this.undefinedName
    if (this.undefinedObj === undefined) return `${repr(name)} is undefined`
    const type = objectTypeRepr(this.undefinedObj)
    if (typeof name !== 'string') return `${type} has no element ${repr(name)}`
    return `${quote(type)} has no attribute ${quote(name)}`
  }

  /** Throws the error about this value. */
  failWithUndefinedError(): never {
    throw new this.undefinedException(this.undefinedMessage)
  }

  get [PY_TYPE](): string {
    return `jinja2.runtime.${this.constructor.name}`
  }

  [PY_FAIL](): never {
    return this.failWithUndefinedError()
  }

  [PY_STR](): string {
    return ''
  }

  [PY_REPR](): string {
    return 'Undefined'
  }

  [PY_BOOL](): boolean {
    return false
  }

  [PY_LEN](): number {
    return 0
  }

  [PY_EQ](other: unknown): boolean {
    return other instanceof Undefined && other.constructor === this.constructor
  }

  [PY_HASH](): unknown {
    return this.constructor
  }

  [PY_GETITEM](_key: unknown): unknown {
    return this.failWithUndefinedError()
  }

  /** What an attribute of this value gives. */
  getAttribute(_name: string): unknown {
    return this.failWithUndefinedError()
  }

  [Symbol.iterator](): Iterator<unknown> {
    return [][Symbol.iterator]()
  }

  toString(): string {
    return this[PY_STR]()
  }

  toJSON(): unknown {
    throw new TypeError(`Object of type ${this.constructor.name} is not JSON serializable`)
  }
}

/** Whether a value is undefined for templates. */
export function isUndefined(value: unknown): value is Undefined {
  return value instanceof Undefined
}
