/**
 * Sessions, and what an interface of one's own is made of.
 * @module
 */
export { type SessionHost, SessionInterface } from './sessions/interface.ts'
export { NoSessionError, type NullSessionMark } from './sessions/null-session.ts'
export { SecureCookieSessionInterface } from './sessions/secure-cookie.ts'
export { SecureCookieSession } from './sessions/secure-cookie-session.ts'
export type { SessionData, SessionMixin } from './sessions/session.ts'
export type { SessionMethods, SessionView } from './sessions/session-view.ts'
