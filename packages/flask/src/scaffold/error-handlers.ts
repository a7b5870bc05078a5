import { defaultExceptions, HTTPException } from '@flask-ts/werkzeug/exceptions'
import { SetupValueError } from '../errors.ts'
import { typeName } from '../type-name.ts'
import type { ErrorHandler } from '../view-types.ts'

/** A class of errors, as `instanceof` takes it. */
export type ErrorClass<E = unknown> = abstract new (...args: never[]) => E

type HandlersByClass = Map<unknown, ErrorHandler<never>>
type HandlersByCode = Map<number | null, HandlersByClass>

function isHttpClass(type: unknown): type is typeof HTTPException {
  return typeof type === 'function' && (type === HTTPException || type.prototype instanceof HTTPException)
}

function classAndCode(codeOrClass: number | ErrorClass): [ErrorClass, number | null] {
  if (typeof codeOrClass === 'number') {
    const known = defaultExceptions.get(codeOrClass)
    if (known === undefined) {
      throw new SetupValueError(
        `'${codeOrClass}' is not a recognized HTTP error code. Use a subclass of HTTPException with that code instead.`,
      )
    }
    return [known, codeOrClass]
  }
  if (typeof codeOrClass !== 'function') {
    throw new SetupValueError(
      `${typeName(codeOrClass)} ${String(codeOrClass)} is not a class.` +
        ' Handlers can only be registered for error classes or HTTP error codes.',
    )
  }
  return [codeOrClass, isHttpClass(codeOrClass) ? codeOrClass.code : null]
}

/** The error handlers of an application or blueprint: by blueprint name, code and class. */
export class ErrorHandlers {
  readonly #byName = new Map<string | null, HandlersByCode>()

  /** Whether no handler is registered at all. */
  get isEmpty(): boolean {
    return this.#byName.size === 0
  }

  /** Registers a handler for the requests of a blueprint, or for all (`null`). */
  add(name: string | null, codeOrClass: number | ErrorClass, handler: ErrorHandler<never>): void {
    const [type, code] = classAndCode(codeOrClass)
    let byCode = this.#byName.get(name)
    if (byCode === undefined) this.#byName.set(name, (byCode = new Map()))
    let byClass = byCode.get(code)
    if (byClass === undefined) byCode.set(code, (byClass = new Map()))
    byClass.set(type, handler)
  }

  /** Takes over a blueprint's handlers under the name of its registration. */
  merge(other: ErrorHandlers, name: string): void {
    for (const [key, byCode] of other.#byName) {
      const copy: HandlersByCode = new Map()
      for (const [code, byClass] of byCode) copy.set(code, new Map(byClass))
      this.#byName.set(key === null ? name : `${name}.${key}`, copy)
    }
  }

  /**
   * The handler of an error: by code before by class, the blueprint's before the application's, the nearest class
   * first.
   */
  find(error: unknown, blueprints: readonly string[]): ErrorHandler<unknown> | undefined {
    if (this.#byName.size === 0) return undefined
    const code = error instanceof HTTPException ? (error.constructor as typeof HTTPException).code : null
    const names = [...blueprints, null]
    return (code === null ? undefined : this.#findIn(error, names, code)) ?? this.#findIn(error, names, null)
  }

  #findIn(error: unknown, names: readonly (string | null)[], code: number | null): ErrorHandler | undefined {
    for (const name of names) {
      const byClass = this.#byName.get(name)?.get(code)
      if (byClass === undefined) continue
      for (let level = prototypeOf(error); level !== null; level = Object.getPrototypeOf(level)) {
        const handler = byClass.get(level.constructor)
        if (handler !== undefined) return handler as ErrorHandler
      }
    }
    return undefined
  }
}

function prototypeOf(error: unknown): object | null {
  return error === null || error === undefined ? null : Object.getPrototypeOf(error)
}
