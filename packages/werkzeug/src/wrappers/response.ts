import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import type { EnvironSource } from '../exceptions/http-exception.ts'
import { BaseResponse } from '../message/base-response.ts'
import { type ConditionalOptions, makeConditional } from './conditional.ts'

type ResponseClass<R extends Response> = new (
  body?: ConstructorParameters<typeof BaseResponse>[0],
  options?: ConstructorParameters<typeof BaseResponse>[1],
) => R

/**
 * The answer to a request: status, header, body and everything that HTTP lets one say about them.
 *
 * It is itself what a server takes; `getWsgiResponse` fits it to the request that it answers.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Response
 */
export class Response extends BaseResponse {
  /**
   * Makes any answer of an application one of this class. One that is of the class already stays itself; every other
   * shares its header with the new one.
   */
  static forceType<R extends Response>(this: ResponseClass<R>, response: WsgiResponse): R {
    // biome-ignore lint/complexity/noThisInStatic: the subclass that it is called on counts
    return forced(this, response)
  }

  /**
   * Runs an application and makes its answer one of this class.
   *
   * @param options - `buffered` reads the body to its end.
   */
  static async fromApp<R extends Response>(
    this: ResponseClass<R>,
    app: Application,
    environ: Environ,
    options: { readonly buffered?: boolean } = {},
  ): Promise<R> {
    // biome-ignore lint/complexity/noThisInStatic: the subclass that it is called on counts
    const response = forced(this, await app(environ))
    if (options.buffered === true) await response.makeSequence()
    return response
  }

  /**
   * Makes the answer to a GET or HEAD conditional: 304 or 412 where the request's conditions say so, or 206 with the
   * part that it asks for.
   *
   * @param request - The request, or its environ.
   * @param options - See {@link ConditionalOptions}.
   * @returns The response itself.
   * @throws RequestedRangeNotSatisfiable if there is no such part.
   */
  makeConditional(request: EnvironSource, options: ConditionalOptions = {}): this {
    makeConditional(this, 'environ' in request ? request.environ : request, options)
    return this
  }
}

function forced<R extends Response>(type: ResponseClass<R>, response: WsgiResponse): R {
  if (response instanceof type) return response
  const hasType = Iterator.from(response.headers).some(([name]) => name.toLowerCase() === 'content-type')
  const made = new type(null, {
    status: response.status,
    headers: response.headers,
    directPassthrough: response instanceof BaseResponse && response.directPassthrough,
  })
  // What has no type stays without: the class's default is for new responses only.
  if (!hasType) made.headers.remove('Content-Type')
  if (response.reason !== undefined) made.reason = response.reason
  made.body = response.body
  made.callOnClose(() => response.close?.())
  return made
}
