import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  appcontextPopped,
  appcontextPushed,
  copyCurrentRequestContext,
  currentApp,
  Flask,
  g,
  hasAppContext,
  hasRequestContext,
  request,
  session,
  streamWithContext,
  urlFor,
} from 'flask-ts'

test('outside of a context every proxy says what to do', () => {
  assert.throws(() => currentApp.name, {
    name: 'OutsideContextError',
    message: /outside of application context.*appContext/s,
  })
  assert.throws(() => request.path, /outside of request context.*testRequestContext/s)
  assert.throws(() => g.x, /outside of application context/)
  assert.throws(() => session.x, /outside of request context/)
  assert.throws(() => urlFor('home'), /outside of application context/)
  assert.deepEqual([hasAppContext(), hasRequestContext()], [false, false])
})

test('a context lasts as long as its scope, and contexts nest', () => {
  const [outer, inner] = [new Flask('outer'), new Flask('inner')]
  {
    using _outer = outer.appContext()
    g.x = 1
    {
      using _inner = inner.testRequestContext('/path?a=1')
      assert.equal(currentApp.name, 'inner')
      assert.equal('x' in g, false)
      assert.deepEqual([request.path, request.args.get('a')], ['/path', '1'])
    }
    assert.equal(currentApp.name, 'outer')
    assert.equal(g.x, 1)
    assert.equal(hasRequestContext(), false)
  }
  assert.equal(hasAppContext(), false)
})

test('g is a plain place for values, with the methods of a dictionary', () => {
  using _context = new Flask('app').appContext()
  g.a = 1
  assert.equal(g.get('none', 'default'), 'default')
  assert.equal(g.setdefault('b', 2), 2)
  assert.deepEqual([...g], ['a', 'b'])
  assert.equal(g.pop('a'), 1)
  assert.equal('a' in g || 'get' in g, false)
  assert.throws(() => g.pop('a'), /g has no 'a'/)
})

test('signals tell when a context begins and ends, and teardown runs before', () => {
  const app = new Flask('app')
  const log: string[] = []
  app.teardownAppcontext(() => void log.push('teardown'))
  using _pushed = appcontextPushed.connectedTo(() => log.push('pushed'), app)
  using _popped = appcontextPopped.connectedTo(() => log.push('popped'), app)
  app.appContext()[Symbol.dispose]()
  assert.deepEqual(log, ['pushed', 'teardown', 'popped'])
})

test('a context that was put away cannot be popped again, and its late timers see none', async () => {
  const app = new Flask('app')
  const context = app.appContext()
  const late = new Promise<boolean>((resolve) => setImmediate(() => resolve(hasAppContext())))
  context.pop()
  assert.throws(() => context.pop(), /Cannot pop .*app.*not pushed/)
  assert.equal(await late, false)
})

test('work in the background keeps the request by copying the context', async () => {
  const app = new Flask('app')
  const results: Promise<string>[] = []
  app.get('/<name>', ({ name }) => {
    const work = copyCurrentRequestContext(async (suffix: string) => `${request.path}${suffix} ${'n' in g}`)
    g.n = name
    results.push(new Promise((resolve) => setImmediate(() => resolve(work('!')))))
    return 'started'
  })
  await app.testClient().get('/x')
  assert.deepEqual(await Promise.all(results), ['/x! false'])
})

test('a stream keeps its context until its end, also if nobody reads it', async () => {
  const app = new Flask('app')
  const log: string[] = []
  app.teardownRequest(() => void log.push('teardown'))
  app.get('/sync', () =>
    streamWithContext(
      (function* () {
        yield request.path
        log.push('last')
      })(),
    ),
  )
  app.get('/async', () =>
    streamWithContext(
      (async function* () {
        yield request.path
        log.push('last')
      })(),
    ),
  )
  const client = app.testClient()
  assert.equal((await client.get('/sync')).text, '/sync')
  assert.equal((await client.get('/async')).text, '/async')
  assert.deepEqual(log, ['last', 'teardown', 'last', 'teardown'])
  const unread = await client.get('/sync', { buffered: false })
  unread.close()
  assert.equal(log.length, 5)
})

test('a stream without a context cannot use the request', async () => {
  const app = new Flask('app')
  app.get('/', () =>
    (function* () {
      yield request.path
    })(),
  )
  await assert.rejects(app.testClient().get('/'), /outside of request context/)
})

test('the proxies stand for their objects', () => {
  const app = new Flask('app')
  using _context = app.testRequestContext('/x', { method: 'POST', data: { a: '1' } })
  assert.ok(currentApp instanceof Flask)
  assert.equal(currentApp.getCurrentObject(), app)
  assert.equal(request.form.get('a'), '1')
  currentApp.debug = true
  assert.equal(app.debug, true)
})
