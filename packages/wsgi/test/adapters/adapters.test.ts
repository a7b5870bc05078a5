import assert from 'node:assert/strict'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import fastify from 'fastify'
import { Hono } from 'hono'
import WebSocket, { WebSocketServer } from 'ws'
import { createNodeHttpServer, fromFetch, fromNode, toFetch, toNode } from '../../src/adapters.ts'
import type { Application } from '../../src/application.ts'
import { checkEcho, echo } from '../echo-application.ts'
import { serve } from '../raw-client.ts'

/** What is used here of Express 5, which brings no types of its own. */
interface ExpressApp {
  use(...handlers: unknown[]): void
  get(path: string, handler: (request: ExpressRequest, response: ExpressResponse) => void): void
  post(path: string, handler: (request: ExpressRequest, response: ExpressResponse) => void): void
}
type ExpressRequest = IncomingMessage & { readonly body: unknown }
type ExpressResponse = ServerResponse & { status(code: number): ExpressResponse; json(value: unknown): void }
const express = createRequire(import.meta.url)('express') as { (): ExpressApp; json(): unknown }

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
