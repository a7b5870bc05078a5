import type { Flask } from 'flask-ts'

/** Scripts, styles and pictures come from the shop itself, and from nowhere else. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'self'"

/** What browsers are told about every page; see https://developer.mozilla.org/docs/Web/Security. */
export function sendSecurityHeaders(app: Flask): void {
  app.afterRequest(function addSecurityHeaders(response) {
    response.headers.set('Content-Security-Policy', POLICY)
    response.headers.set('X-Content-Type-Options', 'nosniff')
    response.headers.set('Referrer-Policy', 'same-origin')
    return response
  })
}
