import assert from 'node:assert/strict'
import { test } from 'node:test'
import { similarity } from '../../src/routing/similarity.ts'

test('likeness agrees with Python difflib', () => {
  assert.equal(similarity('', ''), 1)
  assert.equal(similarity('abc', 'abc'), 1)
  assert.equal(similarity('abc', 'xyz'), 0)
  assert.equal(similarity('tide', 'diet'), 0.25)
  assert.equal(similarity('diet', 'tide'), 0.5)
  assert.equal(similarity('private', 'privative').toFixed(6), '0.875000')
})

test('frequent characters of long texts do not count', () => {
  assert.equal(similarity('b', `x${'b'.repeat(200)}`), 0)
})
