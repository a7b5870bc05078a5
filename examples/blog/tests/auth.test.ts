import assert from 'node:assert/strict'
import { test } from 'node:test'
import { g, session } from 'flask-ts'
import { User } from '../flaskr/db.ts'
import { loggedIn, makeApp } from './blog-site.ts'

test('a new user is stored', async () => {
  const app = await makeApp()
  const client = app.testClient()
  assert.equal((await client.get('/auth/register')).status, 200)
  const response = await client.post('/auth/register', { data: { username: 'a', password: 'a' } })
  assert.equal(response.location, '/auth/login')
  await app.withAppContext(async () => {
    assert.ok(await User.query.filterBy({ username: 'a' }).first())
  })
})

for (const [username, password, message] of [
  ['', '', 'Username is required.'],
  ['a', '', 'Password is required.'],
  ['test', 'test', 'already registered'],
] as const) {
  test(`registering ${username}/${password} is refused: ${message}`, async () => {
    const client = (await makeApp()).testClient()
    const response = await client.post('/auth/register', { data: { username, password } })
    assert.match(response.text, new RegExp(message))
  })
}

test('logging in sets the session', async () => {
  const app = await makeApp()
  await using client = app.testClient({ preserveContext: true })
  const response = await client.post('/auth/login', { data: { username: 'test', password: 'test' } })
  assert.equal(response.location, '/')
  await client.get('/')
  assert.equal(session.user_id, 1)
  assert.equal(g.user!.username, 'test')
})

test('a wrong password is refused', async () => {
  const client = (await makeApp()).testClient()
  const response = await client.post('/auth/login', { data: { username: 'test', password: 'a' } })
  assert.match(response.text, /Incorrect username or password/)
})

test('logging out clears the session', async () => {
  const client = await loggedIn(await makeApp())
  await client.get('/auth/logout')
  assert.match((await client.get('/')).text, /Log In/)
})
