import { BaseResponse } from '../message/base-response.ts'
import * as client from './client-errors.ts'
import { HTTPException } from './http-exception.ts'
import { MethodNotAllowed } from './method-not-allowed.ts'
import { RequestedRangeNotSatisfiable } from './range-not-satisfiable.ts'
import { ServiceUnavailable, TooManyRequests } from './retry-after.ts'
import * as server from './server-errors.ts'
import { Unauthorized } from './unauthorized.ts'

/** A class of HTTP exceptions, made from whatever arguments it takes. */
export type HTTPExceptionClass = new (...args: never[]) => HTTPException

/** No exception class stands for the status code. */
export class UnknownStatusError extends Error {
  override readonly name = 'UnknownStatusError'
  readonly code: unknown

  constructor(code: unknown) {
    super(`no exception for ${String(code)}; abort() takes an error's status code or a response`)
    this.code = code
  }
}

const classes = [
  client.BadRequest,
  Unauthorized,
  client.Forbidden,
  client.NotFound,
  MethodNotAllowed,
  client.NotAcceptable,
  client.RequestTimeout,
  client.Conflict,
  client.Gone,
  client.LengthRequired,
  client.PreconditionFailed,
  client.RequestEntityTooLarge,
  client.RequestURITooLarge,
  client.UnsupportedMediaType,
  RequestedRangeNotSatisfiable,
  client.ExpectationFailed,
  client.ImATeapot,
  client.MisdirectedRequest,
  client.UnprocessableEntity,
  client.Locked,
  client.FailedDependency,
  client.PreconditionRequired,
  TooManyRequests,
  client.RequestHeaderFieldsTooLarge,
  client.UnavailableForLegalReasons,
  server.InternalServerError,
  server.NotImplemented,
  server.BadGateway,
  ServiceUnavailable,
  server.GatewayTimeout,
  server.HTTPVersionNotSupported,
]

/** The exception class of each status code. */
export const defaultExceptions: ReadonlyMap<number, HTTPExceptionClass> = new Map(
  classes.map((type) => [type.code, type]),
)

/**
 * Throws the exception of a status code, from a table that an application may extend.
 */
export class Aborter {
  /** The exception class of each status code. */
  readonly mapping: Map<number, HTTPExceptionClass>

  /**
   * @param mapping - The table; all errors of HTTP unless given.
   * @param extra - Entries over those of the table.
   */
  constructor(
    mapping: Iterable<readonly [number, HTTPExceptionClass]> = defaultExceptions,
    extra: Iterable<readonly [number, HTTPExceptionClass]> = [],
  ) {
    this.mapping = new Map([...mapping, ...extra])
  }

  /**
   * Throws the exception of a status code, made from the other arguments, or one that answers with a response.
   *
   * @throws UnknownStatusError For a code that is not in the table.
   */
  abort(code: number | BaseResponse, ...args: readonly unknown[]): never {
    if (code instanceof BaseResponse) throw new HTTPException({ response: code })
    const type = this.mapping.get(code)
    if (type === undefined) throw new UnknownStatusError(code)
    throw new type(...(args as never[]))
  }
}

const aborter = new Aborter()

/**
 * Ends the request with an error: `abort(404)`, `abort(404, 'No such page.')`, `abort(405, ['GET'])`,
 * `abort(401, { wwwAuthenticate })`, `abort(new Response('Hello'))`.
 *
 * @param code - Status code of an error, or a response to answer with.
 * @param args - What the exception's class takes.
 * @throws HTTPException Always, except for a code without a class: then {@link UnknownStatusError}.
 */
export function abort(code: number | BaseResponse, ...args: readonly unknown[]): never {
  return aborter.abort(code, ...args)
}
