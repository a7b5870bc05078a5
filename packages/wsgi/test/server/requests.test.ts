import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Application, WsgiResponse } from '../../src/application.ts'
import { exchange, RawClient, serve } from '../raw-client.ts'

const request = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`

const hello: Application = (environ) => ({
  status: 200,
  headers: [['Content-Type', 'text/plain']],
  body: `hello ${environ.target}`,
})

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

test('a keep-alive connection serves one request after the other', async () => {
  await using running = await serve(hello)
  await using client = await RawClient.open(running.port)
  for (const path of ['/a', '/b', '/c']) {
    client.send(request(path))
    await client.until(`hello ${path}`)
  }
  assert.equal(count(client.received, 'HTTP/1.1 200 OK\r\n'), 3)
  assert.equal(running.server.counts.connectionsTotal, 1)
  assert.equal(running.server.counts.requestsTotal, 3)
})

test('pipelined requests are answered in order, whether the application is synchronous or not', async () => {
  await using running = await serve(async (environ) => {
    await new Promise((resolve) => setTimeout(resolve, environ.target === '/1' ? 20 : 0))
    return hello(environ)
  })
  for (const port of [running.port]) {
    const text = await exchange(port, [1, 2, 3, 4].map((n) => request(`/${n}`)).join(''))
    assert.deepEqual(text.match(/hello \/\d/g), ['hello /1', 'hello /2', 'hello /3', 'hello /4'])
  }
})

test('responses that are ready in one tick leave in one piece', async () => {
  await using running = await serve(hello)
  await using client = await RawClient.open(running.port)
  let pieces = 0
  client.socket.on('data', () => pieces++)
  client.send(Array.from({ length: 20 }, (_, n) => request(`/${n}`)).join(''))
  await client.until('hello /19')
  assert.equal(pieces, 1)
})

test('HEAD, 204 and 304 have no body, and HEAD tells the length of what GET would bring', async () => {
  await using running = await serve((environ) => {
    const status = Number(environ.target.slice(1))
    return { status, headers: status === 204 ? [['Content-Length', '5']] : [], body: 'hello' }
  })
  const text = await exchange(
    running.port,
    `HEAD /200 HTTP/1.1\r\nHost: h\r\n\r\n${request('/204')}${request('/304')}${request('/200')}`,
  )
  assert.equal(count(text, 'hello'), 1)
  const [head, noContent] = text.split('HTTP/1.1 ').slice(1)
  assert.match(head!, /Content-Length: 5\r\n/)
  assert.doesNotMatch(noContent!, /Content-Length/)
})

test('a body of unknown length is chunked in HTTP/1.1 and ends the connection in HTTP/1.0', async () => {
  const app: Application = () => ({
    status: 200,
    headers: [],
    body: (function* () {
      yield 'one'
      yield ''
      yield 'zwölf'
    })(),
  })
  await using running = await serve(app)
  const new11 = await exchange(running.port, request('/', 'Connection: close\r\n'))
  assert.match(
    new11,
    /Transfer-Encoding: chunked\r\n[\s\S]*\r\n\r\n3\r\none\r\n6\r\nzw\xc3\xb6lf\r\n0\r\n\r\n$/,
  )
  const old = await exchange(running.port, 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
  assert.match(old, /Connection: close\r\n\r\nonezw\xc3\xb6lf$/)
})

test('a list of pieces has a known length', async () => {
  await using running = await serve(() => ({ status: 200, headers: [], body: ['ab', new Uint8Array([99])] }))
  const text = await exchange(running.port, request('/', 'Connection: close\r\n'))
  assert.match(text, /Content-Length: 3\r\n[\s\S]*\r\n\r\nabc$/)
})

test('text beyond Latin-1 goes out as UTF-8, and bytes as they are, also in a batch', async () => {
  const bodies: WsgiResponse['body'][] = ['käse', new Uint8Array([1, 2, 255]), '日本', 'plain']
  await using running = await serve((environ) => ({
    status: 200,
    headers: [],
    body: bodies[Number(environ.target.slice(1))]!,
  }))
  const text = await exchange(running.port, [0, 1, 2, 3].map((n) => request(`/${n}`)).join(''))
  const utf8 = (s: string): string => Buffer.from(s).toString('latin1')
  for (const body of [utf8('käse'), '\x01\x02\xff', utf8('日本'), 'plain'])
    assert.ok(text.includes(`\r\n\r\n${body}`))
})

test('HTTP/1.0 keeps the connection only where it asks for it', async () => {
  await using running = await serve(hello)
  const text = await exchange(
    running.port,
    'GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\nGET /3 HTTP/1.0\r\n\r\n',
  )
  assert.match(text, /Connection: keep-alive\r\n\r\nhello \/1HTTP/)
  assert.match(text, /Connection: close\r\n\r\nhello \/2$/)
})

test('the application may ask for the end of the connection', async () => {
  await using running = await serve(() => ({ status: 200, headers: [['connection', 'close']], body: '' }))
  const text = await exchange(running.port, request('/1') + request('/2'))
  assert.equal(count(text, '200 OK'), 1)
})

const injections: readonly (readonly [string, string])[] = [
  ['X-A', 'a\r\nSet-Cookie: b=1'],
  ['X-A', 'a\nb'],
  ['X-A', 'nul\0'],
  ['X-A', 'beyond \u0142'],
  ['X A', 'b'],
  ['X-A\r\n', 'b'],
  ['', 'b'],
  ['Content-Length', '5x'],
  ['Content-Length', '4'],
]

test('a header that would break out of its line is a 500, and the connection goes on', async () => {
  const failures: unknown[] = []
  await using running = await serve(
    (environ) => ({ status: 200, headers: [injections[Number(environ.target.slice(1))]!], body: 'hello' }),
    { hooks: { failed: (error) => failures.push(error) } },
  )
  const text = await exchange(running.port, injections.map((_, n) => request(`/${n}`)).join(''))
  assert.equal(count(text, 'HTTP/1.1 500 Internal Server Error'), injections.length)
  assert.doesNotMatch(text, /Set-Cookie|200 OK/)
  assert.equal(failures.length, injections.length)
})

test('a failing application is a 500 that tells the client nothing', async () => {
  let closed = 0
  const failures: unknown[] = []
  const app: Application = (environ) => {
    if (environ.target === '/sync') throw new Error('secret')
    if (environ.target === '/status') return { status: 99, headers: [], body: '', close: () => closed++ }
    return Promise.reject(new Error('secret'))
  }
  await using running = await serve(app, { hooks: { failed: (error) => failures.push(error) } })
  const text = await exchange(running.port, request('/sync') + request('/async') + request('/status'))
  assert.equal(count(text, '500 Internal'), 3)
  assert.doesNotMatch(text, /secret/)
  assert.equal(failures.length, 3)
  assert.equal(closed, 1)
})

test('a body that is not as long as announced ends the connection, never the framing', async () => {
  const pieces = (environ: { target: string }): string[] =>
    environ.target === '/long' ? ['12345', '678'] : ['12']
  await using running = await serve(
    (environ) => ({
      status: 200,
      headers: [['Content-Length', '5']],
      body: (function* () {
        yield* pieces(environ)
      })(),
    }),
    { hooks: { failed: () => {} } },
  )
  for (const path of ['/long', '/short']) {
    const text = await exchange(running.port, request(path) + request(path))
    assert.equal(count(text, '200 OK'), 1)
    assert.doesNotMatch(text, /678/)
  }
})

test('an absolute target counts for more than the Host field', async () => {
  await using running = await serve((environ) => ({
    status: 200,
    headers: [],
    body: `${environ.headers.get('host')} ${environ.target} ${environ.headers.getAll('host').length}`,
  }))
  const text = await exchange(running.port, 'GET http://real.test:81/p?q HTTP/1.1\r\nHost: other\r\n\r\n')
  assert.match(text, /real\.test:81 \/p\?q 1$/)
})

test('an environ tells both ends, and can be derived from', async () => {
  const { deriveEnviron } = await import('../../src/environ.ts')
  await using running = await serve((environ) => {
    const derived = deriveEnviron(environ, { scriptName: '/app' })
    const { scriptName, headers, method, remote, local, signal, scheme, protocol } = derived
    assert.equal(signal, environ.signal)
    const told = {
      scriptName,
      host: headers.get('host'),
      method,
      remote: remote.host,
      port: local.port,
      scheme,
      protocol,
    }
    return { status: 200, headers: [], body: JSON.stringify(told) }
  })
  const text = await exchange(running.port, request('/'))
  assert.deepEqual(JSON.parse(text.split('\r\n\r\n')[1]!), {
    scriptName: '/app',
    host: 'h',
    method: 'GET',
    remote: '127.0.0.1',
    port: running.port,
    scheme: 'http',
    protocol: 'HTTP/1.1',
  })
})

test('header look-ups are the same by scan and by index, and keep order and repetition', async () => {
  await using running = await serve(({ headers }) => {
    const first = [
      headers.get('x-b'),
      headers.get('x-a'),
      headers.get('none'),
      headers.has('cookie'),
      headers.get('cookie'),
    ]
    for (let i = 0; i < 10; i++) headers.has('x')
    const later = [
      headers.get('x-b'),
      headers.get('x-a'),
      headers.get('none'),
      headers.has('cookie'),
      headers.get('cookie'),
    ]
    assert.deepEqual(later, first)
    return { status: 200, headers: [], body: JSON.stringify([first, headers.getAll('x-a'), [...headers]]) }
  })
  const text = await exchange(
    running.port,
    request('/', 'X-A: 1\r\nx-b:2 \r\nX-a:\t3\r\nCookie: a=1\r\ncookie: b=2\r\nX_Y: no\r\n'),
  )
  assert.deepEqual(JSON.parse(text.split('\r\n\r\n')[1]!), [
    ['2', '1,3', null, true, 'a=1; b=2'],
    ['1', '3'],
    [
      ['Host', 'h'],
      ['X-A', '1'],
      ['x-b', '2'],
      ['X-a', '3'],
      ['Cookie', 'a=1'],
      ['cookie', 'b=2'],
    ],
  ])
})
