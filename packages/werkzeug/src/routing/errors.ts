import { BadRequest } from '../exceptions/client-errors.ts'
import { HTTPException } from '../exceptions/http-exception.ts'
import type { BaseResponse } from '../message/base-response.ts'
import { redirect } from '../responses/redirect.ts'

/** Thrown when the map asks for a redirect, for example to add a missing slash. */
export class RequestRedirect extends HTTPException {
  static override readonly code: number = 308

  /** The absolute URL to go to. */
  readonly newUrl: string

  constructor(newUrl: string) {
    super(newUrl)
    this.newUrl = newUrl
  }

  override getResponse(): BaseResponse {
    return redirect(this.newUrl, this.code ?? RequestRedirect.code)
  }
}

/** Thrown when the only rules for a path are for WebSocket and the request is none, or the other way round. */
export class WebsocketMismatch extends BadRequest {}
