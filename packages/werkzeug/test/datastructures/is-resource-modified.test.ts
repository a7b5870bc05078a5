import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Headers } from '@flask-ts/werkzeug/datastructures'
import { AmbiguousResource, isResourceModified } from '@flask-ts/werkzeug/http'

const date = 'Sun, 06 Nov 1994 08:49:37 GMT'
const lastModified = new Date(Date.parse(date) + 900)

test('dates are compared by whole seconds', () => {
  assert.equal(isResourceModified(new Headers({ 'If-Modified-Since': date }), { lastModified }), false)
  const earlier = 'Sun, 06 Nov 1994 08:49:36 GMT'
  assert.equal(isResourceModified(new Headers({ 'If-Modified-Since': earlier }), { lastModified }), true)
})

test('a tag overrides the date, in either direction', () => {
  const since = { 'If-Modified-Since': date }
  const resource = { etag: '"a"', lastModified }
  assert.equal(isResourceModified(new Headers({ ...since, 'If-None-Match': '"b"' }), resource), true)
  assert.equal(isResourceModified(new Headers({ 'If-None-Match': 'W/"a"' }), resource), false)
})

test('If-Match holds only for a listed strong tag', () => {
  assert.equal(isResourceModified(new Headers({ 'If-Match': '"a"' }), { etag: 'a' }), true)
  assert.equal(isResourceModified(new Headers({ 'If-Match': '*' }), { etag: 'a' }), false)
})

test('If-Range counts only beside Range, and only where it is asked for', () => {
  const request = new Headers({ Range: 'bytes=0-1', 'If-Range': '"a"' })
  assert.equal(isResourceModified(request, { etag: 'a', ignoreIfRange: false }), false)
  assert.equal(isResourceModified(request, { etag: 'a' }), true)
})

test('a tag and contents together could contradict each other', () => {
  assert.throws(() => isResourceModified(new Headers(), { etag: 'a', data: 'b' }), AmbiguousResource)
})
