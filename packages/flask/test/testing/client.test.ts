import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flask, g, jsonify, request, session } from 'flask-ts'

function makeApp(): Flask {
  const app = new Flask('app')
  app.secretKey = 'testing'
  app.post('/login', () => {
    session.user = request.form.get('user')
    return 'in'
  })
  app.get('/me', () => {
    g.seen = 'yes'
    return jsonify({ user: session.get('user', null), host: request.host, root: request.rootUrl })
  })
  return app
}

test('the client keeps the session between requests', async () => {
  const client = makeApp().testClient()
  await client.post('/login', { data: { user: 'ada' } })
  assert.deepEqual((await client.get('/me')).json, {
    host: 'localhost',
    root: 'http://localhost/',
    user: 'ada',
  })
})

test('a session can be prepared and looked at', async () => {
  const client = makeApp().testClient()
  await client.sessionTransaction((prepared) => {
    prepared.user = 'grace'
  })
  assert.equal(((await client.get('/me')).json as { user: string }).user, 'grace')
  await client.post('/login', { data: { user: 'ada' } })
  let seen: unknown
  await client.sessionTransaction((current) => {
    seen = current.user
  })
  assert.equal(seen, 'ada')
})

test('sessions need a secret key', async () => {
  const app = new Flask('app')
  await assert.rejects(
    app.testClient().sessionTransaction(() => undefined),
    /Set app\.secretKey/,
  )
})

test('requests take host, root and scheme from the configuration', async () => {
  const app = makeApp()
  app.config.update({ SERVER_NAME: 'example.test', PREFERRED_URL_SCHEME: 'https' })
  const answer = await app.testClient().get('/me')
  assert.deepEqual((answer.json as { root: string }).root, 'https://example.test/')
})

test('JSON is sent by the application’s provider', async () => {
  const app = new Flask('app')
  app.post('/', () => jsonify(request.json))
  assert.equal(
    (await app.testClient().post('/', { json: { at: new Date(0) } })).text,
    '{"at":"Thu, 01 Jan 1970 00:00:00 GMT"}\n',
  )
})

test('the context of the last request can be kept, until the next or the end', async () => {
  const app = makeApp()
  let torn = 0
  app.teardownRequest(() => {
    torn++
  })
  {
    await using client = app.testClient({ preserveContext: true })
    await client.get('/me?page=2')
    assert.equal(request.args.get('page'), '2')
    assert.equal(g.seen, 'yes')
    assert.equal(torn, 0)
    await client.get('/me?page=3')
    assert.equal(request.args.get('page'), '3')
    assert.equal(torn, 1)
  }
  assert.equal(torn, 2)
  assert.throws(() => request.args, /outside of request context/)
})

test('a request of one’s own can be made for a function under test', () => {
  const app = makeApp()
  app.route('/search', function search() {
    return 'x'
  })
  using _context = app.testRequestContext('/search?q=x', { method: 'GET' })
  assert.deepEqual([request.endpoint, request.args.get('q')], ['search', 'x'])
})
