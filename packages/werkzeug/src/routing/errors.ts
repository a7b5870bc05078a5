import { escape } from '@flask-ts/markupsafe'
import { BadRequest } from '../exceptions/client-errors.ts'
import { HTTPException } from '../exceptions/http-exception.ts'

/** Thrown when the map asks for a redirect, for example to add a missing slash. */
export class RequestRedirect extends HTTPException {
  static override readonly code: number = 308

  /** The absolute URL to go to. */
  readonly newUrl: string

  constructor(newUrl: string) {
    super(newUrl)
    this.newUrl = newUrl
  }

  override getBody(): string {
    const url = escape(this.newUrl).toString()
    return (
      '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
      '<p>You should be redirected automatically to the target URL: ' +
      `<a href="${url}">${url}</a>. If not, click the link.\n`
    )
  }

  override getHeaders(): [name: string, value: string][] {
    return [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Location', this.newUrl],
    ]
  }
}

/** Thrown when the only rules for a path are for WebSocket and the request is none, or the other way round. */
export class WebsocketMismatch extends BadRequest {}
