/**
 * The HTTP errors, and `abort` to throw them.
 * @module
 */
export {
  Aborter,
  abort,
  defaultExceptions,
  type HTTPExceptionClass,
  UnknownStatusError,
} from './exceptions/abort.ts'
export { BadRequestKeyError, type BadRequestKeyOptions } from './exceptions/bad-request-key.ts'
export {
  BadHost,
  BadRequest,
  ClientDisconnected,
  Conflict,
  ExpectationFailed,
  FailedDependency,
  Forbidden,
  Gone,
  ImATeapot,
  LengthRequired,
  Locked,
  MisdirectedRequest,
  NotAcceptable,
  NotFound,
  PreconditionFailed,
  PreconditionRequired,
  RequestEntityTooLarge,
  RequestHeaderFieldsTooLarge,
  RequestTimeout,
  RequestURITooLarge,
  SecurityError,
  UnavailableForLegalReasons,
  UnprocessableEntity,
  UnsupportedMediaType,
} from './exceptions/client-errors.ts'
export { type EnvironSource, HTTPException, type HTTPExceptionOptions } from './exceptions/http-exception.ts'
export { MethodNotAllowed, type MethodNotAllowedOptions } from './exceptions/method-not-allowed.ts'
export {
  type RangeNotSatisfiableOptions,
  RequestedRangeNotSatisfiable,
} from './exceptions/range-not-satisfiable.ts'
export {
  RetryAfterException,
  type RetryAfterOptions,
  ServiceUnavailable,
  TooManyRequests,
} from './exceptions/retry-after.ts'
export {
  BadGateway,
  GatewayTimeout,
  HTTPVersionNotSupported,
  InternalServerError,
  type InternalServerErrorOptions,
  NotImplemented,
} from './exceptions/server-errors.ts'
export { type Challenge, Unauthorized, type UnauthorizedOptions } from './exceptions/unauthorized.ts'
