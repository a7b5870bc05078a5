import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { equal, lessEqual, lessThan, sortByKeys } from '../../src/python/compare.ts'
import { contains } from '../../src/python/contains.ts'
import { dictFrom } from '../../src/python/dict.ts'
import { Range } from '../../src/python/range.ts'
import { isTrue } from '../../src/python/truth.ts'
import { tuple } from '../../src/python/tuple.ts'
import { StrictUndefined, Undefined, UndefinedError } from './undefined-values.ts'

test('equality compares by value and keeps lists and tuples apart', () => {
  assert.ok(equal(1, true))
  assert.ok(equal([1, [2]], [true, [2]]))
  assert.ok(!equal([1], tuple(1)))
  assert.ok(equal(tuple(1, 'a'), tuple(1, 'a')))
  assert.ok(equal({ a: [1] }, dictFrom([['a', [1]]])))
  assert.ok(!equal({ a: 1 }, { a: 1, b: 2 }))
  assert.ok(equal(new Markup('a'), 'a') && equal('a', new Markup('a')))
  assert.ok(!equal('1', 1) && !equal(null, 0) && equal(null, undefined))
  assert.ok(!equal(Number.NaN, Number.NaN))
  assert.ok(equal(new Range(0, 3, 1), new Range(0, 3, 1)) && !equal(new Range(0, 3, 1), [0, 1, 2]))
  assert.ok(equal(new Undefined(), new Undefined()))
  assert.throws(() => equal(1, new StrictUndefined()), UndefinedError)
})

test('order is lexicographic, by code points, and refuses mixed types', () => {
  assert.ok(lessThan([1, 2], [1, 3]) && lessThan([1], [1, 0]) && lessEqual(tuple(1), tuple(1)))
  assert.ok(lessThan('\uffff', '😀'))
  assert.ok(lessThan(false, 1))
  assert.throws(() => lessThan(1, 'a'), /'<' not supported between instances of 'int' and 'str'/)
  assert.throws(() => lessThan([1], ['a']), TypeError)
  assert.throws(() => lessThan(null, null), TypeError)
  assert.throws(() => lessThan(1, new Undefined(null, undefined, 'x')), /'x' is undefined/)
})

test('sorting is stable in both directions', () => {
  assert.deepEqual(sortByKeys(['b1', 'a1', 'b2', 'a2'], [2, 1, 2, 1]), ['a1', 'a2', 'b1', 'b2'])
  assert.deepEqual(sortByKeys(['b1', 'a1', 'b2', 'a2'], [2, 1, 2, 1], true), ['b1', 'b2', 'a1', 'a2'])
})

test('membership asks texts, keys and items', () => {
  assert.ok(contains('abc', 'bc') && contains('abc', new Markup('b')))
  assert.throws(() => contains('abc', 1), /requires string as left operand, not int/)
  assert.ok(contains({ a: 1 }, 'a') && !contains({ a: 1 }, 1) && !contains({}, 'toString'))
  assert.ok(contains([1, [2]], true) && contains([1, [2]], [2]))
  assert.ok(contains(new Range(0, 10, 3), 9) && !contains(new Range(0, 10, 3), 10))
  assert.throws(() => contains(1, 1), /argument of type 'int' is not iterable/)
})

test('empty values are false', () => {
  for (const value of [
    '',
    0,
    null,
    undefined,
    false,
    [],
    {},
    new Map(),
    new Set(),
    new Markup(''),
    tuple(),
    0n,
  ]) {
    assert.ok(!isTrue(value))
  }
  for (const value of ['0', -1, [0], { a: 0 }, new Markup('x'), () => 1, new Date(0), Number.NaN]) {
    assert.ok(isTrue(value))
  }
})
