import type { ResponseCallback } from '../context/app-context.ts'
import { requireRequestContext } from '../context/require.ts'

/**
 * Registers a function that gets the response of this request only, and returns it or another.
 *
 * @throws OutsideContextError - without a request.
 * @see https://flask.palletsprojects.com/api/#flask.after_this_request
 */
export function afterThisRequest<F extends ResponseCallback>(callback: F): F {
  const context = requireRequestContext()
  context.afterRequestFunctions ??= []
  context.afterRequestFunctions.push(callback)
  return callback
}

/**
 * Makes a function that runs with the current request, also after the request is over: for work in the background.
 *
 * @returns A function that gives a promise of what the wrapped one returns.
 * @throws OutsideContextError - without a request.
 * @see https://flask.palletsprojects.com/api/#flask.copy_current_request_context
 */
export function copyCurrentRequestContext<A extends readonly unknown[], R>(
  work: (...args: A) => R | Promise<R>,
): (...args: A) => Promise<R> {
  const context = requireRequestContext().copy()
  return (...args) => context.copy().run(() => work(...args))
}
