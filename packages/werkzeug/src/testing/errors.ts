/** The parts of a test request contradict each other. */
export class BuilderConflictError extends TypeError {
  override readonly name = 'BuilderConflictError'
}

/** Redirects that lead in a circle. */
export class ClientRedirectError extends Error {
  override readonly name = 'ClientRedirectError'
}

/** A redirect that the test client cannot or may not follow. */
export class RedirectNotFollowedError extends Error {
  override readonly name = 'RedirectNotFollowedError'
}

/** The test client was made without cookies, and one is asked for. */
export class CookiesDisabledError extends TypeError {
  override readonly name = 'CookiesDisabledError'

  constructor() {
    super("cookies are disabled: make the client with 'useCookies: true', which is the default")
  }
}
