import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { toFetch, toNode } from '../../src/adapters.ts'
import type { Application, WsgiResponse } from '../../src/application.ts'
import { headersFromPairs } from '../../src/engine/headers.ts'
import type { Environ, RequestBody } from '../../src/environ.ts'
import { ContractViolation, type RuleName, rules, validator } from '../../src/validator.ts'
import { exchange, serve } from '../raw-client.ts'

const body: RequestBody = {
  length: 3,
  bytes: undefined,
  async read() {
    return new Uint8Array(3)
  },
  async *[Symbol.asyncIterator]() {
    yield new Uint8Array(3)
  },
}

function environ(changes: Partial<Record<keyof Environ, unknown>> = {}): Environ {
  return {
    method: 'GET',
    target: '/',
    protocol: 'HTTP/1.1',
    scheme: 'http',
    headers: headersFromPairs([['Host', 'h']]),
    body,
    local: { host: '127.0.0.1', port: 80 },
    remote: { host: '127.0.0.1', port: 1234 },
    scriptName: '',
    signal: new AbortController().signal,
    ...changes,
  } as Environ
}

function response(changes: Partial<Record<keyof WsgiResponse, unknown>> = {}): WsgiResponse {
  return { status: 200, headers: [], body: 'ok', ...changes } as WsgiResponse
}

const good: Application = () => response()

function breach(rule: RuleName): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ContractViolation, String(error))
    assert.equal(error.rule, rule)
    assert.equal(error.side, rules[rule].side)
    return true
  }
}

const badEnvirons: readonly (readonly [RuleName, Partial<Record<keyof Environ, unknown>>])[] = [
  ['environ-method', { method: 'GE T' }],
  ['environ-method', { method: '' }],
  ['environ-target', { target: 'http://h/' }],
  ['environ-target', { target: '/a b' }],
  ['environ-target', { target: '/caf\u00e9' }],
  ['environ-target', { target: '*' }],
  ['environ-target', { method: 'CONNECT', target: '/' }],
  ['environ-protocol', { protocol: 'HTTP/2' }],
  ['environ-scheme', { scheme: 'ws' }],
  ['environ-headers', { headers: { get() {} } }],
  ['environ-headers', { headers: undefined }],
  ['environ-header-field', { headers: headersFromPairs([['A', 'b\x01']]) }],
  ['environ-header-lookup', { headers: Object.assign(headersFromPairs([['A', 'b']]), { get: () => 'c' }) }],
  ['environ-body', { body: null }],
  ['environ-body-length', { body: { ...body, length: -1 } }],
  ['environ-body-bytes', { body: { ...body, bytes: new Uint8Array(2) } }],
  ['environ-body-bytes', { body: { ...body, length: 0 } }],
  ['environ-address', { remote: { host: 'h', port: 70_000 } }],
  ['environ-address', { local: undefined }],
  ['environ-script-name', { scriptName: 'app' }],
  ['environ-script-name', { scriptName: '/' }],
  ['environ-signal', { signal: {} }],
  ['environ-upgrade', { upgrade: {} }],
]

test('each breach of the server is named before the application is called', () => {
  const app = validator(() => assert.fail('called'))
  for (const [rule, changes] of badEnvirons) assert.throws(() => app(environ(changes)), breach(rule))
  assert.throws(() => app(null as never), breach('environ-prototype'))
  class Private {
    readonly #method = 'GET'
    get method(): string {
      return this.#method
    }
  }
  assert.throws(() => app(Object.assign(new Private(), {}) as never), breach('environ-prototype'))
})

const badResponses: readonly (readonly [RuleName, unknown])[] = [
  ['response-object', undefined],
  ['response-object', 'text'],
  ['response-status', response({ status: 100 })],
  ['response-status', response({ status: '200' })],
  ['response-reason', response({ reason: 'a\r\nb' })],
  ['response-headers', response({ headers: null })],
  ['response-headers', response({ headers: [['A']] })],
  ['response-headers', response({ headers: new Map([['A', 'b']]).entries() })],
  ['response-header-name', response({ headers: [['A B', 'c']] })],
  ['response-header-value', response({ headers: [['A', 'b\nc']] })],
  ['response-header-value', response({ headers: [['A', 5]] })],
  ['response-hop-by-hop', response({ headers: [['Transfer-Encoding', 'chunked']] })],
  ['response-hop-by-hop', response({ headers: [['Connection', 'keep-alive']] })],
  ['response-length', response({ headers: [['Content-Length', '3']] })],
  ['response-length', response({ headers: [['Content-Length', 'x']] })],
  ['response-length', response({ status: 204, body: null, headers: [['Content-Length', '0']] })],
  ['response-length', response({ body: ['a', 'b'], headers: [['Content-Length', '3']] })],
  ['response-body', response({ body: 5 })],
  ['response-body', response({ body: undefined })],
  ['response-piece', response({ body: [5] })],
  ['response-file', response({ body: { file: 'relative', offset: 0, length: 1 } })],
  ['response-file', response({ body: { file: '/a', offset: -1, length: 1 } })],
  ['response-close', response({ close: 5 })],
]

test('each breach of the application in its response is named', async () => {
  for (const [rule, bad] of badResponses) {
    assert.throws(() => validator(() => bad as WsgiResponse)(environ()), breach(rule))
  }
  for (const [rule, bad] of badResponses.slice(0, 5)) {
    await assert.rejects(async () => validator(async () => bad as WsgiResponse)(environ()), breach(rule))
  }
})

test('each breach of the application in its use of the environ is named', async () => {
  const uses: readonly (readonly [RuleName, (given: Environ) => unknown])[] = [
    ['application-read-only', (given) => ((given as { method: string }).method = 'POST')],
    ['application-lower-case', (given) => given.headers.get('Host')],
    ['application-lower-case', (given) => given.headers.has('Host')],
    ['application-read-limit', (given) => given.body.read(-1)],
    ['application-body-once', (given) => given.body.read().then(() => given.body.read())],
  ]
  for (const [rule, use] of uses) {
    const app = validator(async (given) => {
      await use(given)
      return response()
    })
    await assert.rejects(async () => app(environ()), breach(rule))
  }
})

async function collect(pieces: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  for await (const _ of pieces);
}

test('breaches that show only in the middle of a body are named', async () => {
  function* wrong(): Generator<number> {
    yield 5
  }
  const streamed = (await validator(() => response({ body: wrong() }))(environ())) as {
    body: Iterable<unknown>
  }
  await assert.rejects(collect(streamed.body), breach('response-piece'))
  async function* short(): AsyncGenerator<string> {
    yield 'a'
  }
  const shortened = await validator(() => response({ body: short(), headers: [['Content-Length', '2']] }))(
    environ(),
  )
  await assert.rejects(collect(shortened.body as AsyncIterable<string>), breach('response-length'))
  const reading = validator(async (given) => {
    await collect(given.body)
    return response()
  })
  const lying = { ...body, length: 9 }
  await assert.rejects(async () => reading(environ({ body: lying })), breach('environ-body-pieces'))
  const overfull = validator(async (given) => {
    await given.body.read(2)
    return response()
  })
  await assert.rejects(async () => overfull(environ()), breach('environ-body-read'))
})

test('breaches of the server with a response are named', async () => {
  function* pieces(): Generator<string> {
    yield 'a'
  }
  const app = validator(() => response({ body: pieces(), trailers: () => [['X-A', '1']] }))
  const twice = await app(environ())
  assert.throws(() => twice.trailers!() && twice.trailers!(), breach('server-trailers-last'))
  await collect(twice.body as Iterable<string>)
  await assert.rejects(collect(twice.body as Iterable<string>), breach('server-body-once'))
  twice.close!()
  assert.throws(() => twice.close!(), breach('server-close-once'))
  const closed = await app(environ())
  closed.close!()
  await assert.rejects(collect(closed.body as Iterable<string>), breach('server-body-once'))
  const trailing = await validator(() => response({ body: pieces(), trailers: () => [['Host', 'h']] }))(
    environ(),
  )
  assert.throws(() => trailing.trailers!(), breach('response-trailers'))
})

const everything: Application = async (given) => {
  const size = (await given.body.read(1_000_000))?.length
  async function* pieces(): AsyncGenerator<string> {
    yield `${given.method} `
    yield `${size} ${given.headers.get('host') !== undefined}`
  }
  return { status: 200, headers: [['Content-Type', 'text/plain']], body: pieces(), close() {} }
}

test('the reference server and the adapters keep the contract', async () => {
  const failures: unknown[] = []
  const app = validator(everything)
  await using running = await serve(app, { hooks: { failed: (error) => failures.push(error) } })
  for (const text of [
    'GET /a?b HTTP/1.1\r\nHost: h\r\nA: 1\r\na: 2\r\nCookie: a\r\nCookie: b\r\nConnection: close\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
    'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
    'CONNECT h:443 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
    'GET http://h/x HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n',
  ]) {
    assert.match(await exchange(running.port, text), /^HTTP\/1.1 200/)
  }
  assert.equal(failures.length, 0)
  const failed = (error: unknown): void => void failures.push(error)
  const fetched = await toFetch(app, { failed })(new Request('http://h/a?b', { method: 'POST', body: 'abc' }))
  assert.equal(await fetched.text(), 'POST 3 true')
  const { createServer } = await import('node:http')
  const node = createServer(toNode(app, { hooks: { failed } }))
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve))
  const { port } = node.address() as { port: number }
  assert.equal(
    await (await fetch(`http://127.0.0.1:${port}/`, { method: 'PUT', body: 'abc' })).text(),
    'PUT 3 true',
  )
  node.closeAllConnections()
  node.close()
  assert.equal(failures.length, 0)
})

test('a validated application works as without', async () => {
  await using running = await serve(validator(good))
  assert.match(
    await exchange(running.port, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'),
    /Content-Length: 2\r\n[\s\S]*ok$/,
  )
})

test('the specification page states every rule, word for word, and no other', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/wsgi-specification.md'), 'utf8')
  const stated = new Map(
    [...page.matchAll(/^- \*\*([a-z-]+)\*\*: (.*)$/gm)].map((match) => [match[1]!, match[2]!]),
  )
  assert.deepEqual([...stated.keys()].sort(), Object.keys(rules).sort())
  for (const [name, { text }] of Object.entries(rules)) assert.equal(stated.get(name), text)
})
