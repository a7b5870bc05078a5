import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Application } from '../../src/application.ts'
import { resolveLimits } from '../../src/engine/limits.ts'
import { Connection, Engine, type Exchange, type Transport } from '../../src/engine.ts'

class Recorder implements Transport {
  writableLength = 0
  writableNeedDrain = false
  destroyed = false
  ended = false
  paused = false
  writes: string[] = []
  write(data: string | Uint8Array): boolean {
    this.writes.push(typeof data === 'string' ? data : Buffer.from(data).toString('latin1'))
    return !this.writableNeedDrain
  }
  cork(): void {}
  uncork(): void {}
  pause(): void {
    this.paused = true
  }
  resume(): void {
    this.paused = false
  }
  end(): void {
    this.ended = true
  }
  destroy(): void {
    this.destroyed = true
  }
  get written(): string {
    return this.writes.join('')
  }
}

function open(
  application: Application,
  limits = {},
): { connection: Connection; transport: Recorder; engine: Engine } {
  const transport = new Recorder()
  const engine = new Engine(application, resolveLimits(limits))
  return { connection: new Connection(engine, transport, { scheme: 'http' }), transport, engine }
}

const hello: Application = (environ) => ({ status: 200, headers: [], body: environ.target })
const get = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`)

test('a synchronous answer is written in the tick that read the request, in one write for a batch', () => {
  const { connection, transport } = open(hello)
  connection.receive(get('/one'))
  assert.equal(transport.writes.length, 1)
  connection.receive(Buffer.concat([get('/two'), get('/three'), get('/four')]))
  assert.equal(transport.writes.length, 2)
  assert.match(transport.written, /\/one[\s\S]*\/two[\s\S]*\/three[\s\S]*\/four$/)
})

test('however a message is cut, the same request is read', () => {
  const message = Buffer.from(
    'POST /p HTTP/1.1\r\nHost: h\r\nX-A: \xe9\r\nTransfer-Encoding: chunked\r\n\r\n3;a="b"\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n',
    'latin1',
  )
  for (let size = 1; size <= message.length; size++) {
    let seen: unknown
    let body: Promise<Uint8Array | undefined> | undefined
    const { connection } = open((environ) => {
      body = environ.body.read()
      seen = [
        environ.method,
        environ.target,
        environ.headers.get('x-a'),
        (environ as Exchange).head.keepAlive,
      ]
      return new Promise(() => {})
    })
    for (let at = 0; at < message.length; at += size) connection.receive(message.subarray(at, at + size))
    assert.deepEqual(seen, ['POST', '/p', '\xe9', true], `in pieces of ${size}`)
    assert.equal(connection.midMessage, false)
    assert.ok(body !== undefined)
  }
})

test('requests wait while the client does not take the responses', () => {
  let calls = 0
  const { connection, transport } = open((environ) => {
    calls++
    return hello(environ)
  })
  transport.writableNeedDrain = true
  connection.receive(get('/one'))
  assert.equal(calls, 0)
  transport.writableNeedDrain = false
  connection.drained()
  assert.equal(calls, 1)
})

test('after a refusal nothing more is read', () => {
  let calls = 0
  const { connection, transport } = open((environ) => {
    calls++
    return hello(environ)
  })
  connection.receive(Buffer.concat([get('/one'), Buffer.from('nonsense\r\n\r\n'), get('/two')]))
  connection.receive(get('/three'))
  assert.equal(calls, 1)
  assert.match(transport.written, /HTTP\/1.1 400 Bad Request\r\n[\s\S]*Connection: close\r\n/)
  assert.equal(transport.ended, true)
})

test('a head is refused as soon as it is too long, not when it ends', () => {
  const { connection, transport } = open(hello)
  connection.receive(Buffer.from('GET /'))
  for (let i = 0; i < 500 && !transport.ended; i++) connection.receive(Buffer.from('x'.repeat(10)))
  assert.match(transport.written, /^HTTP\/1.1 414/)
})

test('a large number of small pieces costs no more than their sum', () => {
  const { connection, transport } = open(hello, { maxHeadSize: 1_000_000 })
  const head = `GET / HTTP/1.1\r\nHost: h\r\n${Array.from({ length: 90 }, (_, i) => `X-${i}: ${'v'.repeat(8000)}\r\n`).join('')}\r\n`
  const bytes = Buffer.from(head)
  const begin = performance.now()
  for (let at = 0; at < bytes.length; at += 16) connection.receive(bytes.subarray(at, at + 16))
  assert.match(transport.written, /^HTTP\/1.1 200/)
  assert.ok(performance.now() - begin < 2000)
})

test('the end of the client is taken as the end where nothing is in flight', () => {
  const { connection, transport } = open(hello)
  connection.receive(get('/'))
  connection.clientEnded()
  assert.equal(transport.ended, true)
})

test('a head is refused when all of it is too large', () => {
  const { connection, transport } = open(hello)
  connection.receive(Buffer.from('GET / HTTP/1.1\r\nHost: h\r\n'))
  for (let i = 0; i < 20; i++) connection.receive(Buffer.from(`X-${i}: ${'v'.repeat(8000)}\r\n`))
  assert.match(transport.written, /^HTTP\/1.1 431/)
})

test('a long pipeline lets the others have their turn', async () => {
  let calls = 0
  const { connection, transport } = open(
    (environ) => {
      calls++
      return hello(environ)
    },
    { maxBatch: 10 },
  )
  connection.receive(Buffer.concat(Array.from({ length: 25 }, () => get('/x'))))
  assert.equal(calls, 10)
  connection.receive(get('/last'))
  assert.equal(calls, 10)
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(calls, 26)
  assert.match(transport.written, /\/last$/)
})

test('a body in tiny chunks is gathered', async () => {
  let body: Promise<Uint8Array | undefined> | undefined
  const { connection } = open((environ) => {
    body = environ.body.read()
    return new Promise(() => {})
  })
  connection.receive(Buffer.from('POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n'))
  for (let i = 0; i < 30; i++) connection.receive(Buffer.from('1\r\nx\r\n'.repeat(1000)))
  connection.receive(Buffer.from(`800\r\n${'y'.repeat(2048)}\r\n1\r\nz\r\n0\r\n\r\n`))
  const bytes = Buffer.from((await body)!).toString()
  assert.equal(bytes, `${'x'.repeat(30_000)}${'y'.repeat(2048)}z`)
})
