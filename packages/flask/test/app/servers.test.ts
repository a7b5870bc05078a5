import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { ProxyFix } from '@flask-ts/werkzeug/middleware'
import { Server } from '@flask-ts/wsgi/server'
import { Flask, request } from 'flask-ts'

function makeApp(): Flask {
  const app = new Flask('app')
  app.post('/echo', () => ({ got: request.json, host: request.host }))
  return app
}

const asked = {
  method: 'POST',
  body: '{"a":1}',
  headers: { 'Content-Type': 'application/json', Host: 'x.test' },
}

test('one application answers through the engine, node:http and Fetch alike', async () => {
  const app = makeApp()
  const engine = new Server((environ) => app.wsgiApp(environ))
  const { port } = await engine.listen({ port: 0 })
  const node = createServer(app.listener)
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve))
  const ports = [port, (node.address() as AddressInfo).port]
  const answers = await Promise.all(ports.map((each) => fetch(`http://127.0.0.1:${each}/echo`, asked)))
  answers.push(await app.fetch(new Request('http://x.test/echo', asked)))
  for (const answer of answers) {
    assert.equal(answer.status, 200)
    assert.deepEqual(((await answer.json()) as { got: unknown }).got, { a: 1 })
  }
  await engine.close({ gracefulTimeout: 0 })
  await new Promise((resolve) => node.close(resolve))
})

test('middleware wraps the application, and the outermost stays outermost', async () => {
  const app = makeApp()
  const order: string[] = []
  app.wrapOutermost((inner) => (environ) => {
    order.push('outermost')
    return inner(environ)
  })
  app.wsgiApp = ProxyFix(app.wsgiApp, { xHost: 1 })
  const inner = app.wsgiApp
  app.wsgiApp = (environ) => {
    order.push('wrapped')
    return inner(environ)
  }
  const answer = await app
    .testClient()
    .post('/echo', { json: 1, headers: { 'X-Forwarded-Host': 'front.test' } })
  assert.equal((answer.json as { host: string }).host, 'front.test')
  assert.deepEqual(order.slice(0, 2), ['outermost', 'wrapped'])
})
