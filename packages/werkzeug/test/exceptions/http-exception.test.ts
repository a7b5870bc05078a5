import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { Response } from '@flask-ts/werkzeug'
import { WWWAuthenticate } from '@flask-ts/werkzeug/datastructures'
import {
  Aborter,
  abort,
  BadRequestKeyError,
  defaultExceptions,
  HTTPException,
  ImATeapot,
  InternalServerError,
  MethodNotAllowed,
  NotFound,
  RequestedRangeNotSatisfiable,
  ServiceUnavailable,
  Unauthorized,
  UnknownStatusError,
} from '@flask-ts/werkzeug/exceptions'

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

test('abort throws the class of the code, with what the class takes', () => {
  assert.throws(() => abort(404), NotFound)
  assert.equal((caught(() => abort(404, 'No such thing.')) as NotFound).description, 'No such thing.')
  assert.equal((caught(() => abort(404, { description: 'Gone.' })) as NotFound).description, 'Gone.')
  assert.deepEqual((caught(() => abort(405, ['GET', 'PUT'])) as MethodNotAllowed).validMethods, [
    'GET',
    'PUT',
  ])
  assert.throws(() => abort(299), UnknownStatusError)
})

test('abort with a response answers with it', () => {
  const response = new Response('as is', { status: 404 })
  const error = caught(() => abort(response)) as HTTPException
  assert.equal(error.code, null)
  assert.equal(error.getResponse(), response)
})

test('an exception is an error with code, name, text and stack', () => {
  const error = new NotFound()
  assert.ok(error instanceof Error)
  assert.equal(error.code, 404)
  assert.equal(NotFound.code, 404)
  assert.equal(error.name, 'Not Found')
  assert.equal(error.message, error.description)
  assert.match(String(error), /^404 Not Found: The requested URL was not found on the server\./)
  assert.match(error.stack ?? '', /http-exception\.test/)
})

test('the page escapes what is said, and keeps what is safe already', () => {
  const page = new NotFound('<b>\nnext').getResponse()
  assert.equal(page.status, 404)
  assert.match(page.text, /<p>&lt;b&gt;<br>next<\/p>/)
  const safe = new NotFound({ description: new Markup('<b>bold</b>') as unknown as string })
  assert.match(safe.getBody(), /<p><b>bold<\/b><\/p>/)
})

test('an unknown option is refused with the names of the known ones', () => {
  assert.throws(
    () => abort(404, { bogus: 1 }),
    /NotFound: unknown option 'bogus'; it takes description, response/,
  )
})

test('some errors send fields of their own', () => {
  const challenges = [new WWWAuthenticate('basic', { realm: 'a' }), new WWWAuthenticate('bearer')]
  const unauthorized = new Unauthorized({ wwwAuthenticate: challenges }).getResponse()
  assert.deepEqual(unauthorized.headers.getlist('WWW-Authenticate'), ['Basic realm=a', 'Bearer'])
  assert.equal(new MethodNotAllowed(['GET']).getResponse().headers.get('Allow'), 'GET')
  assert.equal(new RequestedRangeNotSatisfiable(7).getResponse().headers.get('Content-Range'), 'bytes */7')
  const later = new ServiceUnavailable({ retryAfter: new Date(0) }).getResponse()
  assert.equal(later.headers.get('Retry-After'), 'Thu, 01 Jan 1970 00:00:00 GMT')
})

test('a missing key is named only where that is asked for', () => {
  const error = new BadRequestKeyError("it's")
  assert.doesNotMatch(String(error), /it's/)
  error.showException = true
  assert.match(error.description ?? '', /\nKeyError: "it's"$/)
  error.description = 'Mine.'
  assert.equal(error.description, 'Mine.\nKeyError: "it\'s"')
})

test('an internal server error keeps what caused it', () => {
  const cause = new Error('below')
  const error = new InternalServerError({ originalException: cause })
  assert.equal(error.originalException, cause)
  assert.equal(error.cause, cause)
})

test('a class of one’s own needs a code and a description', () => {
  class PaymentRequired extends HTTPException {
    static override readonly code = 402
    static override readonly description = 'Pay first.'
  }
  const error = new PaymentRequired()
  assert.equal(String(error), '402 Payment Required: Pay first.')
  assert.equal(error.repr(), "<PaymentRequired '402: Payment Required'>")
  assert.equal(error.getResponse().statusLine, '402 Payment Required')
  const aborter = new Aborter(defaultExceptions, [[402, PaymentRequired]])
  assert.throws(() => aborter.abort(402), PaymentRequired)
  assert.throws(() => aborter.abort(418), ImATeapot)
})
