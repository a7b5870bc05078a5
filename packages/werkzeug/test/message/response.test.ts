import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BodyNotSequenceError, Response } from '@flask-ts/werkzeug'
import { Headers, HeaderValueError, WWWAuthenticate } from '@flask-ts/werkzeug/datastructures'
import { makeEnviron } from '@flask-ts/werkzeug/testing'

const environ = makeEnviron()

test('a text has a type and its length in bytes', () => {
  const response = new Response('é')
  assert.deepEqual(
    [...response.headers],
    [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', '2'],
    ],
  )
  assert.equal(response.body, 'é')
  assert.equal(response.getWsgiResponse(environ), response)
})

test('responses of one type do not share their headers', () => {
  const one = new Response('a')
  one.headers.set('Content-Type', 'x/y')
  one.headers.add('X-A', '1')
  assert.equal(new Response('b').contentType, 'text/plain; charset=utf-8')
  assert.equal(new Response('b').headers.has('X-A'), false)
})

test('status takes a number or a text', () => {
  const response = new Response('', { status: '404 Gone fishing' })
  assert.deepEqual(
    [response.status, response.reason, response.statusLine],
    [404, 'Gone fishing', '404 Gone fishing'],
  )
  response.status = 201
  assert.deepEqual(
    [response.statusCode, response.reason, response.statusLine],
    [201, undefined, '201 Created'],
  )
  response.status = '299'
  assert.equal(response.statusLine, '299 Unknown')
  assert.throws(() => {
    response.status = ' '
  }, /status is empty/)
})

test('type, media type and given headers go before the default', () => {
  const type = (options: ConstructorParameters<typeof Response>[1]) => new Response('', options).contentType
  assert.equal(type({ mimetype: 'application/json' }), 'application/json')
  assert.equal(type({ mimetype: 'image/svg+xml' }), 'image/svg+xml; charset=utf-8')
  assert.equal(type({ contentType: 'text/x' }), 'text/x')
  assert.equal(type({ headers: { 'content-type': 'a/b' } }), 'a/b')
  assert.equal(
    type({ headers: { 'content-type': 'a/b' }, mimetype: 'text/html' }),
    'text/html; charset=utf-8',
  )
  assert.throws(() => new Response('', { mimetype: 'a\r\nX: y' }), HeaderValueError)
  assert.throws(() => new Response('', { contentType: 'a\nb' }), HeaderValueError)
})

test('data reads and replaces the body', () => {
  const response = new Response(['a', Buffer.from('é')])
  assert.equal(response.text, 'aé')
  assert.equal(response.isSequence, true)
  response.data = 'new'
  assert.equal(response.contentLength, 3)
  assert.equal(response.getData({ asText: true }), 'new')
  response.body = null
  assert.equal(response.data.length, 0)
})

test('a generator is streamed, read on demand and closed', () => {
  let closed = 0
  function* parts(): Generator<string> {
    try {
      yield 'a'
      yield 'b'
    } finally {
      closed++
    }
  }
  const response = new Response(parts())
  assert.equal(response.isStreamed, true)
  assert.equal(response.headers.has('Content-Length'), false)
  assert.equal(response.text, 'ab')
  assert.equal(response.isSequence, true)
  const unread = new Response(
    (function* () {
      yield* parts()
    })(),
  )
  unread[Symbol.dispose]()
  assert.equal(closed, 1)
})

test('a body that comes asynchronously is read with makeSequence', async () => {
  const response = new Response(
    (async function* () {
      yield 'a'
      yield 'b'
    })(),
  )
  assert.throws(() => response.data, BodyNotSequenceError)
  assert.equal(response.calculateContentLength(), undefined)
  await response.makeSequence()
  assert.equal(response.text, 'ab')
})

test('a body for direct passthrough is not read', () => {
  const response = new Response(['a'].values(), { directPassthrough: true })
  assert.throws(() => response.data, /goes to the server directly/)
})

test('close calls every callback once, also where closing the body throws', () => {
  const calls: string[] = []
  const body = { *[Symbol.iterator]() {}, close: () => assert.fail('broken') }
  const response = new Response(body)
  response.callOnClose(() => calls.push('one'))
  response.callOnClose(() => calls.push('two'))
  assert.throws(() => response.close(), /broken/)
  assert.deepEqual(calls, ['one', 'two'])
})

test('answers without a body lose what describes it', () => {
  const empty = new Response('text', { status: 204 }).getWsgiResponse(environ)
  assert.deepEqual([...empty.headers], [['Content-Type', 'text/plain; charset=utf-8']])
  assert.equal(empty.body, null)
  const unchanged = new Response('text', { status: 304, headers: { ETag: '"x"' } }).getWsgiResponse(environ)
  assert.deepEqual([...unchanged.headers], [['ETag', '"x"']])
  const head = new Response('text').getWsgiResponse(makeEnviron({ method: 'HEAD' }))
  assert.equal(head.body, null)
  assert.equal(new Headers(head.headers).get('Content-Length'), '4')
})

test('the response itself stays as it was when it is fitted to a request', () => {
  const response = new Response('text', { headers: { Location: '/ü' } })
  const sent = response.getWsgiResponse(environ)
  assert.equal(new Headers(sent.headers).get('Location'), '/%C3%BC')
  assert.equal(response.location, '/ü')
})

test('a class may send absolute redirects', () => {
  class Absolute extends Response {
    static override readonly autocorrectLocationHeader = true
  }
  const response = new Absolute('', { headers: { Location: '../x?y' } })
  const request = makeEnviron({ target: '/a/b/c?q', headers: [['Host', 'h.test:8000']] })
  assert.equal(response.getWsgiHeaders(request).get('Location'), 'http://h.test:8000/a/x?y')
})

test('freeze makes any body a list with length and tag', async () => {
  const response = new Response(['a', 'b'].values())
  response.freeze()
  assert.equal(response.contentLength, 2)
  assert.ok(response.getEtag()[0])
  const folder = mkdtempSync(join(tmpdir(), 'freeze-'))
  try {
    const file = join(folder, 'file')
    writeFileSync(file, '0123456789')
    const part = new Response({ file, offset: 2, length: 3 }, { directPassthrough: true })
    part.freeze()
    assert.equal(part.text, '234')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('header properties read, write and remove their fields', () => {
  const response = new Response('')
  response.lastModified = new Date(0)
  response.age = 5
  response.location = '/x'
  response.vary.add('Cookie')
  response.vary.add('Accept')
  response.cacheControl.maxAge = 60
  response.cacheControl.public = true
  response.contentSecurityPolicy.defaultSrc = "'self'"
  response.wwwAuthenticate = [new WWWAuthenticate('basic', { realm: 'r' }), new WWWAuthenticate('bearer')]
  response.accessControlAllowMethods = ['GET', 'PUT']
  response.accessControlAllowCredentials = true
  response.mimetypeParams.set('charset', 'latin1')
  response.retryAfter = 10
  assert.deepEqual([...response.headers].slice(2), [
    ['Last-Modified', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['Age', '5'],
    ['Location', '/x'],
    ['Vary', 'Cookie, Accept'],
    ['Cache-Control', 'max-age=60, public'],
    ['Content-Security-Policy', "default-src 'self'"],
    ['WWW-Authenticate', 'Basic realm=r'],
    ['WWW-Authenticate', 'Bearer'],
    ['Access-Control-Allow-Methods', 'GET, PUT'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Retry-After', '10'],
  ])
  assert.equal(response.contentType, 'text/plain; charset=latin1')
  assert.equal(response.lastModified?.getTime(), 0)
  response.vary.clear()
  response.cacheControl.clear()
  response.location = undefined
  response.accessControlAllowCredentials = false
  for (const name of ['Vary', 'Cache-Control', 'Location', 'Access-Control-Allow-Credentials']) {
    assert.equal(response.headers.has(name), false, name)
  }
})

test('the stream of a response appends to its body', () => {
  const response = new Response('a')
  response.stream.write('b')
  response.stream.writelines(['c', Buffer.from('d')])
  assert.equal(response.text, 'abcd')
  assert.equal(response.getWsgiHeaders(environ).get('Content-Length'), '4')
  const { stream } = response
  stream.close()
  assert.throws(() => stream.write('x'), /closed/)
})

test('JSON is read only where the type says so', () => {
  const response = new Response('{"a": 1}')
  assert.equal(response.json, undefined)
  assert.deepEqual(response.getJson({ force: true }), { a: 1 })
  response.mimetype = 'application/problem+json'
  assert.deepEqual(response.json, { a: 1 })
  response.data = '{'
  assert.equal(response.getJson({ silent: true }), undefined)
  assert.throws(() => response.json, SyntaxError)
})
