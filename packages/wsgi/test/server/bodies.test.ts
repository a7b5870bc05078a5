import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Application } from '../../src/application.ts'
import { BodyAlreadyRead, ClientDisconnected } from '../../src/engine/errors.ts'
import { exchange, RawClient, serve } from '../raw-client.ts'

const post = (path: string, more: string, body = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n${body}`

const readAll: Application = async (environ) => {
  const body = await environ.body.read()
  return {
    status: 200,
    headers: [],
    body: `read ${body?.length} ${Buffer.from(body!).toString('latin1').slice(0, 20)}`,
  }
}

test('a body that came with its head is there at once', async () => {
  await using running = await serve((environ) => {
    const { bytes, length } = environ.body
    return { status: 200, headers: [], body: `${length} ${Buffer.from(bytes!).toString()}` }
  })
  const text = await exchange(
    running.port,
    post('/', 'Content-Length: 5\r\n', 'hello') +
      post('/', 'Transfer-Encoding: chunked\r\n', '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'),
  )
  assert.match(text, /5 hello/)
  assert.match(text, /5 abcde/)
})

test('a body that comes in pieces is read whole or piece by piece', async () => {
  await using running = await serve(async (environ) => {
    if (environ.target === '/read') return readAll(environ)
    let text = ''
    for await (const piece of environ.body) text += Buffer.from(piece).toString('latin1')
    return {
      status: 200,
      headers: [],
      body: `streamed ${text.length} ${environ.body.trailers?.get('x-sum')}`,
    }
  })
  await using client = await RawClient.open(running.port)
  client.send(post('/read', 'Content-Length: 10\r\n', 'abc'))
  await sleep(10)
  client.send('defgh')
  await sleep(10)
  client.send('ij')
  await client.until('read 10 abcdefghij')
  client.send(post('/stream', 'Transfer-Encoding: chunked\r\n', '3\r\nab'))
  await sleep(10)
  client.send('c\r\n5;x=y\r\n12345\r')
  await sleep(10)
  client.send('\n0\r\nX-Sum: 8\r\n\r\n')
  await client.until('streamed 8 8')
})

test('a body beyond the limit of a read is not buffered', async () => {
  await using running = await serve(async (environ) => {
    const body = await environ.body.read(10)
    return { status: body === undefined ? 413 : 200, headers: [], body: '' }
  })
  await using announced = await RawClient.open(running.port)
  announced.send(post('/', 'Content-Length: 11\r\n'))
  await announced.until('HTTP/1.1 413')
  await using chunked = await RawClient.open(running.port)
  chunked.send(post('/', 'Transfer-Encoding: chunked\r\n', 'ff\r\n0123456789a'))
  await chunked.until('HTTP/1.1 413')
})

test('a body is read once', async () => {
  await using running = await serve(async (environ) => {
    await environ.body.read()
    await assert.rejects(async () => environ.body.read(), BodyAlreadyRead)
    return { status: 200, headers: [], body: 'twice refused' }
  })
  await using client = await RawClient.open(running.port)
  client.send(post('/', 'Content-Length: 2\r\n'))
  await sleep(5)
  client.send('ab')
  await client.until('twice refused')
})

test('100 Continue is sent when the body is wanted, and only then', async () => {
  await using running = await serve((environ) => {
    if (environ.target === '/wanted') return readAll(environ)
    return { status: 403, headers: [], body: 'not wanted' }
  })
  await using wanted = await RawClient.open(running.port)
  wanted.send(post('/wanted', 'Expect: 100-continue\r\nContent-Length: 5\r\n'))
  await wanted.until('HTTP/1.1 100 Continue\r\n\r\n')
  wanted.send('hello')
  await wanted.until('read 5 hello')
  await using refused = await RawClient.open(running.port)
  refused.send(post('/no', 'Expect: 100-continue\r\nContent-Length: 5\r\n'))
  const text = await refused.end()
  assert.match(text, /^HTTP\/1.1 403/)
  assert.match(text, /Connection: close/)
  assert.doesNotMatch(text, /100 Continue/)
})

test('no 100 Continue where the body did not wait for it', async () => {
  await using running = await serve(readAll)
  const text = await exchange(
    running.port,
    post('/', 'Expect: 100-continue\r\nContent-Length: 5\r\n', 'hello'),
  )
  assert.match(text, /^HTTP\/1.1 200/)
})

test('a small body that nobody read is skipped, a large one ends the connection', async () => {
  await using running = await serve((environ) => ({ status: 200, headers: [], body: environ.target }), {
    limits: { maxDrain: 1000 },
  })
  await using small = await RawClient.open(running.port)
  small.send(post('/one', 'Content-Length: 900\r\n'))
  await small.until('/one')
  small.send(`${'x'.repeat(900)}GET /two HTTP/1.1\r\nHost: h\r\n\r\n`)
  await small.until('/two')
  await using large = await RawClient.open(running.port)
  large.send(post('/three', 'Content-Length: 1001\r\n'))
  assert.match(await large.end(), /Connection: close/)
  await using chunked = await RawClient.open(running.port)
  chunked.send(post('/four', 'Transfer-Encoding: chunked\r\n'))
  await chunked.until('/four')
  chunked.send(`800\r\n${'x'.repeat(2048)}`)
  await chunked.end()
})

test('a body that is broken in the middle is a 400 where the application lets it be one', async () => {
  const failures: unknown[] = []
  await using running = await serve(readAll, { hooks: { failed: (error) => failures.push(error) } })
  await using client = await RawClient.open(running.port)
  client.send(post('/', 'Transfer-Encoding: chunked\r\n', '3\r\nabc'))
  await sleep(10)
  client.send('nonsense')
  assert.match(await client.end(), /^HTTP\/1.1 400 Bad Request/)
  assert.equal(failures.length, 0)
})

test('maxBodySize refuses an announced body before the application is called, and a chunked one when it is too long', async () => {
  let calls = 0
  await using running = await serve(
    (environ) => {
      calls++
      return readAll(environ)
    },
    { limits: { maxBodySize: 10 } },
  )
  assert.match(
    await exchange(running.port, post('/', 'Content-Length: 11\r\n')),
    /^HTTP\/1.1 413 Content Too Large/,
  )
  assert.equal(calls, 0)
  await using client = await RawClient.open(running.port)
  client.send(post('/', 'Transfer-Encoding: chunked\r\n', '9\r\n123456789\r\n'))
  await sleep(10)
  client.send('2\r\n12\r\n0\r\n\r\n')
  assert.match(await client.end(), /^HTTP\/1.1 413/)
})

test('reading stops when the application does not take the body', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  await using running = await serve(async (environ) => {
    await promise
    let size = 0
    for await (const piece of environ.body) size += piece.length
    return { status: 200, headers: [], body: `took ${size}` }
  })
  await using client = await RawClient.open(running.port)
  const size = 20_000_000
  client.send(post('/', `Content-Length: ${size}\r\n`))
  client.socket.write(Buffer.alloc(size))
  await sleep(100)
  assert.ok(client.socket.writableLength > size / 4, 'most of the body waits on the side of the client')
  resolve()
  await client.until(`took ${size}`)
})

test('the application learns that the client has gone in the middle of the body', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  await using running = await serve(async (environ) => {
    const error = await environ.body.read().catch((reason: unknown) => reason)
    resolve(error)
    throw error
  })
  await using client = await RawClient.open(running.port)
  client.send(post('/', 'Content-Length: 10\r\n', 'abc'))
  await sleep(10)
  client.socket.destroy()
  assert.ok((await promise) instanceof ClientDisconnected)
})
