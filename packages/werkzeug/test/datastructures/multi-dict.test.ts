import assert from 'node:assert/strict'
import { test } from 'node:test'
import { float, int, MissingKey, MultiDict } from '@flask-ts/werkzeug/datastructures'

const sample = (): MultiDict =>
  new MultiDict([
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
  ])

test('plain methods see the first value, list methods all', () => {
  const dict = sample()
  assert.equal(dict.get('a'), '1')
  assert.equal(dict.getItem('b'), '2')
  assert.deepEqual(dict.getlist('a'), ['1', '3'])
  assert.deepEqual(dict.getlist('z'), [])
  assert.equal(dict.size, 2)
})

test('iterating gives pairs of the first values, items can give all', () => {
  assert.deepEqual(
    [...sample()],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  )
  assert.deepEqual(
    [...sample().items({ multi: true })],
    [
      ['a', '1'],
      ['a', '3'],
      ['b', '2'],
    ],
  )
  assert.deepEqual(
    [...sample().lists()],
    [
      ['a', ['1', '3']],
      ['b', ['2']],
    ],
  )
})

test('values are converted, and the default stands in where they cannot be', () => {
  const dict = new MultiDict({ n: ['5', 'x', '7'], m: 'x' })
  const number: number = dict.get('n', { type: int, default: 0 })
  assert.equal(number, 5)
  assert.equal(dict.get('m', { type: int, default: 3 }), 3)
  assert.equal(dict.get('m', { type: Number, default: 3 }), 3)
  assert.equal(dict.get('zz', { type: float }), undefined)
  assert.equal(dict.get('zz', { default: 'd' }), 'd')
  assert.equal(dict.get('zz', 'd'), 'd')
  assert.deepEqual(dict.getlist('n', { type: int }), [5, 7])
})

test('an object of lists loses its empty lists, a copy of a dict keeps them', () => {
  const dict = new MultiDict({ a: ['1'], empty: [] })
  assert.ok(!dict.has('empty'))
  dict.setlist('empty', [])
  const copy = new MultiDict(dict)
  assert.ok(copy.has('empty'))
  assert.throws(() => copy.getItem('empty'), MissingKey)
})

test('set replaces, add and update add', () => {
  const dict = sample()
  dict.set('a', '9')
  dict.add('b', '3')
  dict.update({ b: ['4', '5'], c: '6' })
  assert.deepEqual(dict.toDict({ flat: false }), { a: ['9'], b: ['2', '3', '4', '5'], c: ['6'] })
})

test('a union leaves both sides alone', () => {
  const dict = sample()
  assert.deepEqual(dict.union({ a: '4' }).getlist('a'), ['1', '3', '4'])
  assert.deepEqual(dict.getlist('a'), ['1', '3'])
})

test('pop takes all values and returns the first', () => {
  const dict = sample()
  assert.equal(dict.pop('a'), '1')
  assert.equal(dict.pop('a', { default: null }), null)
  assert.throws(() => dict.pop('a'), MissingKey)
  assert.deepEqual(dict.popitem(), ['b', '2'])
  assert.throws(() => dict.popitemlist(), MissingKey)
})

test('the list of setlistdefault is the one in use', () => {
  const dict = sample()
  dict.setlistdefault('a').push('5')
  assert.deepEqual(dict.getlist('a'), ['1', '3', '5'])
  assert.equal(dict.setdefault('n', 'x'), 'x')
})

test('copies are independent', () => {
  const dict = new MultiDict<{ n: number }>([['a', { n: 1 }]])
  const shallow = dict.copy()
  const deep = dict.deepcopy()
  shallow.add('a', { n: 2 })
  dict.getItem('a').n = 9
  assert.equal(dict.getlist('a').length, 1)
  assert.equal(shallow.getItem('a').n, 9)
  assert.equal(deep.getItem('a').n, 1)
})

test('equality heeds the order within a key only', () => {
  const pairs = [...sample().items({ multi: true })]
  assert.ok(sample().equals(new MultiDict(pairs.toReversed().toSorted())))
  assert.ok(!sample().equals(new MultiDict(pairs.toReversed())))
})

test('a key that JavaScript knows is only a key', () => {
  const dict = new MultiDict([['__proto__', 'x']])
  assert.equal(dict.get('__proto__'), 'x')
  assert.deepEqual(Object.keys(dict.toDict()), ['__proto__'])
  assert.equal(dict.get('constructor'), undefined)
})

test('JSON shows the first values', () => {
  assert.equal(JSON.stringify(sample()), '{"a":"1","b":"2"}')
})

test('a subclass can throw another error for a missing key', () => {
  class Strict extends MultiDict {
    protected override missingKey(key: string): Error {
      return new RangeError(key)
    }
  }
  assert.throws(() => new Strict().getItem('x'), RangeError)
  assert.throws(() => new Strict().delItem('x'), RangeError)
})
