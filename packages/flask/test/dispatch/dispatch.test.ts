import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEnviron } from '@flask-ts/werkzeug/testing'
import { afterThisRequest, Flask, g, request, tuple } from 'flask-ts'

const soon = () => new Promise((resolve) => setImmediate(resolve))

test('without a promise on the way the answer is there at once', () => {
  const app = new Flask('app')
  app.beforeRequest(() => undefined)
  app.afterRequest((response) => response)
  app.route('/', function home() {
    return { ok: true }
  })
  const answer = app.wsgiApp(createEnviron('/'))
  assert.equal(answer instanceof Promise, false)
})

test('hooks, views and handlers may be async, in the same order and with the same context', async () => {
  const app = new Flask('app')
  const log: string[] = []
  app.urlValuePreprocessor(async () => {
    await soon()
    log.push('values')
  })
  app.beforeRequest(async () => {
    await soon()
    g.person = 'ada'
    log.push('before')
  })
  app.beforeRequest(() => void log.push('before 2'))
  app.afterRequest(async (response) => {
    await soon()
    log.push(`after ${g.person}`)
    return response
  })
  app.teardownRequest(async () => {
    await soon()
    log.push(`teardown ${request.path}`)
  })
  app.teardownRequest(() => void log.push('teardown first'))
  app.teardownAppcontext(async () => void log.push('app teardown'))
  app.route('/<name>', async function view({ name }) {
    await soon()
    afterThisRequest(async (response) => {
      log.push('after this')
      return response
    })
    return `${name} ${g.person}`
  })
  assert.equal((await app.testClient().get('/x')).text, 'x ada')
  assert.deepEqual(log, [
    'values',
    'before',
    'before 2',
    'after this',
    'after ada',
    'teardown first',
    'teardown /x',
    'app teardown',
  ])
})

test('an async hook that answers stops the view', async () => {
  const app = new Flask('app')
  app.beforeRequest(async () => tuple('no', 403))
  app.route('/', () => assert.fail('the view ran'))
  const answer = await app.testClient().get('/')
  assert.equal(answer.status, 403)
})

test('a rejected view reaches its handler, and a failing handler the one for 500', async () => {
  class Known extends Error {}
  class Broken extends Error {}
  const app = new Flask('app')
  app.logger.level = 'silent'
  app.errorHandler(Known, async (error) => tuple(`known ${error.message}`, 409))
  app.errorHandler(Broken, async () => {
    throw new TypeError('worse')
  })
  app.errorHandler(500, async (error) => tuple((error.originalException as Error).message, 500))
  app.route('/known', async () => {
    throw new Known('x')
  })
  app.route('/broken', async () => {
    throw new Broken('x')
  })
  const client = app.testClient()
  const [known, broken] = [await client.get('/known'), await client.get('/broken')]
  assert.deepEqual([known.status, known.text], [409, 'known x'])
  assert.deepEqual([broken.status, broken.text], [500, 'worse'])
})

test('teardown functions all run, get the error, and their failures come to light', async () => {
  const app = new Flask('app')
  app.logger.level = 'silent'
  const seen: unknown[] = []
  app.teardownRequest((error) => void seen.push(error))
  app.teardownRequest(() => {
    throw new Error('first failure')
  })
  app.teardownAppcontext(() => {
    throw new Error('second failure')
  })
  app.route('/', () => {
    throw new RangeError('boom')
  })
  await assert.rejects(app.testClient().get('/'), (error: Error) => {
    assert.equal(error.name, 'TeardownErrors')
    return true
  })
  assert.ok(seen[0] instanceof RangeError)
})

test('in tests and debug mode exceptions reach the caller, after teardown', async () => {
  const app = new Flask('app')
  app.testing = true
  let torn = false
  app.teardownRequest(() => {
    torn = true
  })
  app.route('/', () => {
    throw new RangeError('boom')
  })
  await assert.rejects(app.testClient().get('/'), RangeError)
  assert.equal(torn, true)
})

test('a failing after-request function of a crash is logged, and the answer still sent', async () => {
  const app = new Flask('app')
  app.logger.level = 'silent'
  app.afterRequest(() => {
    throw new Error('in after_request')
  })
  app.route('/', () => 'x')
  assert.equal((await app.testClient().get('/')).status, 500)
})

test('requests at the same time keep their contexts apart', async () => {
  const app = new Flask('app')
  app.get('/<int:n>', async ({ n }) => {
    g.n = n
    await soon()
    await soon()
    return `${g.n} ${request.path}`
  })
  const client = app.testClient()
  const answers = await Promise.all([1, 2, 3].map((n) => client.get(`/${n}`)))
  assert.deepEqual(
    answers.map((answer) => answer.text),
    ['1 /1', '2 /2', '3 /3'],
  )
})
