import { isPromise } from '../then.ts'
import type { Signal } from './signal.ts'

/** Who sends Flask's signals: an application, as far as it tells of failures. */
export interface Announcer {
  readonly logger: { error(details: object, message: string): void }
}

/**
 * Sends a signal for something that has happened. Receivers that are async are not waited for; if one fails, the log
 * tells.
 */
export function announce<Extra>(signal: Signal<Extra>, app: Announcer, extra: Extra): void {
  if (!signal.hasReceivers) return
  for (const [receiver, result] of signal.send(app, extra)) {
    if (!isPromise(result)) continue
    result.then(undefined, (error: unknown) =>
      app.logger.error(
        { err: error },
        `The receiver '${receiver.name}' of the signal '${signal.name}' failed`,
      ),
    )
  }
}
