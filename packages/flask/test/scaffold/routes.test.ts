import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flask, request, urlFor } from 'flask-ts'

test('a named view gives its name to the endpoint, an anonymous one its rule', async () => {
  const app = new Flask('app')
  app.route('/', function home() {
    return `${request.endpoint} ${urlFor('/users/<int:id>', { id: 7 })}`
  })
  app.get('/users/<int:id>', ({ id }) => `${request.endpoint} ${typeof id} ${id}`)
  const client = app.testClient()
  assert.equal((await client.get('/')).text, 'home /users/7')
  assert.equal((await client.get('/users/7')).text, '/users/<int:id> number 7')
})

test('anonymous views may share a rule for different methods', async () => {
  const app = new Flask('app')
  app.get('/todos.json', () => 'list')
  app.post('/todos.json', () => `made by ${request.endpoint}, blueprint ${request.blueprint}`)
  const client = app.testClient()
  assert.equal((await client.get('/todos.json')).text, 'list')
  assert.equal((await client.post('/todos.json')).text, 'made by POST /todos.json, blueprint null')
})

test('routes can be stacked like decorators, with values for variables that a rule lacks', async () => {
  const app = new Flask('app')
  app.route(
    '/list',
    { defaults: { page: 1 } },
    app.route('/list/<int:page>', function list({ page }) {
      return `page ${page}`
    }),
  )
  const client = app.testClient()
  assert.equal((await client.get('/list')).text, 'page 1')
  assert.equal((await client.get('/list/3')).text, 'page 3')
})

test('two views for one endpoint are refused, naming it', () => {
  const app = new Flask('app')
  app.route('/a', { endpoint: 'same' }, () => 'a')
  assert.throws(() => app.route('/b', { endpoint: 'same' }, () => 'b'), {
    name: 'DuplicateEndpointError',
    message: /'same'/,
  })
})

test('setting up after the first request is refused, naming the method', async () => {
  const app = new Flask('app')
  await app.testClient().get('/')
  assert.throws(() => app.route('/late', () => 'late'), {
    name: 'LateSetupError',
    message: /'addUrlRule'.*'app'/,
  })
  assert.throws(() => app.beforeRequest(() => undefined), /'beforeRequest' can no longer be called/)
  assert.throws(() => app.errorHandler(404, () => 'x'), /'registerErrorHandler'/)
})

test('a shortcut does not take methods, methods are a list, and a rule without anything is refused', () => {
  const app = new Flask('app')
  assert.throws(() => app.get('/x', { methods: ['POST'] } as object, () => 'x'), /Use the 'route' method/)
  assert.throws(
    () => app.route('/x', { methods: 'POST' as unknown as string[] }, () => 'x'),
    /must be a list/,
  )
  assert.throws(() => app.addUrlRule('/x'), /neither endpoint nor view/)
})

test('a view can be registered apart from its rule', async () => {
  const app = new Flask('app')
  app.logger.level = 'silent'
  app.addUrlRule('/apart', 'apart')
  app.addUrlRule('/nobody', 'nobody')
  app.endpoint('apart', () => 'apart')
  assert.equal((await app.testClient().get('/apart')).text, 'apart')
  app.testing = true
  await assert.rejects(app.testClient().get('/nobody'), /No view is registered for the endpoint 'nobody'/)
})
