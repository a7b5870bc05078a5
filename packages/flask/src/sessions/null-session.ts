import type { SessionMixin } from './session.ts'

/** A session was written to where there is no secret key to sign it with. */
export class NoSessionError extends Error {
  override readonly name = 'NoSessionError'
}

/** Marks the sessions that only say why there is none. */
export interface NullSessionMark {
  readonly isNullSession: true
}

function refuse(): never {
  throw new NoSessionError(
    'The session is unavailable because no secret key was set. Set app.secretKey to something unique and secret.',
  )
}

/** An empty session that refuses every change with an error that says what is missing. */
export function makeNullSession(): SessionMixin & NullSessionMark {
  return {
    isNullSession: true,
    get: () => undefined,
    has: () => false,
    keys: () => [],
    set: refuse,
    delete: refuse,
    permanent: false,
    modified: false,
    accessed: false,
  }
}
