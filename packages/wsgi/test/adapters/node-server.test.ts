import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { connect as connectHttp2 } from 'node:http2'
import { get as httpsGet } from 'node:https'
import { join } from 'node:path'
import { test } from 'node:test'
import { createNodeHttp2Server, createNodeHttpServer } from '../../src/adapters.ts'
import type { Application } from '../../src/application.ts'
import { ClientDisconnected } from '../../src/engine/errors.ts'
import { checkEcho, echo } from '../echo-application.ts'
import { RawClient, serve } from '../raw-client.ts'

test('node:http and node:http2 serve behind the same interface', async () => {
  const node = createNodeHttpServer(echo, { serverName: 'test' })
  const { url } = await node.listen()
  await checkEcho(url)
  assert.equal((await fetch(url)).headers.get('server'), 'test')
  assert.ok(node.counts.requestsTotal >= 5)
  await node.close({ gracefulTimeout: 100 })

  const http2 = createNodeHttp2Server(echo)
  const bound = await http2.listen()
  const session = connectHttp2(bound.url)
  const stream = session.request({ ':method': 'POST', ':path': '/h2?x', 'x-custom': 'yes' })
  stream.end('hello')
  let text = ''
  for await (const piece of stream.setEncoding('utf8')) text += piece
  const answer = JSON.parse(text) as Record<string, unknown>
  assert.equal(answer.size, 5)
  assert.equal(answer.target, '/h2?x')
  assert.equal(answer.host, `127.0.0.1:${bound.port}`)
  session.close()
  await http2.close({ gracefulTimeout: 100 })
})

test('through node:http the signal tells when the client has gone', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const node = createNodeHttpServer((environ) => {
    environ.signal.addEventListener('abort', () => resolve(environ.signal.reason))
    return new Promise(() => {})
  })
  const { url } = await node.listen()
  const controller = new AbortController()
  const failed = fetch(url, { signal: controller.signal }).catch(() => undefined)
  setTimeout(() => controller.abort(), 30)
  assert.ok((await promise) instanceof ClientDisconnected)
  await failed
  await node.close({ gracefulTimeout: 20 })
})

test('HTTP/2 and HTTP/1.1 are chosen by ALPN', async () => {
  const fixture = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../fixtures', name))
  const [cert, key, ca] = await Promise.all([fixture('server.pem'), fixture('server.key'), fixture('ca.pem')])
  const server = createNodeHttp2Server(
    (environ) => ({
      status: 200,
      headers: [],
      body: `${environ.protocol} ${environ.scheme} ${environ.headers.get('host')}`,
    }),
    { tls: { cert, key } },
  )
  const { port } = await server.listen()
  const session = connectHttp2(`https://localhost:${port}`, {
    ca,
    lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }] as never),
  })
  const stream = session.request({ ':path': '/' })
  let text = ''
  for await (const piece of stream.setEncoding('utf8')) text += piece
  assert.equal(text, `HTTP/2.0 https localhost:${port}`)
  session.close()
  const old = await new Promise<string>((resolve, reject) => {
    const request = httpsGet(
      { port, host: '127.0.0.1', servername: 'localhost', ca, agent: false },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (piece: string) => {
          body += piece
        })
        response.on('end', () => resolve(body))
      },
    )
    request.on('error', reject)
  })
  assert.match(old, /^HTTP\/1.1 https /)
  await server.close({ gracefulTimeout: 100 })
})

test('through node:http, 100 Continue waits until the body is wanted', async () => {
  const server = createNodeHttpServer(async (environ) => {
    if (environ.target === '/no') return { status: 403, headers: [], body: 'no' }
    const body = await environ.body.read()
    return { status: 200, headers: [], body: `read ${body?.length}` }
  })
  const { port } = await server.listen()
  await using wanted = await RawClient.open(port)
  wanted.send('POST /yes HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n')
  await wanted.until('HTTP/1.1 100 Continue')
  wanted.send('ok')
  await wanted.until('read 2')
  await using refused = await RawClient.open(port)
  refused.send('POST /no HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n')
  await refused.until('403')
  assert.doesNotMatch(refused.received, /100 Continue/)
  await server.close({ gracefulTimeout: 50 })
})

test('an application that does not take an upgrade answers it as any other request', async () => {
  const app: Application = (environ) => ({
    status: 200,
    headers: [],
    body: `plain ${environ.upgrade?.protocol}`,
  })
  const node = createNodeHttpServer(app)
  const { port } = await node.listen()
  await using engine = await serve(app)
  const request = 'GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  for (const p of [port, engine.port]) {
    await using client = await RawClient.open(p)
    client.send(request)
    await client.until('plain websocket')
  }
  await node.close({ gracefulTimeout: 50 })
})

test('closing ends connections as soon as their last response is sent', async () => {
  for (const create of [createNodeHttpServer, createNodeHttp2Server]) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const app: Application = async () => {
      await promise
      return { status: 200, headers: [], body: 'done' }
    }
    const server = create(app)
    const { url } = await server.listen()
    const isHttp2 = create === createNodeHttp2Server
    const session = isHttp2 ? connectHttp2(url) : undefined
    const answered = isHttp2
      ? new Promise((done) => session!.request({ ':path': '/' }).on('response', done).resume())
      : fetch(url).then((response) => response.text())
    while (server.counts.active === 0) await new Promise((done) => setTimeout(done, 2))
    const begin = performance.now()
    const closed = server.close({ gracefulTimeout: 3000 })
    setTimeout(resolve, 20)
    await answered
    await closed
    assert.ok(performance.now() - begin < 2000)
    session?.destroy()
  }
})
