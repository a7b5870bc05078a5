import { setFlagsFromString } from 'node:v8'
import { Capture } from './capture.ts'
import { instrumentProgram } from './instrument.ts'

/** How the process is made ready. */
export interface PrepareOptions {
  /** Whether modules of the program that are loaded from now on are changed so that async callers have consoles. */
  readonly instrument: boolean
}

let prepared = false
let capture: Capture | undefined

/**
 * Makes the process ready to look into the frames of errors. It is best done before the program is loaded.
 *
 * Optimising compilers are turned off: optimised frames lose their variables, and V8 can crash when asked for them.
 *
 * @throws DebuggerInProduction
 */
export function prepareDebugger(options: PrepareOptions): void {
  if (process.env.NODE_ENV === 'production') throw new DebuggerInProduction()
  if (prepared) return
  prepared = true
  if (!('bun' in process.versions || 'deno' in process.versions)) {
    setFlagsFromString('--no-opt')
    setFlagsFromString('--no-maglev')
    process.setSourceMapsEnabled(true)
  }
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 50)
  capture = Capture.start('jinja:')
  if (options.instrument) instrumentProgram()
}

/** What keeps the scopes of frames, where the runtime can. */
export function currentCapture(): Capture | undefined {
  return capture
}

/** Somebody wants the debugger where anybody could reach it. */
export class DebuggerInProduction extends Error {
  override readonly name = 'DebuggerInProduction'

  constructor() {
    super(
      "The debugger lets whoever has the PIN run code: it never runs with NODE_ENV 'production'. Unset debug mode.",
    )
  }
}
