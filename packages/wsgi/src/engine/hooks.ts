import type { Environ } from '../environ.ts'
import type { RequestRefused } from './errors.ts'

/** How one exchange went. */
export interface ExchangeRecord {
  readonly environ: Environ
  /** The status that was sent, 0 if none was, 101 after a hand-over. */
  readonly status: number
  /** Bytes of the response body that were written. */
  readonly bytes: number
  /** Milliseconds from the complete head to the end of the response. */
  readonly duration: number
  /** Field names and values as the application gave them. */
  readonly headers: Iterable<readonly [name: string, value: string]>
  /** Whether the response was sent to its end. */
  readonly complete: boolean
}

/**
 * What a server tells about its work. Every hook is called synchronously and must not throw; those that are absent
 * cost nothing.
 */
export interface EngineHooks {
  /** A connection was opened or closed. */
  connectionOpened?(): void
  connectionClosed?(): void
  /** A connection could not be accepted: descriptors have run out, for instance. Without this hook it goes to `console.error`. */
  acceptFailed?(error: Error): void
  /** A request's head is complete and the application is about to be called. */
  requestStarted?(environ: Environ): void
  requestEnded?(record: ExchangeRecord): void
  /** The server itself refused a request. */
  refused?(refusal: RequestRefused, remote: string): void
  /** The application threw, or returned what cannot be sent. Without this hook it goes to `console.error`. */
  failed?(error: unknown, environ: Environ): void
}
