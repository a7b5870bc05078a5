import { AsyncLocalStorage } from 'node:async_hooks'
import { types } from 'node:util'
import type { ContextRunner, Evaluator } from './evaluator.ts'

/** A function that waited for a promise which an error rejected. */
export interface AwaitingFrame {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly functionName: string
  readonly evaluate: Evaluator
  readonly within: ContextRunner
}

const MAX_FRAMES = 50
const waiting = new WeakMap<object, AwaitingFrame[]>()

/** The name by which instrumented code calls {@link noteAwait}. */
export const AWAIT_HOOK = '__flaskTsAwait'

/**
 * Notes who waits for a promise, in case that it is rejected. `await x` becomes a call of this.
 *
 * Only real promises are looked at: asking a query builder that has a `then` would run the query twice.
 */
export function noteAwait(
  value: unknown,
  evaluate: Evaluator,
  file: string,
  line: number,
  column: number,
  functionName: string,
): unknown {
  if (types.isPromise(value)) {
    value.then(undefined, (error: unknown) => {
      if (typeof error !== 'object' || error === null) return
      const frames = waiting.get(error) ?? []
      if (frames.length === 0) waiting.set(error, frames)
      if (frames.length >= MAX_FRAMES) return
      // A reaction runs in the context of whoever added it, which is the one that waits.
      const within = AsyncLocalStorage.snapshot() as ContextRunner
      frames.push({ file, line, column, functionName, evaluate, within })
    })
  }
  return value
}

/** Who waited for the promises that an error rejected, the innermost first. */
export function awaitingFrames(error: unknown): readonly AwaitingFrame[] {
  return typeof error === 'object' && error !== null ? (waiting.get(error) ?? []) : []
}
