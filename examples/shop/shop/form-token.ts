import { randomBytes, timingSafeEqual } from 'node:crypto'
import { abort, type Flask, request, session } from 'flask-ts'

declare module 'flask-ts' {
  interface SessionData {
    formToken?: string
  }
}

/** The token that every form of this visitor carries. Pages without a form never make one, and stay free of cookies. */
export function formToken(): string {
  session.formToken ??= randomBytes(16).toString('hex')
  return session.formToken
}

function isTokenRight(): boolean {
  const sent = Buffer.from(request.form.get('form_token', ''))
  const expected = Buffer.from(session.formToken ?? '')
  return expected.length > 0 && sent.length === expected.length && timingSafeEqual(sent, expected)
}

/**
 * Refuses forms that another site has the browser send (CSRF): only our own pages know the token.
 *
 * The API needs none: it has no cookies, and so nothing that another site could borrow.
 */
export function protectForms(app: Flask): void {
  app.beforeRequest(function checkFormToken() {
    if (request.method !== 'POST' || request.blueprint === 'api') return
    if (!isTokenRight()) abort(400, 'This form has expired. Please go back, reload the page and try again.')
  })
}
