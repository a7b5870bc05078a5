import { httpDate } from '../http/dates.ts'
import {
  type EnvironSource,
  HTTPException,
  type HTTPExceptionOptions,
  readArguments,
} from './http-exception.ts'

/** What an error takes that may pass. */
export interface RetryAfterOptions extends HTTPExceptionOptions {
  /** Seconds from now, or the instant, from which trying again makes sense. */
  readonly retryAfter?: number | Date | null | undefined
}

/** The base of errors that tell when to try again. */
export class RetryAfterException extends HTTPException {
  static override readonly knownOptions = ['description', 'response', 'retryAfter']

  /** Seconds from now, or an instant; `null` where it is not told. */
  readonly retryAfter: number | Date | null

  constructor(description?: string | RetryAfterOptions, options?: RetryAfterOptions) {
    const given: RetryAfterOptions = readArguments(new.target, [description], options)
    super(given)
    this.retryAfter = given.retryAfter ?? null
  }

  override getHeaders(environ?: EnvironSource): [name: string, value: string][] {
    const headers = super.getHeaders(environ)
    const when = this.retryAfter
    if (when) headers.push(['Retry-After', when instanceof Date ? httpDate(when) : String(when)])
    return headers
  }
}

/** 429: this client asks too often. */
export class TooManyRequests extends RetryAfterException {
  static override readonly code: number = 429
  static override readonly description: string =
    'This user has exceeded an allotted request count. Try again later.'
}

/** 503: overloaded or being maintained. */
export class ServiceUnavailable extends RetryAfterException {
  static override readonly code: number = 503
  static override readonly description: string =
    'The server is temporarily unable to service your request due to maintenance downtime or capacity ' +
    'problems. Please try again later.'
}
