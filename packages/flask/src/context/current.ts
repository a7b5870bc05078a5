import { AsyncLocalStorage } from 'node:async_hooks'

/** What the storage needs to know of a context. */
export interface Activity {
  /** Pushed, and not yet popped. */
  readonly isActive: boolean
  /** The context that was current when this one was pushed. */
  readonly outer: Activity | undefined
}

const storage = new AsyncLocalStorage<Activity>()

/**
 * The innermost active context. Code that outlives its context (a timer, a forgotten promise) sees the one
 * around it, or none.
 */
export function currentActivity(): Activity | undefined {
  let context = storage.getStore()
  while (context !== undefined && !context.isActive) context = context.outer
  return context
}

/** The context that the running code began in, also after its end: the debugger enters it once more. */
export function lastActivity(): Activity | undefined {
  return storage.getStore()
}

/** Makes a context current for the rest of the running code, and for what that starts. */
export function enterActivity(context: Activity | undefined): void {
  storage.enterWith(context as Activity)
}

/** Whether exactly this context is what the running code began with. */
export function isEntered(context: Activity): boolean {
  return storage.getStore() === context
}

/** Calls a function with a context as the current one; what it starts keeps seeing it. */
export function runWithin<T, A>(context: Activity, work: (argument: A) => T, argument: A): T {
  return storage.run(context, work, argument)
}
