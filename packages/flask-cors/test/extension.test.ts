import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORS, CorsConfigError, crossOrigin } from '@flask-ts/flask-cors'
import { Flask, type Logger } from 'flask-ts'

const origin = { Origin: 'https://app.example' }

function makeApp(): Flask {
  const app = new Flask('cors-test')
  app.logger.level = 'silent'
  app.get('/', () => 'ok')
  return app
}

test('without options every origin may read everything', async () => {
  const app = makeApp()
  new CORS(app)
  const answer = await app.testClient().get('/', { headers: origin })
  assert.equal(answer.headers.get('Access-Control-Allow-Origin'), 'https://app.example')
})

test('credentials with a forced wildcard are refused at set-up, with the reason', () => {
  const wrong = { supportsCredentials: true, sendWildcard: true }
  assert.throws(
    () => new CORS(makeApp(), wrong),
    (error: unknown) => error instanceof CorsConfigError && /browser refuses/.test(error.message),
  )
  assert.throws(() => new CORS(makeApp(), { resources: { '/x': wrong } }), CorsConfigError)
  assert.throws(() => new CORS(makeApp(), { resources: 5 as never }), /not 5/)
  assert.throws(() => new CORS(makeApp(), { origins: [7 as never] }), /not 7/)
})

test('initApp serves the pattern of an application factory, and its options win', async () => {
  const cors = new CORS(undefined, { origins: 'https://one.example' })
  const app = makeApp()
  cors.initApp(app, { origins: 'https://app.example' })
  const answer = await app.testClient().get('/', { headers: origin })
  assert.equal(answer.headers.get('Access-Control-Allow-Origin'), 'https://app.example')
})

test('the configuration is used where the code says nothing', async () => {
  const app = makeApp()
  Object.assign(app.config, { CORS_ORIGINS: 'https://app.example', CORS_SUPPORTS_CREDENTIALS: true })
  new CORS(app)
  const { headers } = await app.testClient().get('/', { headers: origin })
  assert.equal(headers.get('Access-Control-Allow-Credentials'), 'true')
})

test('answers of middleware outside of the application carry the headers', async () => {
  const app = makeApp()
  new CORS(app)
  app.wsgiApp = () => ({ status: 503, headers: [['Retry-After', '60']], body: 'down' })
  const answer = await app.testClient().get('/', { headers: origin })
  assert.equal(answer.status, 503)
  assert.equal(answer.headers.get('Access-Control-Allow-Origin'), 'https://app.example')
})

test('a decorated view keeps its name, may be async, and its answer is final', async () => {
  const app = makeApp()
  new CORS(app)
  app.get(
    '/strict',
    crossOrigin({ origins: 'https://other.example' })(async function strict() {
      return 'strict'
    }),
  )
  const answer = await app.testClient().get('/strict', { headers: origin })
  assert.equal(answer.headers.get('Access-Control-Allow-Origin'), undefined)
  assert.equal(answer.text, 'strict')
  assert.ok(app.viewFunctions.has('strict'))
})

test('the preflight of a decorated view is answered', async () => {
  const app = makeApp()
  app.route(
    '/data',
    { methods: ['PUT'] },
    crossOrigin({ maxAge: 600 })(() => 'data'),
  )
  const answer = await app
    .testClient()
    .options('/data', { headers: { ...origin, 'Access-Control-Request-Method': 'PUT' } })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('Access-Control-Max-Age'), '600')
  assert.match(answer.headers.get('Allow') ?? '', /PUT/)
})

test('a refusal is explained in the log in debug mode', async () => {
  const app = makeApp()
  const said: string[] = []
  app.logger = { warn: (text: string) => said.push(text) } as unknown as Logger
  app.debug = true
  new CORS(app, {
    resources: { '/api/.*': { origins: 'https://one.example', methods: ['GET'], allowHeaders: 'X-A' } },
  })
  const client = app.testClient()
  await client.get('/', { headers: origin })
  await client.get('/api/x', { headers: origin })
  const asks = { Origin: 'https://one.example', 'Access-Control-Request-Method': 'PUT' }
  await client.options('/api/x', { headers: asks })
  await client.options('/api/x', {
    headers: {
      ...asks,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'X-A, X-B',
    },
  })
  assert.equal(said.length, 4)
  assert.match(said[0]!, /no resource matches/)
  assert.match(said[1]!, /Add "https:\/\/app\.example" to `origins`/)
  assert.match(said[2]!, /Method PUT is not allowed .* Add "PUT" to `methods`/)
  assert.match(said[3]!, /X-B is not allowed .* Add "X-B" to `allowHeaders`/)
})

test('an unknown option is warned of', () => {
  const app = makeApp()
  const said: string[] = []
  app.logger = { warn: (text: string) => said.push(text) } as unknown as Logger
  new CORS(app, { colour: 'blue' } as never)
  assert.match(said[0]!, /Unknown option passed to CORS: colour/)
})
