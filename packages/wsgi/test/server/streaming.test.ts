import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Application, WsgiResponse } from '../../src/application.ts'
import { ClientDisconnected } from '../../src/engine/errors.ts'
import { exchange, RawClient, serve } from '../raw-client.ts'

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`
const closing = 'Connection: close\r\n'

test('the head and first piece of a stream go out before the next piece is there', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  async function* body(): AsyncGenerator<string> {
    yield 'first'
    await promise
    yield 'second'
  }
  await using running = await serve(() => ({ status: 200, headers: [], body: body() }))
  await using client = await RawClient.open(running.port)
  client.send(get('/'))
  await client.until('5\r\nfirst\r\n')
  assert.doesNotMatch(client.received, /second/)
  resolve()
  await client.until('6\r\nsecond\r\n0\r\n\r\n')
  client.send(get('/'))
  await client.until(/first[\s\S]*first/)
})

test('a stream is made no faster than the client takes it', async () => {
  let made = 0
  const piece = Buffer.alloc(64 * 1024)
  async function* slow(): AsyncGenerator<Uint8Array> {
    while (made < 2000) {
      made++
      yield piece
    }
  }
  function* fast(): Generator<Uint8Array> {
    while (made < 2000) {
      made++
      yield piece
    }
  }
  for (const body of [slow, fast]) {
    made = 0
    let closed = 0
    await using running = await serve(() => ({
      status: 200,
      headers: [],
      body: body(),
      close: () => closed++,
    }))
    await using client = await RawClient.open(running.port)
    client.socket.pause()
    client.send(get('/'))
    await sleep(100)
    const stopped = made
    assert.ok(stopped > 0 && stopped < 500, `made ${stopped} pieces for a client that reads none`)
    await sleep(30)
    assert.equal(made, stopped)
    client.socket.destroy()
    await sleep(30)
    assert.equal(closed, 1)
    assert.ok(made <= stopped + 1)
  }
})

test('a large body that is there whole arrives whole', async () => {
  const size = 3_000_000
  const bodies: Record<string, WsgiResponse['body']> = {
    '/bytes': Buffer.alloc(size, 'b'),
    '/text': 't'.repeat(size),
    '/wide': 'é'.repeat(size / 2),
  }
  await using running = await serve((environ) => ({
    status: 200,
    headers: [],
    body: bodies[environ.target]!,
  }))
  for (const path of Object.keys(bodies)) {
    const text = await exchange(running.port, get(path, closing))
    assert.equal(text.length - text.indexOf('\r\n\r\n') - 4, size)
    assert.match(text, /Content-Length: 3000000\r\n/)
  }
})

test('a part of a file is sent, and a missing file is a 500', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wsgi-'))
  const file = join(folder, 'data')
  const data = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i & 255))
  await writeFile(file, data)
  const failures: unknown[] = []
  const app: Application = (environ) => {
    const [path, offset, length] = environ.target.slice(1).split('-')
    const name = path === 'data' ? file : join(folder, 'missing')
    return { status: 200, headers: [], body: { file: name, offset: Number(offset), length: Number(length) } }
  }
  await using running = await serve(app, { hooks: { failed: (error) => failures.push(error) } })
  for (const [offset, length] of [
    [0, 300_000],
    [1, 10],
    [65_535, 65_538],
    [299_999, 1],
    [5, 0],
  ] as const) {
    const text = await exchange(running.port, get(`/data-${offset}-${length}`, closing))
    const body = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1')
    assert.ok(body.equals(data.subarray(offset, offset + length)), `${offset} ${length}`)
  }
  assert.match(await exchange(running.port, get('/missing-0-1')), /^HTTP\/1.1 500/)
  assert.match(
    await exchange(running.port, `HEAD /data-0-7 HTTP/1.1\r\nHost: h\r\n${closing}\r\n`),
    /Content-Length: 7\r\n/,
  )
  const short = await exchange(running.port, get('/data-299990-20', closing))
  assert.ok(short.length - short.indexOf('\r\n\r\n') - 4 < 20)
  assert.equal(failures.length, 2)
  await rm(folder, { recursive: true })
})

test('trailers are sent to clients that can take them', async () => {
  const app: Application = () => ({
    status: 200,
    headers: [['Trailer', 'X-Sum']],
    body: (function* () {
      yield 'abc'
    })(),
    trailers: () => [['X-Sum', '3']],
  })
  await using running = await serve(app)
  assert.match(await exchange(running.port, get('/', `TE: trailers\r\n${closing}`)), /0\r\nX-Sum: 3\r\n\r\n$/)
  assert.match(await exchange(running.port, get('/', closing)), /abc\r\n0\r\n\r\n$/)
})

test('a stream that fails breaks off without the end that would make it look complete', async () => {
  const failures: unknown[] = []
  let closed = 0
  async function* body(): AsyncGenerator<string> {
    yield 'some'
    throw new Error('on purpose')
  }
  await using running = await serve(
    () => ({ status: 200, headers: [], body: body(), close: () => closed++ }),
    {
      hooks: { failed: (error) => failures.push(error) },
    },
  )
  const text = await exchange(running.port, get('/'))
  assert.doesNotMatch(text, /0\r\n\r\n$/)
  assert.equal(failures.length, 1)
  assert.equal(closed, 1)
})

test('the signal tells that the client has gone, and the response is closed once even if it comes later', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const later = Promise.withResolvers<void>()
  let closed = 0
  await using running = await serve(async (environ) => {
    environ.signal.addEventListener('abort', () => resolve(environ.signal.reason))
    await later.promise
    return { status: 200, headers: [], body: 'late', close: () => closed++ }
  })
  await using client = await RawClient.open(running.port)
  client.send(get('/'))
  await sleep(20)
  client.socket.destroy()
  assert.ok((await promise) instanceof ClientDisconnected)
  later.resolve()
  await sleep(5)
  assert.equal(closed, 1)
})

test('a generator whose client has gone is ended, and its clean-up runs', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  async function* ticks(): AsyncGenerator<string> {
    try {
      for (;;) {
        yield 'tick'
        await sleep(5)
      }
    } finally {
      resolve()
    }
  }
  await using running = await serve(() => ({ status: 200, headers: [], body: ticks() }))
  await using client = await RawClient.open(running.port)
  client.send(get('/'))
  await client.until('tick')
  client.socket.destroy()
  await promise
})

test('a client that has ended its side still gets its answer', async () => {
  await using running = await serve(async () => {
    await sleep(20)
    return { status: 200, headers: [], body: 'still here' }
  })
  assert.match(await exchange(running.port, get('/')), /still here$/)
})
