import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MultiDict } from '@flask-ts/werkzeug/datastructures'
import { BuildError, Rule, UrlMap } from '@flask-ts/werkzeug/routing'

const map = new UrlMap([
  new Rule('/', { endpoint: 'index' }),
  new Rule('/user/<int:id>', { endpoint: 'user', methods: ['GET'] }),
  new Rule('/user/<int:id>/<tab>', { endpoint: 'user' }),
  new Rule('/save', { endpoint: 'save', methods: ['POST'] }),
  new Rule('/live', { endpoint: 'live', websocket: true }),
])
const adapter = map.bind('example.com', { scriptName: '/app' })

describe('a built URL', () => {
  test('has values in their places and the rest in the query', () => {
    assert.equal(
      adapter.build('user', { id: 7, q: 'a b&c', list: [1, 2], none: null }),
      '/app/user/7?q=a+b%26c&list=1&list=2',
    )
    assert.equal(adapter.build('user', { id: 7, tab: 'new/é' }), '/app/user/7/new/%C3%A9')
    assert.equal(adapter.build('index', { q: 1 }, { appendUnknown: false }), '/app/')
    assert.equal(adapter.build('index', { yes: true, no: false }), '/app/?yes=True&no=False')
  })

  test('is absolute where it is asked for, and for WebSockets', () => {
    assert.equal(adapter.build('index', {}, { forceExternal: true }), 'http://example.com/app/')
    assert.equal(
      adapter.build('index', {}, { forceExternal: true, urlScheme: 'https' }),
      'https://example.com/app/',
    )
    assert.equal(adapter.build('index', {}, { forceExternal: true, urlScheme: '' }), '//example.com/app/')
    assert.equal(adapter.build('live', {}, { urlScheme: 'https' }), 'wss://example.com/app/live')
  })

  test('cannot begin with two slashes, which would be another host', () => {
    const evil = new UrlMap([new Rule('/<path:p>', { endpoint: 'p' })]).bind('example.com')
    assert.equal(evil.build('p', { p: '/evil.test/' }), '/evil.test/')
  })

  test('takes a multi dict', () => {
    const values = new MultiDict([
      ['id', '7'],
      ['q', 'a'],
      ['q', 'b'],
    ])
    assert.equal(adapter.build('user', values), '/app/user/7?q=a&q=b')
  })

  test('has its query sorted by name and value where the map says so', () => {
    const rules = (): Rule[] => [new Rule('/', { endpoint: 'index' })]
    const sorted = new UrlMap(rules(), { sortParameters: true }).bind('x')
    assert.equal(sorted.build('index', { b: [2, 1], a: 'z', B: 0 }), '/?B=0&a=z&b=1&b=2')
    const byLength = new UrlMap(rules(), { sortParameters: true, sortKey: ([name]) => name.length }).bind('x')
    assert.equal(byLength.build('index', { ccc: 1, a: 2, bb: 3 }), '/?a=2&bb=3&ccc=1')
  })
})

describe('a URL that cannot be built', () => {
  function messageOf(endpoint: string, values: Record<string, unknown>, method?: string): string {
    try {
      adapter.build(endpoint, values, { method })
    } catch (error) {
      assert.ok(error instanceof BuildError)
      return error.message
    }
    throw new assert.AssertionError({ message: `${endpoint} was built` })
  }

  test('names the closest endpoint', () => {
    assert.equal(
      messageOf('usr', { x: 1 }),
      "Could not build url for endpoint 'usr' with values ['x']. Did you mean 'user' instead?",
    )
  })

  test('names the missing values', () => {
    assert.equal(
      messageOf('user', { tab: 'x' }),
      "Could not build url for endpoint 'user' with values ['tab']. Did you forget to specify values ['id']?",
    )
  })

  test('names the methods', () => {
    assert.equal(
      messageOf('save', {}, 'PUT'),
      "Could not build url for endpoint 'save' ('PUT'). Did you mean to use methods ['POST']?",
    )
  })
})

describe('subdomains and hosts', () => {
  test('make a URL absolute only where they differ', () => {
    const urls = new UrlMap([
      new Rule('/', { endpoint: 'www', subdomain: 'www' }),
      new Rule('/', { endpoint: 'user', subdomain: '<user>' }),
    ]).bind('example.com', { subdomain: 'www' })
    assert.equal(urls.build('www'), '/')
    assert.equal(urls.build('user', { user: 'ann' }), 'http://ann.example.com/')
    const hosts = new UrlMap([new Rule('/', { endpoint: 'i', host: '<name>.test' })], { hostMatching: true })
    assert.equal(hosts.bind('a.test').build('i', { name: 'a' }), '/')
    assert.equal(hosts.bind('a.test').build('i', { name: 'b' }), 'http://b.test/')
  })

  test('play no part in a map that matches neither', () => {
    const urls = new UrlMap([new Rule('/', { endpoint: 'i', subdomain: 'a' })], { subdomainMatching: false })
    assert.equal(urls.bind('example.com').build('i'), '/')
  })
})
