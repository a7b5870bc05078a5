import assert from 'node:assert/strict'
import { test } from 'node:test'
import { app } from './app.ts'

const client = app.testClient()

test('the home page greets', async () => {
  const response = await client.get('/')
  assert.equal(response.text, 'Hello, World!')
})

test('a user is JSON', async () => {
  const response = await client.get('/users/ada')
  assert.deepEqual(response.json, { name: 'ada' })
})
