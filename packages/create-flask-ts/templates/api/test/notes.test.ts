import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../api/index.ts'

const client = createApp({ TESTING: true }).testClient()

test('a note is added, read, changed and removed', async () => {
  const added = await client.post('/notes', { json: { text: 'buy milk' } })
  assert.equal(added.status, 201)
  const url = added.location!
  assert.equal((await client.put(url, { json: { text: 'buy tea' } })).status, 200)
  assert.equal(((await client.get(url)).json as { text: string }).text, 'buy tea')
  assert.equal((await client.delete(url)).status, 204)
  assert.equal((await client.get(url)).status, 404)
})

test('a note without a text is refused', async () => {
  const response = await client.post('/notes', { json: {} })
  assert.equal(response.status, 422)
  assert.deepEqual(response.json, { error: 'Unprocessable Entity', description: 'A note needs a text.' })
})

test('scripts of other origins may read it', async () => {
  const response = await client.get('/health', { headers: { Origin: 'https://example.com' } })
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), 'https://example.com')
})
