/** The named arguments of a call, passed as its last argument to functions that know of them. */
export class Kwargs {
  readonly values: Record<string, unknown>

  /** @param values The arguments by name; kept, not copied. */
  constructor(values: Record<string, unknown>) {
    this.values = values
  }
}

/** Any function that templates can call. */
export type Callable = (...args: unknown[]) => unknown

/** Marks functions that take a {@link Kwargs} as it is. */
export const TAKES_KWARGS: unique symbol = Symbol('takes kwargs')

/** Marks a function as one that takes a {@link Kwargs} as its last argument. */
export function takesKwargs<F extends object>(fn: F): F {
  Object.defineProperty(fn, TAKES_KWARGS, { value: true })
  return fn
}

/** Whether a value can be called. */
export function isCallable(value: unknown): value is Callable {
  return typeof value === 'function'
}

/**
 * Calls a function with arguments as compiled templates pass them.
 *
 * A function of the host, which knows nothing of {@link Kwargs}, gets a plain object of options last.
 */
export function callFunction(fn: Callable, self: unknown, args: unknown[]): unknown {
  const last = args.length > 0 ? args[args.length - 1] : undefined
  if (last instanceof Kwargs && !(TAKES_KWARGS in fn)) args[args.length - 1] = { ...last.values }
  return fn.apply(self, args)
}
