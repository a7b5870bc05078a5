import assert from 'node:assert/strict'
import { test } from 'node:test'
import { app } from './app.ts'

const client = app.testClient()

test('it converts', async () => {
  assert.deepEqual((await client.get('/convert/-40.0')).json, { fahrenheit: -40 })
})

test('it believes one proxy', async () => {
  const headers = { 'X-Forwarded-For': '203.0.113.7, 198.51.100.1', 'X-Forwarded-Proto': 'https' }
  assert.deepEqual((await client.get('/whoami', { headers })).json, { address: '198.51.100.1', secure: true })
})

test('it counts requests by endpoint', async () => {
  await client.get('/healthz')
  const { text } = await client.get('/metrics')
  assert.match(text, /http_requests_total\{endpoint="\/healthz",status="200"\} \d/)
})
