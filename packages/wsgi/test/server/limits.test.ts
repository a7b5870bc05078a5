import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Application } from '../../src/application.ts'
import { resolveLimits } from '../../src/engine/limits.ts'
import { exchange, RawClient, serve } from '../raw-client.ts'

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`
const hello: Application = () => ({ status: 200, headers: [], body: 'hello' })

test('a head that does not come in time is a 408, however slowly its bytes drip', async () => {
  await using running = await serve(hello, { limits: { headTimeout: 120 } })
  await using client = await RawClient.open(running.port)
  const drip = setInterval(() => client.send('x'), 20)
  client.send('GET / HTTP/1.1\r\nHost: h\r\nX-A: ')
  const text = await client.end()
  clearInterval(drip)
  assert.match(text, /^HTTP\/1.1 408 Request Timeout/)
})

test('a connection that never says anything is closed without a word', async () => {
  await using running = await serve(hello, { limits: { headTimeout: 60 } })
  await using client = await RawClient.open(running.port)
  assert.equal(await client.end(), '')
})

test('an idle connection is closed after its time, and not before', async () => {
  await using running = await serve(hello, { limits: { keepAliveTimeout: 150, headTimeout: 50 } })
  await using client = await RawClient.open(running.port)
  client.send(get('/'))
  await client.until('hello')
  await sleep(80)
  assert.equal(client.ended, false)
  client.send(get('/'))
  await client.until(/hello[\s\S]*hello/)
  const begin = performance.now()
  await client.end()
  assert.ok(performance.now() - begin >= 145)
})

test('a body that stops coming is a 408', async () => {
  await using running = await serve(
    async (environ) => {
      await environ.body.read()
      return { status: 200, headers: [], body: '' }
    },
    { limits: { bodyTimeout: 80 } },
  )
  await using client = await RawClient.open(running.port)
  client.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc')
  assert.match(await client.end(), /^HTTP\/1.1 408/)
})

test('a body that drips is cut off by the time for the whole request', async () => {
  await using running = await serve(
    async (environ) => {
      await environ.body.read()
      return { status: 200, headers: [], body: '' }
    },
    { limits: { bodyTimeout: 80, requestTimeout: 200 } },
  )
  await using client = await RawClient.open(running.port)
  client.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n')
  const drip = setInterval(() => client.send('x'), 20)
  assert.match(await client.end(), /^HTTP\/1.1 408/)
  clearInterval(drip)
})

test('an application that takes its time is not hurried by the time-outs of the client', async () => {
  await using running = await serve(
    async () => {
      await sleep(200)
      return { status: 200, headers: [], body: 'slow' }
    },
    {
      limits: { bodyTimeout: 40, headTimeout: 40, keepAliveTimeout: 40, writeTimeout: 40, lingerTimeout: 40 },
    },
  )
  await using client = await RawClient.open(running.port)
  client.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok')
  await client.until('slow')
})

test('a client that takes nothing of its response is cut off', async () => {
  let closed = 0
  const body = Buffer.alloc(30_000_000)
  await using running = await serve(() => ({ status: 200, headers: [], body, close: () => closed++ }), {
    limits: { writeTimeout: 80 },
  })
  await using client = await RawClient.open(running.port)
  client.socket.pause()
  client.send(get('/'))
  await sleep(400)
  assert.equal(closed, 1)
  assert.equal(running.server.counts.connections, 0)
})

test('a client that takes its response slowly is not', async () => {
  const body = Buffer.alloc(12_000_000)
  await using running = await serve(() => ({ status: 200, headers: [], body }), {
    limits: { writeTimeout: 150 },
  })
  await using client = await RawClient.open(running.port)
  const rhythm = setInterval(() => {
    if (client.socket.isPaused()) client.socket.resume()
    else client.socket.pause()
  }, 25)
  client.send(get('/', 'Connection: close\r\n'))
  const text = await client.end(5000)
  clearInterval(rhythm)
  assert.ok(text.length > body.length)
})

test('a client that never ends its side is not waited for', async () => {
  const body = Buffer.alloc(3_000_000)
  await using running = await serve(() => ({ status: 200, headers: [], body }), {
    limits: { lingerTimeout: 80 },
  })
  await using client = await RawClient.open(running.port)
  client.socket.pause()
  client.send(get('/', 'Connection: close\r\n'))
  await sleep(30)
  client.socket.resume()
  await client.end()
  assert.equal(running.server.counts.connections, 1)
  await sleep(250)
  assert.equal(running.server.counts.connections, 0)
})

test('a client that goes on sending after the end is cut off', async () => {
  await using running = await serve(hello, { limits: { maxDrain: 100_000 } })
  await using client = await RawClient.open(running.port)
  client.send(get('/', 'Connection: close\r\n'))
  await client.end()
  client.send('x'.repeat(1_000_000))
  await sleep(100)
  assert.equal(running.server.counts.connections, 0)
})

test('each limit has its status', async () => {
  await using running = await serve(hello, { limits: { maxRequestLine: 40, maxFields: 3, maxFieldSize: 50 } })
  const cases: readonly (readonly [string, number])[] = [
    [get(`/${'x'.repeat(40)}`), 414],
    [get('/', 'A: 1\r\nB: 2\r\nC: 3\r\n'), 431],
    [get('/', `A: ${'x'.repeat(50)}\r\n`), 431],
    ['GET / HTTP/1.1\r\n\r\n', 400],
    ['GET / HTTP/2.0\r\nHost: h\r\n\r\n', 505],
    [get('/', 'Transfer-Encoding: gzip, chunked\r\n'), 501],
    [get('/', 'Expect: more\r\n'), 417],
  ]
  for (const [text, status] of cases) {
    const answer = await exchange(running.port, text)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*Connection: close\\r\\n`))
  }
})

test('a connection serves no more requests than it may, and a server no more connections', async () => {
  await using running = await serve(hello, { limits: { maxRequestsPerConnection: 2, maxConnections: 2 } })
  const text = await exchange(running.port, get('/') + get('/') + get('/'))
  assert.equal(text.split('200 OK').length - 1, 2)
  assert.match(text, /Connection: close/)
  await using first = await RawClient.open(running.port)
  await using second = await RawClient.open(running.port)
  first.send(get('/'))
  second.send(get('/'))
  await first.until('hello')
  await second.until('hello')
  await using third = await RawClient.open(running.port)
  assert.equal(await third.end(), '')
})

test('pipelined requests wait at the side of the client while one takes long', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let calls = 0
  await using running = await serve(async () => {
    calls++
    await promise
    return { status: 200, headers: [], body: 'x'.repeat(100) }
  })
  await using client = await RawClient.open(running.port)
  client.send(get('/pipelined').repeat(400_000))
  await sleep(100)
  assert.equal(calls, 1)
  assert.ok(client.socket.writableLength > 100_000, 'what was not read waits on the side of the client')
  resolve()
  await sleep(50)
  client.socket.destroy()
  assert.ok(calls > 100)
})

test('limits that are none are refused', () => {
  assert.throws(() => resolveLimits({ maxFields: -1 }), RangeError)
  assert.throws(() => resolveLimits({ nothing: 1 } as never), /no limit named nothing/)
  assert.equal(resolveLimits({ maxBodySize: 5 }).maxBodySize, 5)
})
