import type { UndefinedClass } from '../undefined/undefined.ts'

/** What filters and tests need of an environment. */
export interface FilterEnvironment {
  readonly policies: Readonly<Record<string, unknown>>
  readonly filters: Readonly<Record<string, unknown>>
  readonly tests: Readonly<Record<string, unknown>>
  readonly newlineSequence: string
  /** Whether templates render asynchronously, so that lists may be async iterables and results promises. */
  readonly isAsync: boolean
  readonly undefined: UndefinedClass
  /** `obj[key]` first, then the attribute; an undefined value if there is neither. */
  getItem(obj: unknown, key: unknown): unknown
  /** In a sandbox: the attribute alone as the sandbox shows it, or `MISSING`. */
  findAttribute?(obj: unknown, name: string): unknown
  /** Calls a filter by its name; `args` may end with a `Kwargs`. */
  callFilter(name: string, value: unknown, args: readonly unknown[], context: FilterContext): unknown
  /** Calls a test by its name; `args` may end with a `Kwargs`. */
  callTest(name: string, value: unknown, args: readonly unknown[], context: FilterContext): unknown
  /** In a sandbox: throws if a result of that many characters or items would be too large. */
  checkSize?(size: number): void
}

/** What filters need of the evaluation context. */
export interface FilterEvalContext {
  readonly autoescape: boolean
  readonly environment: FilterEnvironment
}

/** What filters need of the context of a rendering. */
export interface FilterContext {
  readonly environment: FilterEnvironment
  readonly evalCtx: FilterEvalContext
}
