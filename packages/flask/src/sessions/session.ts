/**
 * What a session is: a mapping that knows whether it was changed.
 *
 * Templates and views see its entries as properties: `session.user`.
 *
 * @see https://flask.palletsprojects.com/api/#flask.sessions.SessionMixin
 */
export interface SessionMixin {
  get(key: string): unknown
  set(key: string, value: unknown): unknown
  has(key: string): boolean
  delete(key: string): boolean
  keys(): Iterable<string>
  /** Whether it is kept beyond the life of the browser. */
  permanent: boolean
  /** Whether it was changed and must be saved. Set it after a change inside of a value. */
  modified: boolean
  /** Whether the request looked at it: the answer then depends on the cookie. */
  accessed: boolean
  /** Whether the client came without one. */
  readonly new?: boolean
}

/** The entries of `session`, for an application to declare by declaration merging. */
export interface SessionData {
  [key: string]: unknown
}
