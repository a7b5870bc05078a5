import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Request } from '@flask-ts/werkzeug'
import { originalEnviron, ProxyFix, type ProxyFixOptions } from '@flask-ts/werkzeug/middleware'
import { createEnviron } from '@flask-ts/werkzeug/testing'
import type { Environ } from '@flask-ts/wsgi'

async function seenBy(
  options: ProxyFixOptions,
  headers: Record<string, string>,
  path = '/x?q=1',
): Promise<Environ> {
  let seen: Environ | undefined
  const app = ProxyFix((environ) => {
    seen = environ
    return { status: 204, headers: [], body: null }
  }, options)
  await app(createEnviron(path, { headers, baseUrl: 'http://internal:8000/' }))
  return seen!
}

test('the values that trusted proxies added replace what the server saw', async () => {
  const environ = await seenBy(
    { xFor: 1, xProto: 1, xHost: 1, xPort: 1, xPrefix: 1 },
    {
      'X-Forwarded-For': '6.6.6.6, 192.0.2.5',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'example.com',
      'X-Forwarded-Port': '8443',
      'X-Forwarded-Prefix': '/mount',
    },
  )
  const request = new Request(environ)
  assert.equal(request.remoteAddr, '192.0.2.5')
  assert.equal(request.url, 'https://example.com:8443/mount/x?q=1')
  assert.equal(request.path, '/x')
  assert.equal(environ.target, '/mount/x?q=1')
  assert.equal(new Request(originalEnviron(environ)).url, 'http://internal:8000/x?q=1')
})

test('a header with fewer values than proxies is not trusted', async () => {
  const environ = await seenBy({ xFor: 2 }, { 'X-Forwarded-For': '192.0.2.5' })
  assert.equal(new Request(environ).remoteAddr, '127.0.0.1')
})

test('headers that no proxy is trusted with are left alone', async () => {
  const environ = await seenBy({}, { 'X-Forwarded-Host': 'evil.test', 'X-Forwarded-Prefix': '/evil' })
  assert.equal(new Request(environ).url, 'http://internal:8000/x?q=1')
})
