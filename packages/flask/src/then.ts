/** Whether a value must be waited for. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<T>).then === 'function'
}

/**
 * Goes on with a value: at once if it is there, else when it has come.
 *
 * This is how a promise joins the request's way; everything that is synchronous stays so.
 */
export function then<T, U>(
  value: T | PromiseLike<T>,
  next: (value: T) => U | PromiseLike<U>,
): U | Promise<U> {
  if (isPromise(value)) return Promise.resolve(value).then(next)
  return next(value) as U
}

/**
 * Calls functions one after the other, waiting only where one is async. All are called, also after a failure.
 *
 * @param failures - Receives what they throw.
 */
export function callAll<A extends readonly unknown[]>(
  functions: readonly ((...args: A) => unknown)[],
  args: A,
  failures: unknown[],
): undefined | Promise<void> {
  for (let at = 0; at < functions.length; at++) {
    try {
      const result = functions[at]!(...args)
      if (isPromise(result)) return callRest(functions, at + 1, args, failures, result)
    } catch (error) {
      failures.push(error)
    }
  }
  return undefined
}

async function callRest<A extends readonly unknown[]>(
  functions: readonly ((...args: A) => unknown)[],
  from: number,
  args: A,
  failures: unknown[],
  pending: PromiseLike<unknown>,
): Promise<void> {
  try {
    await pending
  } catch (error) {
    failures.push(error)
  }
  for (let at = from; at < functions.length; at++) {
    try {
      await functions[at]!(...args)
    } catch (error) {
      failures.push(error)
    }
  }
}
