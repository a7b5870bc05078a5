import { Tuple } from '@flask-ts/jinja'
import { BaseResponse } from '@flask-ts/werkzeug'
import type { Headers } from '@flask-ts/werkzeug/datastructures'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import type { Application, Environ } from '@flask-ts/wsgi'
import { InvalidResponseError } from '../errors.ts'
import { then } from '../then.ts'
import { typeName } from '../type-name.ts'
import type { Response } from '../wrappers/response.ts'

/** What making a response needs of the application and of the request. */
export interface ResponseMaker {
  readonly responseClass: typeof Response
  readonly json: { response(...args: readonly unknown[]): Response }
}

/** The request that is answered, where there is one. */
export interface AnsweredRequest {
  readonly endpoint: string | null
  readonly environ: Environ
}

const EXPECTED =
  'The return type must be a string, object, array, tuple(...) with headers or status, Response, generator,' +
  ' or WSGI application'

function viewName(request: AnsweredRequest | undefined): string {
  return request?.endpoint == null ? 'The function' : `The view function for '${request.endpoint}'`
}

function unpack(items: Tuple): [value: unknown, status: unknown, headers: unknown] {
  if (items.length === 3) return [items[0], items[1] ?? undefined, items[2] ?? undefined]
  if (items.length === 2) {
    const second = items[1]
    const isHeaders = typeof second === 'object' && second !== null
    return isHeaders ? [items[0], undefined, second] : [items[0], second ?? undefined, undefined]
  }
  throw new InvalidResponseError(
    'The view function did not return a valid response tuple. The tuple must have the form' +
      ` (body, status, headers), (body, status), or (body, headers), but it has ${items.length} items.`,
  )
}

function isStream(value: object): boolean {
  return Symbol.asyncIterator in value || ('next' in value && typeof value.next === 'function')
}

function isMarkup(value: object): value is { __html__(): string } {
  return '__html__' in value && typeof value.__html__ === 'function'
}

function isPlainData(value: object): boolean {
  if (Array.isArray(value) || value instanceof Map) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function fromApplication(
  maker: ResponseMaker,
  application: Application,
  request: AnsweredRequest | undefined,
): Response | Promise<Response> {
  if (request === undefined) {
    throw new InvalidResponseError(
      'A WSGI application can only be made a response while a request is handled.',
    )
  }
  return then(application(request.environ), (answer) => {
    if (typeof answer !== 'object' || answer === null || typeof answer.status !== 'number') {
      throw new InvalidResponseError(
        `${viewName(request)} returned a function which is no WSGI application: it gave ${typeName(answer)}. ${EXPECTED}.`,
      )
    }
    // An application's parts are sent as they come, so their length is not told.
    if (!Array.isArray(answer.body)) return maker.responseClass.forceType(answer)
    const { status, reason, headers, body } = answer
    const close = (): void => answer.close?.()
    return maker.responseClass.forceType({ status, reason, headers, body: body.values(), close })
  })
}

function fromObject(
  maker: ResponseMaker,
  value: object,
  request: AnsweredRequest | undefined,
): Response | Promise<Response> {
  if (isPlainData(value)) return maker.json.response(value)
  if (value instanceof HTTPException) {
    return maker.responseClass.forceType(value.getResponse(request?.environ))
  }
  if (value instanceof BaseResponse) return maker.responseClass.forceType(value)
  throw new InvalidResponseError(
    `${viewName(request)} did not return a valid response. ${EXPECTED}, but it was a ${typeName(value)}.`,
  )
}

function isBody(value: unknown): boolean {
  if (typeof value === 'string') return true
  return typeof value === 'object' && value !== null && (value instanceof Uint8Array || isStream(value))
}

function adjust(response: Response, status: unknown, headers: unknown): Response {
  if (status !== undefined) response.status = status as number
  if (headers !== undefined) response.headers.update(headers as Headers)
  return response
}

/**
 * Makes a response of what a view returned.
 *
 * @param value - See `ResponseReturnValue`.
 * @param request - The request that is answered: named in errors, and given to applications.
 * @throws InvalidResponseError - if no response can be made of the value.
 * @see https://flask.palletsprojects.com/api/#flask.Flask.make_response
 */
export function makeResponse(
  maker: ResponseMaker,
  value: unknown,
  request?: AnsweredRequest,
): Response | Promise<Response> {
  // The two commonest values first: this runs for every request.
  if (typeof value === 'string') return new maker.responseClass(value as never)
  if (value instanceof maker.responseClass) return value
  let body = value
  let status: unknown
  let headers: unknown
  if (value instanceof Tuple) [body, status, headers] = unpack(value)
  if (body === undefined || body === null) {
    throw new InvalidResponseError(
      `${viewName(request)} did not return a valid response. It either returned ${body === null ? 'null' : 'undefined'} or ended without a return statement.`,
    )
  }
  if (typeof body === 'object' && isMarkup(body)) body = body.__html__()
  if (isBody(body))
    return new maker.responseClass(body as never, { status: status as number, headers: headers as never })
  if (body instanceof maker.responseClass) return adjust(body, status, headers)
  if (typeof body === 'function') {
    return then(fromApplication(maker, body as Application, request), (made) => adjust(made, status, headers))
  }
  if (typeof body !== 'object' || body === null) {
    throw new InvalidResponseError(
      `${viewName(request)} did not return a valid response. ${EXPECTED}, but it was a ${typeName(body)}.`,
    )
  }
  return then(fromObject(maker, body, request), (made) => adjust(made, status, headers))
}
