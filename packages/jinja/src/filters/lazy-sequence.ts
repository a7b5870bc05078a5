import { PY_TYPE } from '../python/protocol.ts'

/** The result of a lazy filter: can be read once, and going on with it after a break is allowed. */
export class LazySequence {
  readonly [PY_TYPE] = 'generator'
  /** Whether the items have to be awaited. */
  readonly asynchronous: boolean
  readonly #start: () => Iterator<unknown>
  readonly #startAsync: () => AsyncIterator<unknown>
  #iterator: Iterator<unknown> | null = null
  #asyncIterator: AsyncIterator<unknown> | null = null

  /**
   * @param start Makes the items; called when the first is wanted.
   * @param startAsync Makes them where promises are awaited.
   */
  constructor(start: () => Iterator<unknown>, startAsync?: () => AsyncIterator<unknown>) {
    this.#start = start
    this.asynchronous = startAsync !== undefined
    this.#startAsync = startAsync ?? (() => awaited(start()))
  }

  // Without a `return` method, so that leaving a loop early does not end the sequence.
  [Symbol.iterator](): Iterator<unknown> {
    return { next: () => this.#next() }
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    this.#asyncIterator ??= this.#startAsync()
    const iterator = this.#asyncIterator
    return { next: () => iterator.next() }
  }

  #next(): IteratorResult<unknown> {
    this.#iterator ??= this.#start()
    return this.#iterator.next()
  }
}

async function* awaited(items: Iterator<unknown>): AsyncGenerator<unknown> {
  for (let step = items.next(); !step.done; step = items.next()) yield await step.value
}

/** Whether the items of a value can only be had by awaiting them. */
export function isAsyncItems(value: unknown): value is AsyncIterable<unknown> {
  if (value instanceof LazySequence) return value.asynchronous
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    !(Symbol.iterator in value)
  )
}

/** Calls a function with a value, whose items are collected and awaited first if they have to be. */
export function withItems<T>(value: unknown, use: (value: unknown) => T): T | Promise<T> {
  return isAsyncItems(value) ? collect(value).then(use) : use(value)
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const out: unknown[] = []
  for await (const item of items) out.push(item)
  return out
}
