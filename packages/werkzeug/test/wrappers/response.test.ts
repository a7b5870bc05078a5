import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BaseResponse, Response } from '@flask-ts/werkzeug'
import { NotFound, RequestedRangeNotSatisfiable } from '@flask-ts/werkzeug/exceptions'
import { makeEnviron } from '@flask-ts/werkzeug/testing'

function get(headers: Record<string, string>) {
  return makeEnviron({ headers: Object.entries(headers) })
}

test('a client that has the content already gets 304', () => {
  const response = new Response('content')
  response.addEtag()
  const etag = response.headers.getItem('ETag')
  assert.equal(response.makeConditional(get({ 'If-None-Match': etag })), response)
  assert.equal(response.status, 304)
  assert.equal(new Response('x').makeConditional(get({ 'If-None-Match': etag })).status, 200)
})

test('a part is cut out of text, lists, generators and files alike', async () => {
  const bodies = [
    '0123456789',
    ['01', '2345', '6789'],
    ['01', '2345', '6789'].values(),
    (async function* () {
      yield '0123'
      yield '456789'
    })(),
    new Uint8Array(Buffer.from('0123456789')),
  ]
  for (const body of bodies) {
    const response = new Response(body)
    response.makeConditional(get({ Range: 'bytes=3-6' }), { acceptRanges: true, completeLength: 10 })
    assert.equal(response.status, 206)
    assert.equal(response.headers.get('Content-Range'), 'bytes 3-6/10')
    assert.equal(response.headers.get('Content-Length'), '4')
    await response.makeSequence()
    assert.equal(response.text, '3456')
  }
  const file = new Response({ file: '/somewhere', offset: 100, length: 10 })
  file.makeConditional(get({ Range: 'bytes=-4' }), { acceptRanges: true, completeLength: 10 })
  assert.deepEqual(file.body, { file: '/somewhere', offset: 106, length: 4 })
})

test('a part that is not there is refused with the length', () => {
  const response = new Response('0123456789')
  assert.throws(
    () => response.makeConditional(get({ Range: 'bytes=20-' }), { acceptRanges: true, completeLength: 10 }),
    (error: unknown) => error instanceof RequestedRangeNotSatisfiable && error.length === 10,
  )
})

test('forceType gives a subclass its own, and shares header and body', () => {
  class Mine extends Response {}
  const mine = new Mine('x')
  assert.equal(Mine.forceType(mine), mine)
  const page = new NotFound().getResponse()
  assert.ok(page instanceof BaseResponse)
  const forced = Mine.forceType(page)
  assert.ok(forced instanceof Mine)
  assert.equal(forced.headers, page.headers)
  assert.equal(forced.text, page.text)
  let closed = false
  const plain = Mine.forceType({
    status: 299,
    reason: 'Odd',
    headers: [['X-A', '1']],
    body: 'b',
    close: () => {
      closed = true
    },
  })
  assert.deepEqual([plain.statusLine, [...plain.headers], plain.text], ['299 Odd', [['X-A', '1']], 'b'])
  plain.close()
  assert.equal(closed, true)
})

test('fromApp runs an application', async () => {
  const response = await Response.fromApp(async () => new Response(['a', 'b'].values()), makeEnviron(), {
    buffered: true,
  })
  assert.equal(response.isSequence, true)
  assert.equal(response.text, 'ab')
})
