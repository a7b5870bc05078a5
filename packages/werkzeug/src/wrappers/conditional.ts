import type { Environ, ResponseBody } from '@flask-ts/wsgi'
import { ETags } from '../datastructures/etags.ts'
import { isResourceModified } from '../datastructures/is-resource-modified.ts'
import { Range } from '../datastructures/range.ts'
import { RequestedRangeNotSatisfiable } from '../exceptions/range-not-satisfiable.ts'
import { httpDate } from '../http/dates.ts'
import type { BaseResponse } from '../message/base-response.ts'
import { bodySlice } from './body-slice.ts'

/** How a response is made conditional. */
export interface ConditionalOptions {
  /** Whether parts may be asked for: `true` for bytes, or the `Accept-Ranges` field's value. */
  readonly acceptRanges?: boolean | string | undefined
  /** Size of the whole body in bytes; without it no part is sent. */
  readonly completeLength?: number | null | undefined
}

/**
 * Answers a GET or HEAD with 304 or 412 where the request's conditions say so, or with the part that it asks for.
 *
 * @throws RequestedRangeNotSatisfiable if there is no such part.
 */
export function makeConditional(response: BaseResponse, environ: Environ, options: ConditionalOptions): void {
  if (environ.method !== 'GET' && environ.method !== 'HEAD') return
  const { headers } = response
  headers.setdefault('Date', httpDate())
  const partial = answerRange(response, environ, options)
  const state = { etag: headers.get('ETag') ?? null, lastModified: headers.get('Last-Modified') ?? null }
  if (!partial && !isResourceModified(environ.headers, state)) {
    response.status = ETags.fromHeader(environ.headers.get('if-match')).isEmpty ? 304 : 412
  }
  const { automaticallySetContentLength } = response.constructor as typeof BaseResponse
  if (!automaticallySetContentLength || headers.has('Content-Length')) return
  const length = response.calculateContentLength()
  if (length !== undefined) headers.set('Content-Length', length)
}

function answerRange(response: BaseResponse, environ: Environ, options: ConditionalOptions): boolean {
  const { acceptRanges = false, completeLength } = options
  if (acceptRanges === false || acceptRanges === '') return false
  response.acceptRanges = acceptRanges === true ? 'bytes' : acceptRanges
  if (!completeLength || !isRangeWanted(response, environ)) return false
  const range = Range.fromHeader(environ.headers.get('range'))
  const bounds = range?.rangeForLength(completeLength)
  const contentRange = range?.toContentRangeHeader(completeLength)
  if (bounds === undefined || contentRange === undefined)
    throw new RequestedRangeNotSatisfiable(completeLength)
  const [start, stop] = bounds
  response.contentLength = stop - start
  response.contentRange = contentRange
  response.status = 206
  response.body = bodySlice(response.body as ResponseBody, start, stop - start)
  return true
}

/** Whether there is a `Range`, and the `If-Range` beside it still holds. */
function isRangeWanted(response: BaseResponse, environ: Environ): boolean {
  if (!environ.headers.has('range')) return false
  if (!environ.headers.has('if-range')) return true
  return !isResourceModified(environ.headers, {
    etag: response.headers.get('ETag') ?? null,
    lastModified: response.headers.get('Last-Modified') ?? null,
    ignoreIfRange: false,
  })
}
