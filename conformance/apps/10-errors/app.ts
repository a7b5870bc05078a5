/** Error handlers: by code, by class, generic, per blueprint, and what abort can do. */
import {
  BadRequest,
  Conflict,
  Forbidden,
  HTTPException,
  ImATeapot,
  InternalServerError,
  MethodNotAllowed,
  NotFound,
  ServiceUnavailable,
  TooManyRequests,
  Unauthorized,
  UnknownStatusError,
} from '@flask-ts/werkzeug/exceptions'
import { parseDate } from '@flask-ts/werkzeug/http'
import { abort, Blueprint, Flask, json, jsonify, makeResponse, Response, request, tuple } from 'flask-ts'

class KeyError extends Error {}
class ZeroDivisionError extends Error {}
class NotImplementedError extends Error {}
class RuntimeError extends Error {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
const api = new Blueprint('api', import.meta, { urlPrefix: '/api' })

class ShopError extends Error {
  readonly code = 409
}

class OutOfStock extends ShopError {}

class Insufficient extends HTTPException {
  static override readonly code = 507
  static override readonly description = 'Not enough <b>storage</b>.'
}

app.aborter.mapping.set(507, Insufficient)

app.errorHandler(ShopError, function shopError(error) {
  return tuple({ kind: error.constructor.name, message: error.message }, error.code)
})

app.errorHandler(404, function notFound(error) {
  return tuple(`nothing at ${request.path}: ${error.description!.slice(0, 21)}`, 404)
})

app.errorHandler(Forbidden, function forbidden(error) {
  return makeResponse(`<p>forbidden: ${error.description}</p>`, 403, { 'X-Handler': 'class' })
})

app.errorHandler(500, function serverError(error) {
  const original = error.originalException as Error | null | undefined
  return tuple(
    jsonify({ code: error.code, name: error.name, original: original ? typeName(original) : null }),
    500,
  )
})

/** What Python raises for a code without a class is a `LookupError`. */
function typeName(error: Error) {
  return error instanceof UnknownStatusError ? 'LookupError' : error.constructor.name
}

app.errorHandler(ZeroDivisionError, function division() {
  return tuple('division by zero', 422)
})

api.errorHandler(HTTPException, function apiError(error) {
  const response = error.getResponse()
  response.data = json.dumps({ code: error.code, name: error.name, description: error.description })
  response.contentType = 'application/json'
  return response
})

api.errorHandler(404, function apiNotFound() {
  return tuple(jsonify({ error: 'no such resource' }), 404)
})

app.route('/abort/<int:code>', function abortCode({ code }) {
  abort(code)
})

app.route('/abort-text/<int:code>', function abortText({ code }) {
  abort(code, 'because <i>I</i> say & mean so')
})

app.route('/abort-response', function abortResponse() {
  abort(new Response('own response', { status: 418, headers: { 'X-Own': '1' } }))
})

app.route('/raise/<name>', function raiseNamed({ name }) {
  const errors: Record<string, Error> = {
    stock: new OutOfStock('only 2 left'),
    shop: new ShopError('closed'),
    zero: new ZeroDivisionError(),
    key: new KeyError('k'),
    teapot: new ImATeapot(),
    conflict: new Conflict('twice'),
    notfound: new NotFound('no\nsuch thing, <sorry>, friend'),
    '405': new MethodNotAllowed({ validMethods: ['PUT', 'GET'] }),
    '429': new TooManyRequests({ retryAfter: 30 }),
    '503': new ServiceUnavailable('later', { retryAfter: parseDate('Wed, 01 Jan 2031 00:00:00 GMT') }),
    '401': new Unauthorized('who?'),
    '500': new InternalServerError('explicit'),
    insufficient: new Insufficient(),
    response: new BadRequest({ response: new Response('inner', { status: 400 }) }),
  }
  throw errors[name] ?? new KeyError(name)
})

app.route('/str/<int:code>', function asText({ code }) {
  try {
    abort(code)
  } catch (error) {
    if (!(error instanceof HTTPException)) throw error
    return `${error}|${error.code}|${error.name}|${error.getDescription()}`
  }
})

app.route('/missing-key', { methods: ['POST'] }, function missingKey() {
  return request.form.getItem('field')
})

app.route('/in-handler', function inHandler() {
  throw new NotImplementedError()
})

app.errorHandler(NotImplementedError, function brokenHandler() {
  throw new RuntimeError('the handler broke')
})

api.route('/item/<int:number>', function item({ number }) {
  if (number > 9) abort(404, `item ${number} not found`)
  if (number === 7) abort(400, 'seven is bad')
  if (number === 6) throw new OutOfStock('six')
  if (number === 5) throw new RuntimeError('five')
  return { item: number }
})

api.post('/json', function takeJson() {
  return { got: request.getJson() }
})

app.registerBlueprint(api)
