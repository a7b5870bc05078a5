import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MethodNotAllowed, NotFound } from '@flask-ts/werkzeug/exceptions'
import {
  DuplicateRuleError,
  RequestRedirect,
  Rule,
  type RuleOptions,
  UrlMap,
  type UrlMapOptions,
  WebsocketMismatch,
} from '@flask-ts/werkzeug/routing'

type Rules = Record<string, RuleOptions>

function makeMap(rules: Rules, options: UrlMapOptions = {}): UrlMap {
  return new UrlMap(
    Object.entries(rules).map(([rule, given]) => new Rule(rule, { endpoint: rule, ...given })),
    options,
  )
}

function bind(rules: Rules, options: UrlMapOptions = {}): ReturnType<UrlMap['bind']> {
  return makeMap(rules, options).bind('example.com')
}

describe('the order in which rules are tried', () => {
  test('static text goes before variables, with a way back from dead ends', () => {
    const adapter = bind({
      '/user/<name>': {},
      '/user/me': {},
      '/<section>/<page>': {},
      '/user/me/<int:n>/x': {},
    })
    assert.equal(adapter.match('/user/me')[0], '/user/me')
    assert.equal(adapter.match('/user/you')[0], '/user/<name>')
    assert.equal(adapter.match('/use/me')[0], '/<section>/<page>')
    assert.equal(adapter.test('/user/me/1/y'), false)
  })

  test('numbers go before text, and paths come last', () => {
    const adapter = bind({ '/<path:p>': {}, '/<s>': {}, '/<int:i>': {} })
    assert.deepEqual(adapter.match('/7'), ['/<int:i>', { i: 7 }])
    assert.deepEqual(adapter.match('/seven'), ['/<s>', { s: 'seven' }])
    assert.deepEqual(adapter.match('/seven/eight'), ['/<path:p>', { p: 'seven/eight' }])
  })

  test('a value that is refused after all ends the search', () => {
    const adapter = bind({ '/<int(min=5):n>': {}, '/<name>': {} })
    assert.equal(adapter.lookup('/3').kind, 'notFound')
    assert.deepEqual(adapter.match('/x'), ['/<name>', { name: 'x' }])
  })

  test('a static rule for another method leaves the path to the variables', () => {
    const adapter = bind({ '/user/me': { methods: ['POST'] }, '/user/<name>': { methods: ['GET'] } })
    assert.deepEqual(adapter.match('/user/me', 'POST'), ['/user/me', {}])
    assert.deepEqual(adapter.match('/user/me', 'GET'), ['/user/<name>', { name: 'me' }])
    assert.deepEqual(adapter.allowedMethods('/user/me').sort(), ['GET', 'HEAD', 'POST'])
  })
})

describe('slashes', () => {
  test('a missing one redirects and keeps the query', () => {
    const adapter = bind({ '/docs/': {} })
    assert.deepEqual(adapter.lookup('/docs', 'GET', { queryArgs: 'a=1' }), {
      kind: 'redirect',
      url: 'http://example.com/docs/?a=1',
    })
    assert.throws(
      () => adapter.match('/docs'),
      (error) =>
        error instanceof RequestRedirect && error.code === 308 && error.newUrl === 'http://example.com/docs/',
    )
  })

  test('a missing one is forgiven by a rule that is not strict', () => {
    const adapter = bind({ '/docs/': { strictSlashes: false }, '/leaf': { strictSlashes: false } })
    assert.equal(adapter.match('/docs')[0], '/docs/')
    assert.equal(adapter.match('/leaf/')[0], '/leaf')
  })

  test('doubled ones redirect to single ones, unless the map lets them be', () => {
    const url = 'http://example.com/a/b'
    assert.deepEqual(bind({ '/a/b': {} }).lookup('//a///b'), { kind: 'redirect', url })
    assert.equal(bind({ '/a/b': {} }, { mergeSlashes: false }).lookup('/a//b').kind, 'notFound')
  })

  test('those inside a path variable stay', () => {
    assert.deepEqual(bind({ '/p/<path:p>/': {} }).match('/p/a//b/'), ['/p/<path:p>/', { p: 'a//b' }])
  })

  test('a redirect quotes the path again', () => {
    const result = bind({ '/<name>/': {} }).lookup('/a b%?é')
    assert.deepEqual(result, { kind: 'redirect', url: 'http://example.com/a%20b%25%3F%C3%A9/' })
  })
})

describe('what does not match', () => {
  test('names the methods of the rules for the path', () => {
    const adapter = bind({ '/x': { methods: ['GET'] } })
    assert.throws(
      () => adapter.match('/x', 'POST'),
      (error) => error instanceof MethodNotAllowed && [...error.validMethods].sort().join() === 'GET,HEAD',
    )
  })

  test('is not found, or a WebSocket mismatch', () => {
    const adapter = bind({ '/ws': { websocket: true } })
    assert.throws(() => adapter.match('/none'), NotFound)
    assert.throws(() => adapter.match('/ws'), WebsocketMismatch)
    assert.deepEqual(adapter.match('/ws', undefined, { websocket: true }), ['/ws', {}])
  })
})

describe('redirects of rules', () => {
  test('lead from spelled-out defaults to the rule that has them', () => {
    const map = new UrlMap([
      new Rule('/all/', { endpoint: 'all', defaults: { page: 1 } }),
      new Rule('/all/page/<int:page>', { endpoint: 'all' }),
    ])
    const adapter = map.bind('example.com')
    assert.deepEqual(adapter.lookup('/all/page/1'), { kind: 'redirect', url: 'http://example.com/all/' })
    assert.deepEqual(adapter.match('/all/page/2'), ['all', { page: 2 }])
    assert.deepEqual(adapter.match('/all/'), ['all', { page: 1 }])
  })

  test('lead from an alias to the main rule', () => {
    const map = new UrlMap([
      new Rule('/index.html', { endpoint: 'index', alias: true }),
      new Rule('/', { endpoint: 'index' }),
    ])
    const result = map.bind('example.com').lookup('/index.html', 'GET', { queryArgs: { a: 'b c' } })
    assert.deepEqual(result, { kind: 'redirect', url: 'http://example.com/?a=b+c' })
  })

  test('fill a target, or ask a function for it', () => {
    const adapter = bind({
      '/old/<int:id>': { redirectTo: 'new/<id>' },
      '/fn/<int:id>': { redirectTo: (adapter, { id }) => adapter.build('/old/<int:id>', { id, q: 1 }) },
      '/bad/<id>': { redirectTo: '/<nope>' },
    })
    assert.deepEqual(adapter.lookup('/old/7'), { kind: 'redirect', url: 'http://example.com/new/7' })
    assert.deepEqual(adapter.lookup('/fn/7'), { kind: 'redirect', url: 'http://example.com/old/7?q=1' })
    assert.throws(() => adapter.lookup('/bad/7'), /names 'nope', which is no variable/)
  })
})

describe('values', () => {
  test('are a fresh object for every match', () => {
    const adapter = bind({ '/a': { defaults: { n: 1 } }, '/b': {} })
    const [, first] = adapter.match('/a')
    first.n = 2
    assert.deepEqual(adapter.match('/a')[1], { n: 1 })
    assert.notEqual(adapter.match('/b')[1], adapter.match('/b')[1])
  })

  test('come with the rule where it is asked for', () => {
    const [rule, values] = bind({ '/<int:n>': {} }).match('/4', 'GET', { returnRule: true })
    assert.equal(rule.rule, '/<int:n>')
    assert.deepEqual(values, { n: 4 })
  })
})

test('two rules that match the same are refused, and both are named', () => {
  assert.throws(
    () => new UrlMap([new Rule('/<a>', { endpoint: 'one' }), new Rule('/<b>', { endpoint: 'two' })]),
    (error) => error instanceof DuplicateRuleError && /'\/<b>' -> two.*'\/<a>' -> one/.test(error.message),
  )
})

test('rules may be added after the first match', () => {
  const map = makeMap({ '/<name>': {} })
  const adapter = map.bind('example.com')
  assert.equal(adapter.match('/new')[0], '/<name>')
  map.add(new Rule('/new', { endpoint: 'new' }))
  assert.equal(adapter.match('/new')[0], 'new')
})

test('dispatch calls the view, returns redirects, and HTTP errors where told to', () => {
  const adapter = bind({ '/a/<n>': {}, '/b/': {} })
  const view = (endpoint: string, values: object): string => `${endpoint} ${JSON.stringify(values)}`
  assert.equal(adapter.dispatch(view, { pathInfo: '/a/1' }), '/a/<n> {"n":"1"}')
  assert.ok(adapter.dispatch(view, { pathInfo: '/b' }) instanceof RequestRedirect)
  assert.throws(() => adapter.dispatch(view, { pathInfo: '/c' }), NotFound)
  assert.ok(adapter.dispatch(view, { pathInfo: '/c', catchHttpExceptions: true }) instanceof NotFound)
})
