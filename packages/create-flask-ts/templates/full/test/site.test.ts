import assert from 'node:assert/strict'
import { test } from 'node:test'
import { db } from '../site/db.ts'
import { createApp } from '../site/index.ts'

const app = createApp({
  TESTING: true,
  SECRET_KEY: 'test',
  SQLALCHEMY_DATABASE_URI: 'sqlite:///:memory:',
})
await app.withAppContext(() => db.createAll())

test('the home page greets the world', async () => {
  const response = await app.testClient().get('/')
  assert.match(response.text, /Hello, World!/)
})

test('somebody registers, logs in and out', async () => {
  const client = app.testClient()
  const data = { name: 'ada', password: 'analytical' }
  const registered = await client.post('/accounts/register', { data, followRedirects: true })
  assert.match(registered.text, /Your account is ready/)
  const loggedIn = await client.post('/accounts/login', { data, followRedirects: true })
  assert.match(loggedIn.text, /Hello, ada!/)
  const loggedOut = await client.post('/accounts/logout', { followRedirects: true })
  assert.match(loggedOut.text, /Hello, World!/)
})

test('a wrong password is refused', async () => {
  const data = { name: 'ada', password: 'wrong' }
  const response = await app.testClient().post('/accounts/login', { data })
  assert.match(response.text, /Wrong name or password/)
})

test('an unknown page says so', async () => {
  const response = await app.testClient().get('/nothing')
  assert.equal(response.status, 404)
  assert.match(response.text, /Not Found/)
})
