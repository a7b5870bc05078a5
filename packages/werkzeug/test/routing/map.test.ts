import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BadHost } from '@flask-ts/werkzeug/exceptions'
import {
  EndpointPrefix,
  Rule,
  RuleTemplate,
  Subdomain,
  Submount,
  UnknownEndpointError,
  UrlMap,
} from '@flask-ts/werkzeug/routing'
import type { Environ } from '@flask-ts/wsgi'

function environ(target: string, headers: Record<string, string>, changes: Partial<Environ> = {}): Environ {
  const given = {
    method: 'GET',
    target,
    protocol: 'HTTP/1.1',
    scheme: 'http',
    scriptName: '',
    headers: { get: (name: string) => headers[name] },
    local: { host: '::1', port: 5000 },
    ...changes,
  }
  return given as unknown as Environ
}

describe('a map bound to a request', () => {
  const map = new UrlMap([
    new Rule('/café/<name>', { endpoint: 'cafe' }),
    new Rule('/', { endpoint: 'api', subdomain: 'api' }),
    new Rule('/live', { endpoint: 'live', websocket: true }),
    new Rule('/dir/', { endpoint: 'dir' }),
  ])

  test('matches its decoded path below the mount point', () => {
    const urls = map.bindToEnviron(
      environ('/a%20b/caf%C3%A9/x%2Fy?q=1', { host: 'h' }, { scriptName: '/a b' }),
    )
    assert.equal(urls.pathInfo, '/café/x/y')
    assert.equal(urls.queryArgs, 'q=1')
    assert.equal(map.bindToEnviron(environ('/caf%C3%A9/%FFx', { host: 'h' })).match()[1].name, '\ufffdx')
    assert.equal(map.bindToEnviron(environ('/caf\u00c3\u00a9/x', { host: 'h' })).match()[1].name, 'x')
  })

  test('keeps the query in redirects', () => {
    const urls = map.bindToEnviron(environ('/dir?a=%20b', { host: 'Example.com:80' }))
    assert.deepEqual(urls.lookup(), { kind: 'redirect', url: 'http://example.com/dir/?a=%20b' })
  })

  test('takes the host from the connection, and none from a malformed field', () => {
    assert.equal(map.bindToEnviron(environ('/', {})).serverName, '[::1]:5000')
    assert.equal(map.bindToEnviron(environ('/', { host: 'a b' })).serverName, '')
  })

  test('finds the subdomain before the server name', () => {
    const options = { serverName: 'Example.com:80' }
    assert.equal(map.bindToEnviron(environ('/', { host: 'api.example.com' }), options).match()[0], 'api')
    assert.equal(map.bindToEnviron(environ('/', { host: '127.0.0.1' }), options).lookup().kind, 'notFound')
  })

  test('sees a WebSocket handshake', () => {
    const headers = { host: 'h', connection: 'keep-alive, Upgrade', upgrade: 'WebSocket' }
    assert.equal(map.bindToEnviron(environ('/live', headers)).match()[0], 'live')
    assert.equal(map.bindToEnviron(environ('/live', headers, { scheme: 'https' })).urlScheme, 'wss')
    assert.equal(map.bindToEnviron(environ('/live', { host: 'h' })).lookup().kind, 'websocketMismatch')
  })
})

test('server names are written as DNS has them', () => {
  const map = new UrlMap()
  assert.equal(map.bind('Bücher.Example:8080').serverName, 'xn--bcher-kva.example:8080')
  assert.equal(map.bind('日本.jp').serverName, 'xn--wgv71a.jp')
  assert.equal(map.bind('straße.de').serverName, 'strasse.de')
  assert.throws(() => map.bind('a..b'), BadHost)
  assert.throws(() => map.bind(`${'x'.repeat(64)}.test`), BadHost)
})

describe('rule factories', () => {
  test('put a path, a subdomain and a prefix before rules', () => {
    const map = new UrlMap([
      new Subdomain('blog', [
        new Submount('/posts/', [
          new EndpointPrefix('blog/', [
            new Rule('/', { endpoint: 'index' }),
            new Rule('/live', { endpoint: 'live', websocket: true, mergeSlashes: false }),
          ]),
        ]),
      ]),
    ])
    const urls = map.bind('example.com', { subdomain: 'blog' })
    assert.equal(urls.match('/posts/')[0], 'blog/index')
    assert.equal(urls.build('blog/index'), '/posts/')
    assert.equal(urls.match('/posts/live', 'GET', { websocket: true })[0], 'blog/live')
  })

  test('fill templates', () => {
    const resource = new RuleTemplate([
      new Rule('/$name/', { endpoint: '$name.list', defaults: { kind: '$$$name' } }),
      new Rule('/$name/<int:id>', { endpoint: '$name.show' }),
    ])
    const urls = new UrlMap([resource.fill({ name: 'user' }), resource.fill({ name: 'page' })]).bind('x')
    assert.deepEqual(urls.match('/page/'), ['page.list', { kind: '$page' }])
    assert.deepEqual(urls.match('/user/3'), ['user.show', { id: 3 }])
    assert.throws(() => new UrlMap([resource.fill({})]), /no value for '\$name'/)
  })
})

describe('the rules of a map', () => {
  test('are listed by endpoint', () => {
    const map = new UrlMap([
      new Rule('/', { endpoint: 'a', defaults: { n: 1 }, methods: ['GET'] }),
      new Rule('/<int:n>', { endpoint: 'a' }),
      new Rule('/b', { endpoint: 'b' }),
    ])
    assert.deepEqual(map.iterRules('a').map(String), ["<Rule '/' (GET, HEAD) -> a>", "<Rule '/<n>' -> a>"])
    assert.equal(map.iterRules().length, 3)
    assert.equal(map.isEndpointExpecting('a', 'n'), true)
    assert.equal(map.isEndpointExpecting('b', 'n'), false)
    assert.throws(() => map.iterRules('c'), UnknownEndpointError)
  })

  test('belong to one map', () => {
    const rule = new Rule('/', { endpoint: 'a' })
    new UrlMap([rule])
    assert.throws(() => new UrlMap([rule]), /already bound to a map: add a copy/)
    assert.equal(new UrlMap([rule.empty()]).bind('x').match('/')[0], 'a')
  })

  test('are refused with a reason if they are malformed', () => {
    const add = (rule: string, options = {}): UrlMap => new UrlMap([new Rule(rule, options)])
    assert.throws(() => add('x'), /must start with a slash/)
    assert.throws(() => add('/<int:'), /malformed url rule: '\/<int:' at '<int:'/)
    assert.throws(() => add('/<int(min=-5):n>'), /Cannot parse converter argument 'min=-'/)
    assert.throws(() => add('/<nope:n>'), /the converter 'nope' of the url rule '\/<nope:n>' does not exist/)
    assert.throws(() => add('/<a>/<a>'), /the variable 'a' is twice/)
    assert.throws(() => add('/', { methods: 'GET' }), /write \['GET'\]/)
    assert.throws(() => add('/', { methods: ['POST'], websocket: true }), /WebSocket rules can only use/)
  })
})
