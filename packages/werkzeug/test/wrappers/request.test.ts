import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { BodyNotLoadedError, Request, Response } from '@flask-ts/werkzeug'
import { FileMultiDict, FileStorage, MultiDict } from '@flask-ts/werkzeug/datastructures'
import {
  abort,
  BadRequest,
  BadRequestKeyError,
  ClientDisconnected,
  RequestEntityTooLarge,
  SecurityError,
  UnsupportedMediaType,
} from '@flask-ts/werkzeug/exceptions'
import { Client, createEnviron, encodeMultipart, makeEnviron } from '@flask-ts/werkzeug/testing'

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

function post(
  body: Uint8Array | string | AsyncIterable<Uint8Array>,
  contentType: string,
  length?: number,
): Request {
  const headers: [string, string][] = [['Content-Type', contentType]]
  if (length !== undefined) headers.push(['Content-Length', String(length)])
  return new Request(
    makeEnviron({ method: 'POST', headers, body: typeof body === 'string' ? Buffer.from(body) : body }),
  )
}

test('a key that the client did not send is a 400', () => {
  const request = new Request(createEnviron('/?a=1', { headers: { Cookie: 'c=2' } }))
  assert.equal(request.args.getItem('a'), '1')
  assert.equal(request.cookies.getItem('c'), '2')
  assert.throws(() => request.args.getItem('b'), BadRequestKeyError)
  assert.throws(() => request.form.getItem('b'), { code: 400, key: 'b' })
})

test('a host that is not trusted is a 400', () => {
  const request = new Request(createEnviron('/', { baseUrl: 'http://evil.test/' }))
  request.trustedHosts = ['.example.com']
  assert.throws(() => request.host, SecurityError)
  assert.throws(() => request.url, SecurityError)
})

test('a body that came with the head is there without waiting', () => {
  const request = post('{"a": [1]}', 'application/json')
  assert.equal(request.loadBody(), undefined)
  assert.deepEqual(request.json, { a: [1] })
  assert.equal(request.json, request.json)
  assert.equal(request.getData({ asText: true }), '{"a": [1]}')
})

test('a body that is still to come must be loaded first', async () => {
  const request = post(pieces('a=', '1&b=%C3%BC'), 'application/x-www-form-urlencoded', 11)
  assert.throws(() => request.form, BodyNotLoadedError)
  await request.loadBody()
  assert.deepEqual(
    [...request.form],
    [
      ['a', '1'],
      ['b', 'ü'],
    ],
  )
  assert.equal(request.data.length, 0)
  assert.deepEqual(
    [...request.values.items()],
    [
      ['a', '1'],
      ['b', 'ü'],
    ],
  )
})

test('data read before the form keeps both', () => {
  const request = post('a=1', 'application/x-www-form-urlencoded')
  assert.equal(request.getData({ asText: true }), 'a=1')
  assert.equal(request.form.get('a'), '1')
  const uncached = post('a=1', 'application/x-www-form-urlencoded')
  uncached.getData({ cache: false })
  assert.equal(uncached.form.get('a'), undefined)
})

test('an announced body over the limit is not read, and a 413 when it is touched', async () => {
  let read = false
  const body = (async function* () {
    read = true
    yield Buffer.from('x')
  })()
  const request = post(body, 'application/json', 1000)
  request.maxContentLength = 999
  assert.equal(request.loadBody(), undefined)
  assert.equal(read, false)
  for (const touch of [() => request.data, () => request.json, () => request.stream]) {
    assert.throws(touch, RequestEntityTooLarge)
  }
  assert.equal(post('x', 'text/plain').data.length, 1)
})

test('a body of unknown length is read up to the limit', async () => {
  let sent = 0
  const body = (async function* () {
    for (;;) {
      sent++
      yield Buffer.alloc(100)
    }
  })()
  const request = post(body, 'text/plain')
  request.maxContentLength = 250
  await request.loadBody()
  assert.equal(sent, 3)
  assert.throws(() => request.data, RequestEntityTooLarge)
})

test('a limit that the view sets counts when the body is touched', () => {
  const request = post('0123456789', 'text/plain')
  request.loadBody()
  request.maxContentLength = 9
  assert.throws(() => request.data, RequestEntityTooLarge)
  request.maxContentLength = 10
  assert.equal(request.data.length, 10)
})

test('a client that goes away is told of when the body is touched', async () => {
  const body = (async function* () {
    yield Buffer.from('half')
    throw new Error('reset')
  })()
  const request = post(body, 'text/plain', 10)
  await request.loadBody()
  assert.throws(() => request.data, ClientDisconnected)
})

test('the stream gives the body as it arrives, once, under the limit', async () => {
  const request = post(pieces('ab', 'cd'), 'text/plain')
  assert.equal((await request.stream.read()).toString(), 'abcd')
  assert.equal((await request.stream.read()).length, 0)
  assert.equal(request.data.length, 0)
  const limited = post(pieces('ab', 'cd'), 'text/plain')
  limited.maxContentLength = 3
  await assert.rejects(limited.stream.read(), RequestEntityTooLarge)
  const loaded = post('abcd', 'text/plain')
  assert.equal((await loaded.stream.read()).toString(), 'abcd')
})

test('a large body waits in a temporary file, and so does a large upload, until the request is closed', async () => {
  const file = new FileStorage(Buffer.alloc(1_200_000, 'x'), { filename: 'big.bin' })
  const files = new FileMultiDict()
  files.add('file', file)
  const { body, boundary } = encodeMultipart({ form: new MultiDict([['a', '1']]), files })
  async function* network(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < body.length; at += 65536) yield body.subarray(at, at + 65536)
  }
  const request = post(network(), `multipart/form-data; boundary="${boundary}"`, body.length)
  await request.loadBody()
  const upload = request.files.getItem('file')
  assert.equal(upload.size, 1_200_000)
  const path = upload.content.path ?? ''
  assert.equal(existsSync(path), true)
  assert.equal(upload.read(3).toString(), 'xxx')
  assert.equal(request.form.get('a'), '1')
  request.close()
  assert.equal(existsSync(path), false)
})

test('a shallow request leaves the body alone', () => {
  const request = new Request(makeEnviron({ method: 'POST', body: Buffer.from('x') }), { shallow: true })
  assert.throws(() => request.data, /shallow/)
  assert.throws(() => request.stream, /shallow/)
})

test('JSON of another type is a 415, and broken JSON a 400', () => {
  const text = post('{}', 'text/plain')
  assert.throws(() => text.json, UnsupportedMediaType)
  assert.equal(text.getJson({ silent: true }), undefined)
  assert.deepEqual(text.getJson({ force: true }), {})
  const broken = post('{', 'application/json')
  assert.throws(() => broken.json, BadRequest)
  assert.throws(() => broken.json, /Failed to decode JSON object: /)
  assert.equal(broken.getJson({ silent: true }), undefined)
  assert.throws(() => post(Buffer.from([0x22, 0xff, 0x22]), 'application/json').json, BadRequest)
})

test('a class may take something else for JSON that cannot be read', () => {
  class Lenient extends Request {
    override onJsonLoadingFailed(error: Error | undefined): unknown {
      return error === undefined ? 'no JSON' : 'broken'
    }
  }
  const make = (body: string, contentType: string) =>
    new Lenient(makeEnviron({ headers: [['Content-Type', contentType]], body: Buffer.from(body) }))
  assert.equal(make('x', 'text/plain').json, 'no JSON')
  assert.equal(make('x', 'application/json').json, 'broken')
})

test('values of a GET are the query’s alone', () => {
  const parts = {
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: Buffer.from('b=2'),
  } as const
  const of = (method: string) => new Request(makeEnviron({ ...parts, method, target: '/?a=1' })).values
  assert.deepEqual([...of('GET').keys()], ['a'])
  assert.deepEqual([...of('POST').keys()], ['a', 'b'])
})

test('header fields are read and understood', () => {
  const request = new Request(
    createEnviron('/', {
      headers: {
        Accept: 'text/html;q=0.5, application/json',
        'If-None-Match': '"a", W/"b"',
        Range: 'bytes=0-9',
        'User-Agent': 'curl/8',
        'Cache-Control': 'no-cache',
        'Sec-Fetch-User': '?1',
        'Access-Control-Request-Headers': 'X-A, X-B',
        'Max-Forwards': '3',
      },
      auth: ['user', 'päss:word'],
    }),
  )
  assert.equal(request.acceptMimetypes.best, 'application/json')
  assert.equal(request.ifNoneMatch.containsWeak('b'), true)
  assert.deepEqual(request.range?.rangeForLength(5), [0, 5])
  assert.equal(request.userAgent.string, 'curl/8')
  assert.equal(request.cacheControl.noCache, true)
  assert.equal(request.authorization?.username, 'user')
  assert.equal(request.authorization?.password, 'päss:word')
  assert.equal(request.secFetchUser, true)
  assert.deepEqual([...(request.accessControlRequestHeaders ?? [])], ['X-A', 'X-B'])
  assert.equal(request.maxForwards, 3)
  assert.equal(request.ifModifiedSince, undefined)
})

test('an application made from a view answers with what it throws', async () => {
  let closed = 0
  class Counted extends Request {
    override close(): void {
      closed++
      super.close()
    }
  }
  const app = Counted.application((request) => (request.path === '/' ? new Response('ok') : abort(404)))
  const client = new Client(app)
  assert.equal((await client.get('/')).text, 'ok')
  assert.equal((await client.get('/none')).status, 404)
  assert.equal(closed, 2)
})
