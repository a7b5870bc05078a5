import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { get as httpsGet } from 'node:https'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import fastify from 'fastify'
import { Hono } from 'hono'
import WebSocket, { WebSocketServer } from 'ws'
import {
  createNodeHttp2Server,
  createNodeHttpServer,
  fromFetch,
  fromNode,
  toFetch,
  toNode,
} from '../../src/adapters.ts'
import type { Application } from '../../src/application.ts'
import { ClientDisconnected } from '../../src/engine/errors.ts'
import { RawClient, serve } from '../raw-client.ts'

/** What is used here of Express 5, which brings no types of its own. */
interface ExpressApp {
  use(...handlers: unknown[]): void
  get(path: string, handler: (request: ExpressRequest, response: ExpressResponse) => void): void
  post(path: string, handler: (request: ExpressRequest, response: ExpressResponse) => void): void
}
type ExpressRequest = IncomingMessage & { readonly body: unknown }
type ExpressResponse = ServerResponse & { status(code: number): ExpressResponse; json(value: unknown): void }
const express = createRequire(import.meta.url)('express') as { (): ExpressApp; json(): unknown }

const encoder = new TextEncoder()

/** Answers with what it was asked, in the way that the path says. */
const echo: Application = async (environ) => {
  const path = environ.target.split('?')[0]
  if (path?.endsWith('/stream')) {
    async function* pieces(): AsyncGenerator<string | Uint8Array> {
      yield 'one '
      yield encoder.encode('two ')
      yield 'thrée'
    }
    return { status: 200, headers: [['Content-Type', 'text/plain; charset=utf-8']], body: pieces() }
  }
  if (path?.endsWith('/file')) {
    return { status: 200, headers: [], body: { file: import.meta.filename, offset: 0, length: 6 } }
  }
  if (path?.endsWith('/throw')) throw new Error('on purpose')
  const body = await environ.body.read(100_000)
  const answer = {
    method: environ.method,
    target: environ.target,
    scriptName: environ.scriptName,
    scheme: environ.scheme,
    host: environ.headers.get('host'),
    custom: environ.headers.get('x-custom'),
    remote: environ.remote.host,
    size: body?.length,
  }
  const headers = [
    ['Content-Type', 'application/json'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ] as const
  return { status: 201, headers, body: JSON.stringify(answer) }
}

async function checkEcho(base: string, prefix = ''): Promise<void> {
  const response = await fetch(`${base}${prefix}/a%20b?c=d`, {
    method: 'POST',
    headers: { 'X-Custom': 'yes' },
    body: 'x'.repeat(1000),
  })
  assert.equal(response.status, 201)
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2'])
  const answer = (await response.json()) as Record<string, unknown>
  assert.equal(answer.method, 'POST')
  assert.equal(answer.target, `${prefix}/a%20b?c=d`)
  assert.equal(answer.scriptName, prefix)
  assert.equal(answer.custom, 'yes')
  assert.equal(answer.size, 1000)
  assert.equal(await (await fetch(`${base}${prefix}/stream`)).text(), 'one two thrée')
  assert.equal(await (await fetch(`${base}${prefix}/file`)).text(), 'import')
  const head = await fetch(`${base}${prefix}/`, { method: 'HEAD' })
  assert.equal(await head.text(), '')
  const large = await fetch(`${base}${prefix}/`, { method: 'POST', body: new Uint8Array(200_000) })
  assert.equal(((await large.json()) as { size?: number }).size, undefined)
}

test('an application serves through node:http', async () => {
  const server = createHttpServer(toNode(echo))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await checkEcho(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('an application mounted in Express knows where', async () => {
  const app = express()
  app.use('/mounted', toNode(echo))
  await using running = await serve(fromNode(app as never))
  await checkEcho(`http://127.0.0.1:${running.port}`, '/mounted')
})

test('an application is a Fetch handler', async () => {
  const handler = toFetch(echo)
  const response = await handler(new Request('http://h.test:81/p?q', { method: 'PUT', body: 'four' }), {
    remote: { host: '10.0.0.1', port: 5 },
  })
  assert.equal(response.status, 201)
  const answer = (await response.json()) as Record<string, unknown>
  assert.equal(answer.target, '/p?q')
  assert.equal(answer.host, 'h.test:81')
  assert.equal(answer.size, 4)
  assert.equal(answer.remote, '10.0.0.1')
  assert.equal(await (await handler(new Request('http://h.test/stream'))).text(), 'one two thrée')
  assert.equal(await (await handler(new Request('http://h.test/file'))).text(), 'import')
})

test('a Fetch handler answers 500 for what the application throws, and tells of it', async () => {
  const seen: unknown[] = []
  const handler = toFetch(echo, { failed: (error) => seen.push(error) })
  assert.equal((await handler(new Request('http://h.test/throw'))).status, 500)
  assert.match(String(seen[0]), /on purpose/)
})

test('a response is closed once, also when its stream is cancelled', async () => {
  let closed = 0
  const forever = {
    async *[Symbol.asyncIterator]() {
      for (;;) yield 'x'
    },
  }
  const app: Application = () => ({ status: 200, headers: [], body: forever, close: () => closed++ })
  const response = await toFetch(app)(new Request('http://h.test/'))
  const reader = response.body!.getReader()
  await reader.read()
  await reader.cancel()
  assert.equal(closed, 1)
})

test('a Fetch handler serves as an application', async () => {
  const app = new Hono()
  app.get('/hello/:name', (c) => c.text(`hello ${c.req.param('name')}`))
  app.post('/json', async (c) => c.json(await c.req.json()))
  await using running = await serve(fromFetch((request) => app.fetch(request)))
  const base = `http://127.0.0.1:${running.port}`
  assert.equal(await (await fetch(`${base}/hello/you`)).text(), 'hello you')
  const posted = await fetch(`${base}/json`, { method: 'POST', body: '{"a":1}' })
  assert.deepEqual(await posted.json(), { a: 1 })
  assert.equal((await fetch(`${base}/none`)).status, 404)
})

test('the bridges compose: Fetch over an application over a Fetch handler', async () => {
  const twice = toFetch(fromFetch(toFetch(echo)))
  const response = await twice(new Request('http://h.test/x', { method: 'POST', body: 'abc' }))
  assert.equal(((await response.json()) as { size: number }).size, 3)
})

test('Express, Fastify and Hono serve through their listeners', async () => {
  const expressApp = express()
  expressApp.use(express.json())
  expressApp.post(
    '/json',
    (req, res) => void res.status(202).json({ got: req.body, ip: req.socket.remoteAddress }),
  )
  expressApp.get('/stream', (_req, res) => {
    res.write('a')
    setTimeout(() => res.end('b'), 5)
  })
  const fastifyApp = fastify()
  fastifyApp.post('/json', async (request, reply) => reply.code(202).send({ got: request.body }))
  fastifyApp.get('/stream', async (_request, reply) => {
    reply.hijack()
    reply.raw.write('a')
    setTimeout(() => reply.raw.end('b'), 5)
  })
  await fastifyApp.ready()
  const hono = new Hono()
  hono.post('/json', async (c) => c.json({ got: await c.req.json() }, 202))
  hono.get('/stream', (c) => c.text('ab'))
  const listeners = [expressApp, fastifyApp.routing, getRequestListener(hono.fetch)]
  for (const listener of listeners) {
    await using running = await serve(fromNode(listener as never))
    const base = `http://127.0.0.1:${running.port}`
    const response = await fetch(`${base}/json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ deep: 'x'.repeat(90_000) }),
    })
    assert.equal(response.status, 202)
    assert.equal(((await response.json()) as { got: { deep: string } }).got.deep.length, 90_000)
    assert.equal(await (await fetch(`${base}/stream`)).text(), 'ab')
    assert.equal((await fetch(`${base}/none`)).status, 404)
  }
})

test('a large response of a listener arrives whole at the pace of the client', async () => {
  const chunk = Buffer.alloc(50_000, 'z')
  const listener = async (_request: unknown, response: NodeJS.WritableStream): Promise<void> => {
    for (let i = 0; i < 40; i++) {
      if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve))
    }
    response.end()
  }
  await using running = await serve(fromNode(listener as never))
  const response = await fetch(`http://127.0.0.1:${running.port}/`)
  assert.equal((await response.arrayBuffer()).byteLength, 2_000_000)
})

test('ws takes a connection over from the engine and from node:http', async () => {
  const sockets = new WebSocketServer({ noServer: true })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`got ${data}`)))
  const app = fromNode((_request, response) => void response.end('plain'), {
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request)),
  })
  const node = createNodeHttpServer(app)
  await using engine = await serve(app)
  const { port } = await node.listen()
  for (const p of [engine.port, port]) {
    const client = new WebSocket(`ws://127.0.0.1:${p}/chat`)
    const answer = await new Promise((resolve, reject) => {
      client.on('open', () => client.send('hello'))
      client.on('message', (data) => resolve(String(data)))
      client.on('error', reject)
    })
    assert.equal(answer, 'got hello')
    client.terminate()
    assert.equal(await (await fetch(`http://127.0.0.1:${p}/`)).text(), 'plain')
  }
  await node.close({ gracefulTimeout: 50 })
})

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
