import { AsyncLocalStorage } from 'node:async_hooks'
import type { ContextProxyOptions } from './local.ts'
import { boundOrThrow, localProxy } from './local-proxy.ts'

/**
 * A stack that belongs to the running context.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/local/#werkzeug.local.LocalStack
 */
export class LocalStack<Item> {
  readonly #storage = new AsyncLocalStorage<readonly Item[]>()

  /** The uppermost item, `undefined` if the stack is empty. */
  get top(): Item | undefined {
    return this.#storage.getStore()?.at(-1)
  }

  /** Puts an item on top. @returns The stack as it is then. */
  push(item: Item): readonly Item[] {
    const items = [...(this.#storage.getStore() ?? []), item]
    this.#storage.enterWith(items)
    return items
  }

  /** Takes the uppermost item off. @returns It, or `undefined` if the stack was empty. */
  pop(): Item | undefined {
    const items = this.#storage.getStore() ?? []
    if (items.length > 0) this.#storage.enterWith(items.slice(0, -1))
    return items.at(-1)
  }

  /** Empties the stack of this context. */
  release(): void {
    this.#storage.enterWith([])
  }

  /** Runs a function in a context of its own that begins with an empty stack. */
  run<Result>(call: () => Result): Result {
    return this.#storage.run([], call)
  }

  /** An object that stands for the uppermost item in whatever context it is used. */
  proxy(options: ContextProxyOptions = {}): Extract<Item, object> {
    const find = (): Extract<Item, object> | undefined => this.top as Extract<Item, object> | undefined
    return localProxy(boundOrThrow(find, options.unboundMessage), options)
  }
}
