import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpAge, getContentLength, parseAge } from '@flask-ts/werkzeug/http'

test('ages are whole seconds from 0', () => {
  assert.equal(parseAge(' 60 '), 60)
  for (const text of ['-1', '1.5', '+1', '1_0', '', 'x']) assert.equal(parseAge(text), undefined, text)
  assert.equal(dumpAge(60.9), '60')
  assert.throws(() => dumpAge(-1), RangeError)
})

test('a content length that cannot be is 0, and a chunked body has none', () => {
  assert.equal(getContentLength('12'), 12)
  assert.equal(getContentLength('-1'), 0)
  assert.equal(getContentLength('12', 'gzip, Chunked'), undefined)
  assert.equal(getContentLength(undefined), undefined)
})
