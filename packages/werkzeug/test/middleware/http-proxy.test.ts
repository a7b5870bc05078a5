import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { ProxyMiddleware, ProxyTargetError } from '@flask-ts/werkzeug/middleware'
import { Client } from '@flask-ts/werkzeug/testing'
import type { Application } from '@flask-ts/wsgi'

const app: Application = () => ({ status: 200, headers: [], body: 'app' })
let server: Server
let target: string

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += piece
  return text
}

before(async () => {
  server = createServer(async (request, response) => {
    const body = await read(request)
    const { host, 'x-extra': extra, te } = request.headers
    response.setHeader('Keep-Alive', 'timeout=1')
    response.setHeader('X-Seen', 'yes')
    response.statusCode = 201
    response.end(JSON.stringify({ method: request.method, url: request.url, body, host, extra, te }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

test('a request below a prefix is sent on with its body, and the answer comes back', async () => {
  const client = new Client(ProxyMiddleware(app, { '/api': { target, headers: { 'X-Extra': '1' } } }))
  const response = await client.post('/api/x y?q=1', { data: 'hello', headers: { TE: 'trailers' } })
  assert.equal(response.status, 201)
  assert.equal(response.headers.get('X-Seen'), 'yes')
  assert.equal(response.headers.has('Keep-Alive'), false)
  assert.deepEqual(JSON.parse(response.text), {
    method: 'POST',
    url: '/api/x%20y?q=1',
    body: 'hello',
    host: new URL(target).host,
    extra: '1',
  })
  assert.equal((await client.get('/other')).text, 'app')
})

test('the prefix can be replaced by the path of the target, and the host kept', async () => {
  const client = new Client(
    ProxyMiddleware(app, { '/api/': { target: `${target}/base/`, removePrefix: true, host: null } }),
  )
  const { url, host } = JSON.parse((await client.get('/api//x')).text)
  assert.equal(url, '/base/x')
  assert.equal(host, 'localhost')
})

test('a target that cannot be reached is a 502, and one that is no URL an error at once', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const client = new Client(ProxyMiddleware(app, { '/': { target: `http://127.0.0.1:${port}` } }))
  // The prefix of `/` is `//`, as in Werkzeug.
  assert.equal((await client.get('/x')).text, 'app')
  const below = new Client(ProxyMiddleware(app, { '/a': { target: `http://127.0.0.1:${port}` } }))
  assert.equal((await below.get('/a/x')).status, 502)
  assert.throws(() => ProxyMiddleware(app, { '/a': { target: 'ftp://host/' } }), ProxyTargetError)
})
