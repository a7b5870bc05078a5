import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MultiDict } from '@flask-ts/werkzeug/datastructures'
import { BuilderConflictError, createEnviron, EnvironBuilder } from '@flask-ts/werkzeug/testing'

test('path, query, base URL and headers become what a server would hand over', () => {
  const environ = createEnviron('/ü?q=a b', {
    baseUrl: 'https://h.test:8443/möunt',
    method: 'PUT',
    headers: { 'X-A': ['1', '2'] },
    contentType: 'text/plain',
    data: 'ü',
    remoteAddr: '192.0.2.1',
  })
  assert.equal(environ.method, 'PUT')
  assert.equal(environ.target, '/m%C3%B6unt/%C3%BC?q=a b')
  assert.equal(environ.scriptName, '/möunt')
  assert.equal(environ.scheme, 'https')
  assert.deepEqual(environ.local, { host: 'h.test', port: 8443 })
  assert.equal(environ.remote.host, '192.0.2.1')
  assert.deepEqual(
    [...environ.headers],
    [
      ['Host', 'h.test:8443'],
      ['X-A', '1'],
      ['X-A', '2'],
      ['Content-Type', 'text/plain'],
      ['Content-Length', '2'],
    ],
  )
  assert.deepEqual(environ.body.bytes, Buffer.from('ü'))
})

test('a query may be text, an object or a multi dict', () => {
  const query = (queryString: ConstructorParameters<typeof EnvironBuilder>[1]) =>
    new EnvironBuilder('/', queryString).queryString
  assert.equal(query({ queryString: 'a=%20' }), 'a=%20')
  assert.equal(query({ queryString: { a: ['1', 'ü'], b: true, c: null } }), 'a=1&a=%C3%BC&b=True')
  const multi = new MultiDict([
    ['a', '1'],
    ['a', '2'],
  ])
  assert.equal(query({ queryString: multi }), 'a=1&a=2')
})

test('what contradicts itself is refused', () => {
  assert.throws(() => new EnvironBuilder('/?a=1', { queryString: 'b=2' }), BuilderConflictError)
  assert.throws(() => new EnvironBuilder('/', { data: 'x', json: {} }), BuilderConflictError)
  assert.throws(() => new EnvironBuilder('/', { baseUrl: 'http://h/?q' }), BuilderConflictError)
  assert.throws(
    () => new EnvironBuilder('/', { data: { a: {} as unknown as string } }),
    /field 'a' is neither text nor a file/,
  )
})

test('a builder made from an environ makes it again', () => {
  const environ = createEnviron('/a%2Fb%25?x=1', {
    baseUrl: 'http://h.test/m',
    method: 'POST',
    data: 'body',
    headers: { 'X-A': '1' },
  })
  const again = EnvironBuilder.fromEnviron(environ).getEnviron()
  assert.equal(again.target, '/m/a/b%25?x=1')
  assert.equal(again.method, 'POST')
  assert.equal(again.headers.get('x-a'), '1')
  assert.deepEqual(
    [...again.headers].filter(([name]) => name === 'Host'),
    [['Host', 'h.test']],
  )
  assert.deepEqual(Buffer.from(again.body.bytes ?? []).toString(), 'body')
})

test('overrides have the last word', () => {
  const environ = createEnviron('/', { environOverrides: { protocol: 'HTTP/1.0' } })
  assert.equal(environ.protocol, 'HTTP/1.0')
})
