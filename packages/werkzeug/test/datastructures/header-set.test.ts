import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeaderSet, MissingKey } from '@flask-ts/werkzeug/datastructures'

test('tokens are compared without regard to case', () => {
  const set = HeaderSet.fromHeader('foo, Bar')
  set.add('FOO')
  set.add('Baz')
  assert.deepEqual([...set], ['foo', 'Bar', 'Baz'])
  assert.ok(set.has('BAR'))
  assert.equal(set.index('baz'), 2)
  assert.equal(set.toHeader(), 'foo, Bar, Baz')
  assert.deepEqual(set.asSet(), new Set(['foo', 'bar', 'baz']))
})

test('only real changes call back', () => {
  let updates = 0
  const set = new HeaderSet(['a'], () => updates++)
  set.add('A')
  set.discard('b')
  assert.equal(updates, 0)
  set.update(['b', 'c'])
  set.remove('A')
  assert.equal(updates, 2)
  assert.throws(() => set.remove('a'), MissingKey)
})

test('tokens are reached by position', () => {
  const set = new HeaderSet(['a', 'b', 'c'])
  set.setItem(1, 'X')
  set.delItem(-3)
  assert.equal(set.toHeader(), 'X, c')
  assert.throws(() => set.getItem(5), RangeError)
  assert.throws(() => set.index('zz'), RangeError)
})
