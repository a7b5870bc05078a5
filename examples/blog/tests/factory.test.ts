import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../flaskr/index.ts'
import { makeApp } from './blog-site.ts'

test('the factory takes a test configuration', () => {
  assert.equal(createApp({ TESTING: true }).testing, true)
})

test('hello', async () => {
  const app = await makeApp()
  const response = await app.testClient().get('/hello')
  assert.equal(response.text, 'Hello, World!')
})

test('the init-db command makes the tables', async () => {
  const app = await makeApp()
  const result = await app.testCliRunner().invoke(['init-db'])
  assert.match(result.output, /Initialized/)
})
