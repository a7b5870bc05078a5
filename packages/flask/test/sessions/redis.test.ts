import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { Flask, RedisSessionInterface, type ServerSession, session } from 'flask-ts'
import { createClient } from 'redis'
import { listensOn, skipWithout } from '../support/need.ts'

suite('sessions in Redis', { skip: skipWithout('Redis', await listensOn(6379)) }, () => {
  const client = createClient()
  const sessions = new RedisSessionInterface({ client: client as never, prefix: `test-${process.pid}:` })
  const app = new Flask('redis-sessions')
  app.secretKey = 'secret'
  app.sessionInterface = sessions
  app.get('/', () => ({ user: session.user ?? null }))
  app.get('/id', () => (session as unknown as ServerSession).id)
  app.post('/login', () => {
    session.user = 'ada'
    session.regenerate()
    return 'in'
  })
  app.post('/fill', () => {
    session.large = 'x'.repeat(100_000)
    return 'filled'
  })
  app.post('/logout', () => {
    session.clear()
    return 'out'
  })
  after(() => client.close())

  test('entries stay on the server, however large', async () => {
    const browser = app.testClient()
    const answer = await browser.post('/fill')
    assert.ok(answer.headers.get('Set-Cookie')!.length < 250)
    await browser.post('/login')
    assert.deepEqual((await browser.get('/')).json, { user: 'ada' })
    await browser.post('/logout')
    assert.deepEqual((await browser.get('/')).json, { user: null })
  })

  test('the identifier is renewed at login, and the old one is worth nothing', async () => {
    const browser = app.testClient()
    await browser.post('/fill')
    const before = (await browser.get('/id')).text
    await browser.post('/login')
    const afterwards = (await browser.get('/id')).text
    assert.notEqual(afterwards, before)
    assert.equal(await client.get(`test-${process.pid}:${before}`), null)
    await browser.post('/logout')
  })

  test('a revoked session is empty at the next request', async () => {
    const browser = app.testClient()
    await browser.post('/login')
    await sessions.revoke((await browser.get('/id')).text)
    assert.deepEqual((await browser.get('/')).json, { user: null })
  })

  test('a cookie that was not signed here opens nothing', async () => {
    const answer = await app.testClient().get('/', { headers: { Cookie: 'session=guessed.signature' } })
    assert.deepEqual(answer.json, { user: null })
  })
})
