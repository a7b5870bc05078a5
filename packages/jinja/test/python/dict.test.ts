import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { dictFrom, dictGet, dictHas } from '../../src/python/dict.ts'
import { MISSING } from '../../src/python/protocol.ts'
import { tuple } from '../../src/python/tuple.ts'

test('keys are compared as Python compares them', () => {
  const dict = dictFrom([
    [1, 'one'],
    ['1', 'text'],
    [tuple(1, 'a'), 'tuple'],
  ])
  dict.set(true, 'yes')
  assert.equal(dict.size, 3)
  assert.equal(dictGet(dict, true), 'yes')
  assert.equal(dictGet(dict, '1'), 'text')
  assert.equal(dictGet(dict, tuple(true, 'a')), 'tuple')
  assert.equal(dictGet(dict, tuple(1, 'b')), MISSING)
  assert.equal(dictGet(dict, new Markup('1')), 'text')
})

test('the first spelling of a key stays', () => {
  const dict = dictFrom([[true, 1]])
  dict.set(1, 2)
  assert.deepEqual([...dict.entries()], [[true, 2]])
  dict.delete(1)
  assert.equal(dict.size, 0)
})

test('texts that look like encoded tuples are different keys', () => {
  const dict = dictFrom([[tuple('a'), 1]])
  assert.ok(!dict.has('\0ts1:a'))
  dict.set('\0ts1:a', 2)
  assert.equal(dict.get(tuple('a')), 1)
})

test('plain objects have their own properties only', () => {
  assert.ok(!dictHas({}, 'constructor') && !dictHas({}, '__proto__'))
  assert.equal(dictGet({ a: null }, 'a'), null)
  assert.throws(() => dictGet({}, [1]), /unhashable type/)
})
