import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Blueprint, Flask, urlFor } from 'flask-ts'

function makeApp(): Flask {
  const app = new Flask('app')
  app.route('/', function index() {
    return 'x'
  })
  app.route('/<lang>/about', function about() {
    return 'x'
  })
  return app
}

test('in a request URLs are relative to the host, outside they are absolute', () => {
  const app = makeApp()
  {
    using _context = app.testRequestContext('/')
    assert.equal(urlFor('index', { page: 2, _anchor: 'top' }), '/?page=2#top')
    assert.equal(urlFor('index', { _external: true, _scheme: 'https' }), 'https://localhost/')
    assert.throws(() => urlFor('index', { _scheme: 'https', _external: false }), /'_external' must be true/)
  }
  using _context = app.appContext()
  assert.throws(() => urlFor('index'), { name: 'NoServerNameError', message: /'SERVER_NAME'/ })
})

test('with SERVER_NAME URLs can be built anywhere', () => {
  const app = makeApp()
  app.config.update({
    SERVER_NAME: 'example.test:8000',
    APPLICATION_ROOT: '/app',
    PREFERRED_URL_SCHEME: 'https',
  })
  assert.equal(app.urlFor('index'), 'https://example.test:8000/app/')
})

test('defaults fill in values, those of a blueprint for its endpoints only', () => {
  const app = makeApp()
  const shop = new Blueprint('shop', 'pkg', { urlPrefix: '/<lang>/shop' })
  shop.route('/', function home() {
    return 'x'
  })
  shop.urlDefaults((_endpoint, values) => {
    values.lang ??= 'de'
  })
  app.registerBlueprint(shop)
  using _context = app.testRequestContext('/')
  assert.equal(urlFor('shop.home'), '/de/shop/')
  assert.throws(() => urlFor('about'), /Did you forget to specify values \['lang'\]/)
})

test('a handler may build what no rule can', () => {
  const app = makeApp()
  app.urlBuildErrorHandlers.push((_error, endpoint) => (endpoint === 'wiki' ? 'https://wiki.test/' : null))
  using _context = app.testRequestContext('/')
  assert.equal(urlFor('wiki'), 'https://wiki.test/')
  assert.throws(() => urlFor('other'), { name: 'BuildError' })
})
