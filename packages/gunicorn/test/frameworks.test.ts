import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Gunicorn, Site } from './support/running-gunicorn.ts'

/** Imports in a temporary folder must find the packages of the workspace. */
function packageUrl(name: string): string {
  return JSON.stringify(import.meta.resolve(name))
}

const post = { method: 'POST', body: '{"a":[1,2]}', headers: { 'content-type': 'application/json' } }

/** Asks what every one of the programs below answers. */
async function exercise(server: Gunicorn): Promise<void> {
  assert.equal(await server.text('/hello?name=you'), 'hello you')
  const echoed = await fetch(`${server.url}/echo`, post)
  assert.equal(echoed.status, 201)
  assert.deepEqual(await echoed.json(), { a: [1, 2] })
  assert.equal((await fetch(`${server.url}/missing`)).status, 404)
  const large = await server.text('/large')
  assert.equal(large.length, 1_000_000)
}

test('serves an Express 5 application unchanged', async () => {
  using site = new Site({
    'app.mjs': `import express from ${packageUrl('express')}
      export const app = express()
      app.use(express.json())
      app.get('/hello', (req, res) => { res.send('hello ' + req.query.name) })
      app.post('/echo', (req, res) => { res.status(201).json(req.body) })
      app.get('/large', (req, res) => { res.send('x'.repeat(1_000_000)) })`,
  })
  await using server = await Gunicorn.serving(site, ['app:app'])
  await exercise(server)
})

test('serves a Hono application that is the default export', async () => {
  using site = new Site({
    'site.mjs': `import { Hono } from ${packageUrl('hono')}
      const app = new Hono()
      app.get('/hello', (c) => c.text('hello ' + c.req.query('name')))
      app.post('/echo', async (c) => c.json(await c.req.json(), 201))
      app.get('/large', (c) => c.text('x'.repeat(1_000_000)))
      export default app`,
  })
  await using server = await Gunicorn.serving(site, ['site.mjs'])
  await exercise(server)
})

test('serves a Fastify application, which is made ready before', async () => {
  using site = new Site({
    'app.mjs': `import Fastify from ${packageUrl('fastify')}
      export function make(greeting) {
        const app = Fastify()
        app.get('/hello', async (request) => greeting + ' ' + request.query.name)
        app.post('/echo', async (request, reply) => reply.code(201).send(request.body))
        app.get('/large', async () => 'x'.repeat(1_000_000))
        return app
      }`,
  })
  await using server = await Gunicorn.serving(site, ["app:make('hello')"])
  await exercise(server)
})

test('serves a flask-ts application with every worker class', async () => {
  using site = new Site({
    'app.mjs': `import { Flask, request, tuple } from ${packageUrl('flask-ts')}
      export const app = new Flask(import.meta)
      app.get('/hello', () => 'hello ' + request.args.get('name'))
      app.post('/echo', () => tuple(request.json, 201))
      app.get('/large', () => 'x'.repeat(1_000_000))`,
  })
  for (const worker of ['native', 'http']) {
    await using server = await Gunicorn.serving(site, ['-k', worker, 'app'])
    await exercise(server)
  }
})

test('serves a listener, an HTTP server that was never started, and an object with fetch', async () => {
  const answer = 'res.end("hello " + new URL(req.url, "http://x").searchParams.get("name"))'
  using site = new Site({
    'listener.mjs': `export const app = (req, res) => { ${answer} }`,
    'server.mjs': `import { createServer } from 'node:http'
      export const app = createServer((req, res) => { ${answer} })`,
    'handler.mjs': `export default {
      fetch: (request) => new Response('hello ' + new URL(request.url).searchParams.get('name')) }`,
  })
  for (const app of ['listener:app', 'server', 'handler.mjs']) {
    await using server = await Gunicorn.serving(site, [app])
    assert.equal(await server.text('/?name=you'), 'hello you', app)
  }
})

test('hands a WebSocket of an HTTP server over', async () => {
  using site = new Site({
    'app.mjs': `import { createServer } from 'node:http'
      import { WebSocketServer } from ${packageUrl('ws')}
      export const app = createServer((req, res) => res.end('plain'))
      new WebSocketServer({ server: app }).on('connection', (socket) => {
        socket.on('message', (text) => socket.send('you said ' + text))
      })`,
  })
  await using server = await Gunicorn.serving(site, ['app:app'])
  const socket = new WebSocket(server.url.replace('http', 'ws'))
  const heard = new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)))
  socket.addEventListener('open', () => socket.send('hi'))
  assert.equal(await heard, 'you said hi')
  socket.close()
  assert.equal(await server.text(), 'plain')
})

test('speaks HTTP/2 over TLS to those that prefer it', async () => {
  const { connect } = await import('node:http2')
  const certificate = fileURLToPath(new URL('./support/localhost.pem', import.meta.url))
  using site = new Site({
    'app.mjs': `export const app = (environ) => ({ status: 200, headers: [],
      body: environ.protocol + ' ' + environ.scheme })`,
  })
  await using server = new Gunicorn(site, [
    '-b',
    '127.0.0.1:0',
    '-k',
    'http2',
    '--certfile',
    certificate,
    'app:app',
  ])
  await server.logged(/Booting worker/)
  await new Promise((resolve) => setTimeout(resolve, 800))
  const session = connect(`https://127.0.0.1:${server.port}`, { rejectUnauthorized: false })
  const stream = session.request({ ':path': '/' })
  let body = ''
  for await (const piece of stream) body += piece
  session.close()
  assert.equal(body, 'HTTP/2.0 https')
})
