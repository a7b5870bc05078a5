/**
 * The names on `g`, for an application to declare:
 * `declare module 'flask-ts' { interface AppGlobals { user: User | null } }`.
 */
export interface AppGlobals {
  [name: string]: unknown
}

/** A name was taken from `g` that is not there, and no default was given. */
export class MissingGlobalError extends Error {
  override readonly name = 'MissingGlobalError'
}

/**
 * The object behind `g`: a plain place for values that live as long as the context.
 *
 * @see https://flask.palletsprojects.com/api/#flask.ctx._AppCtxGlobals
 */
export class AppContextGlobals {
  [name: string]: unknown

  /** The value of a name, or the default where it is not set. */
  get(name: string, fallback: unknown = null): unknown {
    return Object.hasOwn(this, name) ? this[name] : fallback
  }

  /**
   * Takes a value out.
   *
   * @throws MissingGlobalError - if the name is not set and no default is given.
   */
  pop(name: string, ...fallback: readonly unknown[]): unknown {
    if (Object.hasOwn(this, name)) {
      const value = this[name]
      delete this[name]
      return value
    }
    if (fallback.length > 0) return fallback[0]
    throw new MissingGlobalError(`g has no '${name}'. Set it first, or give a default to g.pop().`)
  }

  /** Sets a name that has no value yet, and gives its value. */
  setdefault(name: string, value: unknown = null): unknown {
    if (!Object.hasOwn(this, name)) this[name] = value
    return this[name]
  }

  /** The names that are set. */
  *[Symbol.iterator](): IterableIterator<string> {
    yield* Object.keys(this)
  }
}
