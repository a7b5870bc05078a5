import { AsyncLocalStorage } from 'node:async_hooks'
import { boundOrThrow, type LocalProxyOptions, localProxy } from './local-proxy.ts'

/** A proxy onto a context's object. */
export interface ContextProxyOptions extends LocalProxyOptions {
  /** What the error says when the object is not there. */
  readonly unboundMessage?: string
}

/**
 * Named values that belong to the running context: each request, and whatever it awaits, sees its own.
 *
 * Setting a value concerns the current context and those that begin in it afterwards, and no other.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/local/#werkzeug.local.Local
 */
export class Local<Values extends object = Record<string, unknown>> {
  readonly #storage = new AsyncLocalStorage<ReadonlyMap<PropertyKey, unknown>>()

  /** A value, `undefined` if it is not set in this context. */
  get<Key extends keyof Values>(name: Key): Values[Key] | undefined {
    return this.#storage.getStore()?.get(name) as Values[Key] | undefined
  }

  has(name: keyof Values): boolean {
    return this.#storage.getStore()?.has(name) === true
  }

  set<Key extends keyof Values>(name: Key, value: Values[Key]): void {
    // A copy, because contexts that began earlier keep what they saw.
    this.#storage.enterWith(new Map(this.#storage.getStore()).set(name, value))
  }

  /** Removes a value from this context. @returns Whether it was there. */
  delete(name: keyof Values): boolean {
    const values = new Map(this.#storage.getStore())
    if (!values.delete(name)) return false
    this.#storage.enterWith(values)
    return true
  }

  /** Removes all values from this context. */
  release(): void {
    this.#storage.enterWith(new Map())
  }

  /** Runs a function in a context of its own that begins without values. */
  run<Result>(call: () => Result): Result {
    return this.#storage.run(new Map(), call)
  }

  /** An object that stands for a value in whatever context it is used. */
  proxy<Key extends keyof Values>(
    name: Key,
    options: ContextProxyOptions = {},
  ): Extract<Values[Key], object> {
    const find = (): Extract<Values[Key], object> | undefined =>
      this.get(name) as Extract<Values[Key], object> | undefined
    return localProxy(boundOrThrow(find, options.unboundMessage), options)
  }

  *[Symbol.iterator](): Generator<[name: PropertyKey, value: unknown]> {
    yield* this.#storage.getStore() ?? []
  }
}
