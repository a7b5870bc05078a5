import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { HTTPException } from '../exceptions/http-exception.ts'
import { BaseResponse } from '../message/base-response.ts'
import { RequestWithBody } from './request-body.ts'

/** What a request can be made with. */
export interface RequestOptions {
  /** Whether the body is left alone, for the application behind. */
  readonly shallow?: boolean
}

/**
 * A request: a view over the environ, in which nothing is read before it is asked for.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Request
 */
export class Request extends RequestWithBody {
  /**
   * @param environ - What the server hands to the application.
   */
  constructor(environ: Environ, options?: RequestOptions) {
    super(environ)
    if (options?.shallow === true) this.shallow = true
  }

  /**
   * Makes an application of a function from request to response. The body is read ahead, HTTP exceptions become
   * answers, and the request is closed when the answer is sent.
   */
  static application<R extends Request>(
    this: new (
      environ: Environ,
    ) => R,
    view: (request: R) => WsgiResponse | Promise<WsgiResponse>,
  ): Application {
    return async (environ) => {
      const request = new this(environ)
      try {
        await request.loadBody()
        return answer(await view(request), request)
      } catch (error) {
        if (error instanceof HTTPException) return answer(error.getResponse(environ), request)
        request.close()
        throw error
      }
    }
  }
}

function answer(response: WsgiResponse, request: Request): WsgiResponse {
  if (response instanceof BaseResponse) {
    response.callOnClose(() => request.close())
    return response.getWsgiResponse(request.environ)
  }
  const { status, reason, headers, body } = response
  return {
    status,
    reason,
    headers,
    body,
    close: () => {
      response.close?.()
      request.close()
    },
  }
}
