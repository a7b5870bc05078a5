import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ETags } from '@flask-ts/werkzeug/datastructures'
import { generateEtag } from '@flask-ts/werkzeug/http'

test('strong and weak tags are told apart', () => {
  const tags = ETags.fromHeader('"a", W/"b", c')
  assert.ok(tags.contains('a') && tags.contains('c') && !tags.contains('b'))
  assert.ok(tags.containsWeak('a') && tags.containsWeak('b'))
  assert.ok(tags.containsRaw('W/"b"') && !tags.containsRaw('"b"'))
  assert.equal(tags.toHeader(), '"a", "c", W/"b"')
})

test('* contains every tag but lists none', () => {
  const tags = ETags.fromHeader('*')
  assert.ok(tags.contains('x') && !tags.isStrong('x') && !tags.isEmpty)
  assert.equal(tags.size, 0)
})

test('contents can be looked up', () => {
  const etag = generateEtag('hello')
  assert.ok(new ETags({ strong: [etag] }).matchesData('hello'))
  assert.ok(!new ETags({ weak: [etag] }).matchesData('hello'))
  assert.ok(new ETags({ weak: [etag] }).matchesData('hello', true))
})
