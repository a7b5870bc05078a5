import { inspect } from 'node:util'
import { withConsoleOutput } from './console-output.ts'
import { CONSOLE_HELPERS, consoleSource } from './console-source.ts'
import type { EvaluationWrapper } from './debugger-options.ts'
import type { ContextRunner, Evaluator } from './evaluator.ts'
import { inspectValue, type ValuePiece } from './inspect-value.ts'

/** How long code may run, and how long its promise may take, in milliseconds. */
const RUN_MS = 2000
const AWAIT_MS = 10_000

/** Runs a function for a limited time. */
export type Bounded = <T>(work: () => T, ms: number) => T

/** What came of an input. */
export interface ConsoleResult {
  readonly ok: boolean
  /** Lines that it wrote. */
  readonly output: readonly (readonly ValuePiece[])[]
  /** Its value or its error; nothing for `undefined`. */
  readonly value: readonly ValuePiece[]
}

/** Where a console evaluates. */
export interface ConsoleScope {
  readonly evaluate: Evaluator
  readonly within: ContextRunner
  /** The error whose frame it is. */
  readonly error: unknown
  readonly bounded: Bounded
  readonly around?: EvaluationWrapper | undefined
}

/** The own and inherited members of a value, for `dump(value)`. */
function dump(value: object): void {
  const rows: string[] = []
  for (
    let at: object | null = value, depth = 0;
    at !== null && at !== Object.prototype && depth < 4;
    depth++
  ) {
    for (const key of Reflect.ownKeys(at)) {
      const { get, value: held } = Object.getOwnPropertyDescriptor(at, key)!
      const shown =
        get === undefined ? inspect(held, { depth: 0, breakLength: Number.POSITIVE_INFINITY }) : '[getter]'
      rows.push(`${'  '.repeat(depth)}${String(key)}: ${shown}`)
    }
    at = Object.getPrototypeOf(at) as object | null
  }
  console.log(rows.join('\n'))
}

function errorPieces(error: unknown): ValuePiece[] {
  if (!(error instanceof Error)) return [['error', 'Thrown: '], ...inspectValue(error)]
  return [['error', `${error.name}: ${error.message}`]]
}

/** What was typed does not come to an end. */
class AwaitTimeout extends Error {
  override readonly name = 'AwaitTimeout'

  constructor(ms: number) {
    super(`no result after ${ms} ms: the work goes on, but the console no longer waits for it`)
  }
}

async function settled(value: unknown): Promise<unknown> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new AwaitTimeout(AWAIT_MS)), AWAIT_MS)
  try {
    return await Promise.race([value, promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Evaluates what is typed in the scope of a frame; what it declares is there for the next input. */
export class FrameConsole {
  readonly #scope: ConsoleScope
  readonly #helpers: readonly string[]
  #evaluate: Evaluator
  #last: unknown

  constructor(scope: ConsoleScope) {
    this.#scope = scope
    this.#evaluate = scope.evaluate
    this.#helpers = CONSOLE_HELPERS.filter((name) => !this.has(name))
  }

  /** Whether a name means something in the frame. */
  has(name: string): boolean {
    try {
      this.#evaluate(name, {})
      return true
    } catch {
      return false
    }
  }

  /** The value of a plain expression, for completion. */
  peek(expression: string): unknown {
    const { bounded, within } = this.#scope
    return within(() => bounded(() => this.#evaluate(expression, {}), RUN_MS))
  }

  async run(typed: string): Promise<ConsoleResult> {
    const output: ValuePiece[][] = []
    try {
      const { within, around = (work) => work() } = this.#scope
      // The frame's own context is entered first: the keeping of output comes inside of it.
      const value = await within(() => around(() => withConsoleOutput(output, () => this.#run(typed))))
      return { ok: true, output, value: value === undefined ? [] : inspectValue(value) }
    } catch (error) {
      return { ok: false, output, value: errorPieces(error) }
    }
  }

  async #run(typed: string): Promise<unknown> {
    const { code, isAsync } = consoleSource(typed, this.#helpers)
    const helpers = {
      scope: undefined as Evaluator | undefined,
      import: (name: string) => import(name),
      _: this.#last,
      $error: this.#scope.error,
      dump,
    }
    // A promise is a value to look at unless it is awaited, so it travels in an array.
    const [value] = this.#scope.bounded(() => [this.#evaluate(code, helpers)], RUN_MS)
    if (helpers.scope !== undefined) this.#evaluate = helpers.scope
    const result = isAsync ? await settled(value) : value
    if (result !== undefined) this.#last = result
    return result instanceof Promise ? new PromiseShown(result) : result
  }
}

/** Shows a promise in place of waiting for it, as `await` would wherever it is returned. */
class PromiseShown {
  readonly #promise: Promise<unknown>

  constructor(promise: Promise<unknown>) {
    this.#promise = promise
  }

  [inspect.custom](): string {
    return inspect(this.#promise, { depth: 2, colors: true })
  }
}
