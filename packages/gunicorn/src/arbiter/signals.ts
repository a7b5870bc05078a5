import { traceOf } from '../errors.ts'
import type { Arbiter } from './arbiter.ts'

/** What each signal makes the arbiter do: Gunicorn's table. */
const handlers: Readonly<Record<string, (arbiter: Arbiter) => void | Promise<void>>> = {
  SIGHUP: (arbiter) => arbiter.reload(),
  SIGQUIT: (arbiter) => arbiter.stop(false),
  SIGINT: (arbiter) => arbiter.stop(false),
  SIGTERM: (arbiter) => arbiter.stop(true),
  SIGTTIN: (arbiter) => arbiter.changeWorkers(1),
  SIGTTOU: (arbiter) => arbiter.changeWorkers(-1),
  SIGUSR1: (arbiter) => arbiter.reopenLogs(),
  SIGUSR2: (arbiter) => arbiter.upgrade(),
  SIGWINCH: (arbiter) => arbiter.endWorkers(),
}

/** Signals that end everything must not wait for a reload that takes long. */
const urgent: ReadonlySet<string> = new Set(['SIGQUIT', 'SIGINT', 'SIGTERM'])

/**
 * Lets signals rule an arbiter. Each is handled when the one before is done with.
 *
 * @see https://docs.gunicorn.org/en/stable/signals.html
 */
export function obeySignals(arbiter: Arbiter): void {
  let last: Promise<void> = Promise.resolve()
  const report = (error: unknown): void => arbiter.log.error(traceOf(error))
  for (const [signal, handle] of Object.entries(handlers)) {
    process.on(signal, () => {
      arbiter.log.info(`Handling signal: ${signal.slice(3).toLowerCase()}`)
      if (urgent.has(signal)) void handle(arbiter)
      else last = last.then(() => handle(arbiter)).catch(report)
    })
  }
}
