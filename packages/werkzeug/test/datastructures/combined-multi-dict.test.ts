import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CombinedMultiDict,
  ImmutableError,
  ImmutableMultiDict,
  int,
  MissingKey,
  MultiDict,
} from '@flask-ts/werkzeug/datastructures'

const query = new MultiDict({ a: '1', n: 'x' })
const form = new MultiDict({ a: '2', n: '5', b: ['3', '4'] })
const combined = new CombinedMultiDict([query, form])

test('the earlier dict is asked first, lists have the values of all', () => {
  assert.equal(combined.getItem('a'), '1')
  assert.deepEqual(combined.getlist('a'), ['1', '2'])
  assert.throws(() => combined.getItem('z'), MissingKey)
  assert.equal(combined.get('z', { default: 'd' }), 'd')
})

test('a value that does not convert lets the next dict try', () => {
  assert.equal(combined.get('n', { type: int }), 5)
  assert.deepEqual(combined.getlist('n', { type: int }), [5])
})

test('each key comes once', () => {
  assert.equal(combined.size, 3)
  assert.deepEqual([...combined.keys()], ['a', 'n', 'b'])
  assert.deepEqual(combined.toDict(), { a: '1', n: 'x', b: '3' })
  assert.deepEqual(
    [...combined.listvalues()],
    [
      ['1', '2'],
      ['x', '5'],
      ['3', '4'],
    ],
  )
})

test('a copy has all values and can be changed', () => {
  const copy = combined.copy()
  copy.add('a', '9')
  assert.deepEqual(copy.getlist('a'), ['1', '2', '9'])
  assert.deepEqual(form.getlist('a'), ['2'])
})

test('immutable dicts refuse every change', () => {
  for (const dict of [combined, new ImmutableMultiDict({ a: '1' })] as MultiDict[]) {
    const changes: (() => unknown)[] = [
      () => dict.set('a', '1'),
      () => dict.add('a', '1'),
      () => dict.setlist('a', []),
      () => dict.setdefault('a', '1'),
      () => dict.setlistdefault('a'),
      () => dict.update({ a: '1' }),
      () => dict.delete('a'),
      () => dict.delItem('a'),
      () => dict.pop('a'),
      () => dict.popitem(),
      () => dict.poplist('a'),
      () => dict.popitemlist(),
      () => dict.clear(),
    ]
    for (const change of changes) assert.throws(change, ImmutableError, String(change))
  }
})
