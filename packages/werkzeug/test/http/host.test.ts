import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getHost, hostIsTrusted, UntrustedHost } from '@flask-ts/werkzeug/http'

test("a scheme's own port is dropped", () => {
  assert.equal(getHost('http', 'example.com:80'), 'example.com')
  assert.equal(getHost('wss', 'example.com:443'), 'example.com')
  assert.equal(getHost('https', 'example.com:80'), 'example.com:80')
})

test('without a header the server is the host, unless it is a Unix socket', () => {
  assert.equal(getHost('http', undefined, ['::1', 8080]), '[::1]:8080')
  assert.equal(getHost('http', undefined, ['/tmp/sock', null]), '')
})

test('a malformed host is empty, and refused where hosts are listed', () => {
  assert.equal(getHost('http', 'a b'), '')
  assert.throws(() => getHost('http', 'a b', null, ['a']), UntrustedHost)
})

test('a leading dot admits subdomains, ports do not matter', () => {
  assert.ok(hostIsTrusted('api.example.com:5000', ['.example.com']))
  assert.ok(hostIsTrusted('example.com', '.example.com'))
  assert.ok(!hostIsTrusted('evil-example.com', ['.example.com']))
  assert.ok(hostIsTrusted('xn--bcher-kva.example', ['bücher.example']))
})
