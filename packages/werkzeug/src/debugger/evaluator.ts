/** Runs source in the scope of a frame: a closure that was made there. `helpers` is known to the source as `__h`. */
export type Evaluator = (source: string, helpers: object) => unknown

/** Runs a function in the asynchronous context (the request, for instance) that a frame ran in. */
export type ContextRunner = <T>(work: () => T) => T

/** Where generated code comes from, with counting from 1. */
export interface SourcePlace {
  /** A path, or the address where there is no file. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A frame whose scope was kept when an error was thrown in it. */
export interface CapturedFrame {
  readonly functionName: string
  /** The address of the script. */
  readonly url: string
  readonly scriptId: string
  /** The place in the running code, counted from 1. */
  readonly runningLine: number
  readonly runningColumn: number
  /** The place in what its author wrote. */
  readonly place: SourcePlace
  readonly evaluate: Evaluator
  readonly within: ContextRunner
}
