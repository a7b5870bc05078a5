import type { AppContext } from '../context/app-context.ts'
import { runWithin } from '../context/current.ts'
import { requireContext } from '../context/require.ts'
import { isPromise } from '../then.ts'

type Step<T> = IteratorResult<T, unknown>

/** Ends the stream's hold on the context once, whoever comes first: the last item, an error, or the closing server. */
class Hold {
  readonly #context: AppContext
  #held = true

  constructor(context: AppContext) {
    this.#context = context
    context.hold()
  }

  within<T>(work: () => T): T {
    return runWithin(this.#context, work, undefined)
  }

  release(error: unknown = null): void | Promise<void> {
    if (!this.#held) return
    this.#held = false
    return this.within(() => this.#context.pop(error))
  }
}

class SyncStream<T> implements IterableIterator<T> {
  readonly #source: Iterator<T>
  readonly #hold: Hold

  constructor(source: Iterator<T>, hold: Hold) {
    this.#source = source
    this.#hold = hold
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): Step<T> {
    let step: Step<T>
    try {
      step = this.#hold.within(() => this.#source.next())
    } catch (error) {
      this.#release(error)
      throw error
    }
    if (step.done) this.#release(null)
    return step
  }

  return(value?: unknown): Step<T> {
    try {
      this.#hold.within(() => this.#source.return?.())
    } finally {
      this.#release(null)
    }
    return { done: true, value }
  }

  #release(error: unknown): void {
    const ending = this.#hold.release(error)
    if (!isPromise(ending)) return
    // A synchronous stream cannot wait for an async teardown; its failure must still come to light.
    ending.then(undefined, (failure: unknown) =>
      queueMicrotask(() => {
        throw failure
      }),
    )
  }
}

class AsyncStream<T> implements AsyncIterableIterator<T> {
  readonly #source: AsyncIterator<T>
  readonly #hold: Hold

  constructor(source: AsyncIterator<T>, hold: Hold) {
    this.#source = source
    this.#hold = hold
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<Step<T>> {
    let step: Step<T>
    try {
      step = await this.#hold.within(() => this.#source.next())
    } catch (error) {
      await this.#hold.release(error)
      throw error
    }
    if (step.done) await this.#hold.release()
    return step
  }

  async return(value?: unknown): Promise<Step<T>> {
    try {
      await this.#hold.within(() => this.#source.return?.())
    } finally {
      await this.#hold.release()
    }
    return { done: true, value }
  }
}

function keepContext<T>(source: Iterable<T> | AsyncIterable<T>): Iterable<T> | AsyncIterable<T> {
  const hold = new Hold(requireContext())
  if (Symbol.asyncIterator in source) return new AsyncStream(source[Symbol.asyncIterator](), hold)
  return new SyncStream(source[Symbol.iterator](), hold)
}

/**
 * Keeps the current context for a stream, until its last item: `request` and `session` work inside of it.
 *
 * @param source - What yields the parts, or a function that makes it.
 * @returns A stream, or for a function a function of the same arguments.
 * @throws OutsideContextError - without a context.
 * @see https://flask.palletsprojects.com/patterns/streaming/#streaming-with-context
 */
export function streamWithContext<T>(source: Iterable<T>): Iterable<T>
export function streamWithContext<T>(source: AsyncIterable<T>): AsyncIterable<T>
export function streamWithContext<A extends readonly unknown[], T>(
  source: (...args: A) => Iterable<T>,
): (...args: A) => Iterable<T>
export function streamWithContext<A extends readonly unknown[], T>(
  source: (...args: A) => AsyncIterable<T>,
): (...args: A) => AsyncIterable<T>
export function streamWithContext<A extends readonly unknown[], T>(
  source: Iterable<T> | AsyncIterable<T> | ((...args: A) => Iterable<T> | AsyncIterable<T>),
): unknown {
  if (typeof source === 'function') return (...args: A) => keepContext(source(...args))
  return keepContext(source)
}
