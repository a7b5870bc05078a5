import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ContentSecurityPolicy } from '@flask-ts/werkzeug/datastructures'
import { parseCspHeader } from '@flask-ts/werkzeug/http'

test('directives are keys and properties', () => {
  const policy = ContentSecurityPolicy.fromHeader("default-src  'self' ;; script-src-elem x; bare")
  assert.equal(policy.defaultSrc, "'self'")
  assert.equal(policy.get('script-src-elem'), 'x')
  assert.equal(policy.scriptSrc, null)
  assert.equal(policy.toHeader(), "default-src 'self'; script-src-elem x")
})

test('assigning calls back, null removes', () => {
  let header = ''
  const policy = parseCspHeader('img-src *', (value) => {
    header = value.toHeader()
  })
  policy.imgSrc = null
  policy.upgradeInsecureRequests = '1'
  assert.equal(header, 'upgrade-insecure-requests 1')
})
