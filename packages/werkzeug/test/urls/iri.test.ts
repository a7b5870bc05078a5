import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCurrentUrl, InvalidUrl, iriToUri, uriToIri } from '@flask-ts/werkzeug/http'

test('an IRI becomes ASCII, escapes stay', () => {
  assert.equal(
    iriToUri('http://bücher.example/ä b?x=ü#ß'),
    'http://xn--bcher-kva.example/%C3%A4%20b?x=%C3%BC#%C3%9F',
  )
  assert.equal(iriToUri('/a%20b'), '/a%20b')
})

test('a URI is decoded only where the meaning stays', () => {
  assert.equal(
    uriToIri('http://xn--bcher-kva.example/%C3%A4%2F%25?a=%26%C3%BC'),
    'http://bücher.example/ä%2F%25?a=%26ü',
  )
  assert.equal(uriToIri('/%E9'), '/%E9')
})

test('users, ports and IPv6 addresses survive', () => {
  assert.equal(uriToIri('http://user:p%40ss@[::1]:8080/x'), 'http://user:p%40ss@[::1]:8080/x')
})

test('malformed authorities are refused', () => {
  for (const url of ['http://[::1/', 'http://[x]/', 'http://h:99999/'])
    assert.throws(() => iriToUri(url), InvalidUrl)
})

test("a request's URL is put together and decoded", () => {
  const parts = { rootPath: '/app/', path: '/x y', queryString: 'q=%C3%BC' }
  assert.equal(getCurrentUrl('http', 'h.test', parts), 'http://h.test/app/x%20y?q=ü')
  assert.equal(getCurrentUrl('http', 'h.test'), 'http://h.test/')
})

test('a host name that a client made up does not fail the request', () => {
  assert.equal(getCurrentUrl('http', 'xn--.test'), 'http://xn--.test/')
})
