import { randomBytes } from 'node:crypto'
import type { WsgiResponse } from '@flask-ts/wsgi'

type HeaderList = readonly (readonly [name: string, value: string])[]

/** A response that nobody may keep. */
export function answer(status: number, type: string, body: string, more: HeaderList = []): WsgiResponse {
  return {
    status,
    headers: [
      ['Content-Type', `${type}; charset=utf-8`],
      ['Content-Length', String(Buffer.byteLength(body))],
      ['Cache-Control', 'no-store'],
      ['X-Content-Type-Options', 'nosniff'],
      ...more,
    ],
    body,
  }
}

/** A response for the script of a page. */
export function jsonAnswer(status: number, value: unknown, more: HeaderList = []): WsgiResponse {
  return answer(status, 'application/json', JSON.stringify(value), more)
}

/**
 * A page that may run its own script and nothing else.
 *
 * @param render - Makes the page with the nonce that its script and style carry.
 */
export function pageAnswer(status: number, render: (nonce: string) => string): WsgiResponse {
  const nonce = randomBytes(16).toString('base64')
  const policy =
    `default-src 'none'; script-src 'nonce-${nonce}' 'self'; style-src 'nonce-${nonce}'; connect-src 'self';` +
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  return answer(status, 'text/html', render(nonce), [
    ['Content-Security-Policy', policy],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'no-referrer'],
  ])
}
