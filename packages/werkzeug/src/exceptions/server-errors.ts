import { HTTPException, type HTTPExceptionOptions, readArguments } from './http-exception.ts'

/** What an internal server error takes. */
export interface InternalServerErrorOptions extends HTTPExceptionOptions {
  /** What was thrown and not handled. */
  readonly originalException?: unknown
}

/** 500: something was thrown that nothing handled. */
export class InternalServerError extends HTTPException {
  static override readonly code: number = 500
  static override readonly description: string =
    'The server encountered an internal error and was unable to complete your request. ' +
    'Either the server is overloaded or there is an error in the application.'
  static override readonly knownOptions = ['description', 'response', 'originalException']

  /** What was thrown; handlers of 500 read it. */
  readonly originalException: unknown

  constructor(description?: string | InternalServerErrorOptions, options?: InternalServerErrorOptions) {
    const given: InternalServerErrorOptions = readArguments(new.target, [description], options)
    super(given)
    this.originalException = given.originalException
    if (given.originalException !== undefined) this.cause = given.originalException
  }
}

/** 501: the server does not know how to do this. */
export class NotImplemented extends HTTPException {
  static override readonly code: number = 501
  static override readonly description: string =
    'The server does not support the action requested by the browser.'
}

/** 502: the server behind this one answered nonsense, or not at all. */
export class BadGateway extends HTTPException {
  static override readonly code: number = 502
  static override readonly description: string =
    'The proxy server received an invalid response from an upstream server.'
}

/** 504: the server behind this one took too long. */
export class GatewayTimeout extends HTTPException {
  static override readonly code: number = 504
  static override readonly description: string = 'The connection to an upstream server timed out.'
}

/** 505: an HTTP version that is not spoken here. */
export class HTTPVersionNotSupported extends HTTPException {
  static override readonly code: number = 505
  static override readonly description: string =
    'The server does not support the HTTP protocol version used in the request.'
}
