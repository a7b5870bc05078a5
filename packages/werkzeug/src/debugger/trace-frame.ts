import type { ContextRunner, Evaluator } from './evaluator.ts'

/** One frame of a traceback, as it is shown. */
export interface TraceFrame {
  readonly kind: 'program' | 'library' | 'template'
  readonly functionName: string
  /** A path, or an address such as `node:internal/...`. */
  readonly file: string
  /** From 1; 0 if it is not known. */
  readonly line: number
  /** From 1; 0 if it is not known. */
  readonly column: number
  readonly isAsync: boolean
  /** The scope, where it was kept. */
  readonly scope: FrameScope | undefined
}

/** The scope of a frame. */
export interface FrameScope {
  readonly evaluate: Evaluator
  readonly within: ContextRunner
  /** For code that is in no file: its source and the place in it. */
  readonly generated?:
    | { readonly scriptId: string; readonly line: number; readonly column: number }
    | undefined
}
