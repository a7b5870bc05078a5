import type { Environ } from '@flask-ts/wsgi'

/** Where the watchdog finds what the worker does, from another thread and while this one is stuck. */
export const inFlightKey = 'flask-ts.gunicorn.in-flight'

/** So many of the last requests are remembered: the one that is stuck is nearly always the very last. */
const remembered = 16

/**
 * Remembers the last requests, for the report about a stuck worker. Those that have ended are left out where they tell
 * so, which exchanges of the native engine do.
 */
export class InFlight {
  readonly #environs: (Environ | undefined)[] = new Array(remembered).fill(undefined)
  readonly #times: number[] = new Array(remembered).fill(0)
  #next = 0

  started(environ: Environ): void {
    const at = this.#next
    this.#environs[at] = environ
    this.#times[at] = performance.now()
    this.#next = (at + 1) % remembered
  }

  ended(environ: Environ): void {
    const at = this.#environs.lastIndexOf(environ)
    if (at >= 0) this.#environs[at] = undefined
  }

  /** Called by the debugger while the thread is stuck: what each request is and how long ago it began. */
  describe(): string[] {
    const lines: string[] = []
    for (let back = 1; back <= remembered; back++) {
      const at = (this.#next - back + remembered) % remembered
      const environ = this.#environs[at]
      if (environ === undefined || (environ as { finished?: boolean }).finished === true) continue
      const age = ((performance.now() - this.#times[at]!) / 1000).toFixed(1)
      lines.push(
        `${environ.method} ${environ.target} from ${environ.remote.host || 'a Unix socket'}, ${age} s ago`,
      )
    }
    return lines
  }

  /** Makes it known to the watchdog. */
  publish(): void {
    Reflect.set(globalThis, Symbol.for(inFlightKey), () => JSON.stringify(this.describe()))
  }
}
