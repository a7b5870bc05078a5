import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateEtag, InvalidEtag, quoteEtag, unquoteEtag } from '@flask-ts/werkzeug/http'

test('tags are quoted and unquoted', () => {
  assert.equal(quoteEtag('a', true), 'W/"a"')
  assert.deepEqual(unquoteEtag('W/"a"'), ['a', true])
  assert.deepEqual(unquoteEtag(' a '), ['a', false])
  assert.deepEqual(unquoteEtag(''), [undefined, undefined])
})

test('a tag cannot contain a quote', () => {
  assert.throws(() => quoteEtag('a"b'), InvalidEtag)
})

test('the tag of contents is that of Werkzeug', () => {
  assert.equal(generateEtag('a'), 'gAhL8vugJHVyb+ssqy2CFeqxS8a92L+yyBUSVwMuzYs')
})
