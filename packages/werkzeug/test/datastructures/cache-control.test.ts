import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImmutableError, RequestCacheControl, ResponseCacheControl } from '@flask-ts/werkzeug/datastructures'
import { parseCacheControlHeader } from '@flask-ts/werkzeug/http'

test('directives are read by their meaning', () => {
  const request = RequestCacheControl.fromHeader('max-age=60, no-cache, max-stale, min-fresh=x')
  assert.equal(request.maxAge, 60)
  assert.equal(request.noCache, true)
  assert.equal(request.maxStale, true)
  assert.equal(request.minFresh, null)
  assert.equal(request.noStore, false)
  assert.equal(request.getItem('max-age'), '60')
})

test('the header of a request cannot be changed', () => {
  const request = RequestCacheControl.fromHeader('no-cache')
  assert.throws(() => {
    request.maxAge = 5
  }, ImmutableError)
})

test('assigning writes, removes and calls back', () => {
  let updates = 0
  const response = parseCacheControlHeader('', () => updates++, ResponseCacheControl)
  response.public = true
  response.maxAge = 60
  response.noCache = 'Set-Cookie, X'
  assert.equal(response.toHeader(), 'public, max-age=60, no-cache="Set-Cookie, X"')
  response.public = false
  response.maxAge = null
  response.noCache = true
  assert.equal(response.toHeader(), 'no-cache')
  assert.equal(updates, 6)
})
