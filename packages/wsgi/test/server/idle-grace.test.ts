import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RawClient, serve } from '../raw-client.ts'

const hello = { status: 200, headers: [], body: 'hello' }
const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

test('a server that closes still answers what comes on idle connections within the grace', async () => {
  await using running = await serve(() => hello)
  await using used = await RawClient.open(running.port)
  await using fresh = await RawClient.open(running.port)
  await using silent = await RawClient.open(running.port)
  used.send(request)
  await used.until('hello')
  const closed = running.server.close({ idleGrace: 200 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  used.received = ''
  for (const client of [used, fresh]) {
    client.send(request)
    assert.match(await client.until('hello'), /\r\nConnection: close\r\n/i)
  }
  await closed
  assert.equal(silent.received, '')
  assert.ok(silent.ended)
})
