import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repr } from '../../src/python/print.ts'
import { MISSING } from '../../src/python/protocol.ts'
import { Range } from '../../src/python/range.ts'
import { sliceValue, subscript } from '../../src/python/subscript.ts'
import { tuple } from '../../src/python/tuple.ts'

test('positions count from both ends', () => {
  assert.equal(subscript('a😀b', 1), '😀')
  assert.equal(subscript([1, 2, 3], -1), 3)
  assert.equal(subscript([1, 2, 3], true), 2)
  assert.equal(subscript([1], 1), MISSING)
  assert.equal(subscript([1], 'length'), MISSING)
  assert.equal(subscript(new Range(0, 10, 2), -1), 8)
  assert.equal(subscript(5, 0), MISSING)
})

test('slices have steps in both directions', () => {
  assert.equal(sliceValue('abcdef', null, null, -2), 'fdb')
  assert.equal(sliceValue('a😀bc', 1, 3), '😀b')
  assert.equal(repr(sliceValue(tuple(1, 2, 3), 1, null)), '(2, 3)')
  assert.equal(repr(sliceValue([1, 2, 3], -9, 9, 2)), '[1, 3]')
  assert.equal(repr(sliceValue(new Range(0, 10, 1), 2, 8, 3)), 'range(2, 8, 3)')
  assert.throws(() => sliceValue([1], null, null, 0), /slice step cannot be zero/)
  assert.throws(() => sliceValue([1], 'a', null), /slice indices must be integers/)
  assert.throws(() => sliceValue(1, null, null), /'int' object is not subscriptable/)
})
