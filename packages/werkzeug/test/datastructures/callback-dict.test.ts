import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CallbackDict, MissingKey } from '@flask-ts/werkzeug/datastructures'

test('every assignment calls back, removing only if something was there', () => {
  let updates = 0
  const dict = new CallbackDict<number>({ a: 1 }, () => updates++)
  assert.equal(updates, 0)
  dict.set('a', 1)
  assert.equal(updates, 1)
  dict.setdefault('a', 5)
  assert.equal(dict.pop('zz', { default: null }), null)
  assert.equal(dict.delete('zz'), false)
  assert.equal(updates, 1)
  dict.setdefault('b', 2)
  dict.update({})
  assert.deepEqual(dict.popitem(), ['b', 2])
  dict.clear()
  dict.clear()
  assert.equal(updates, 6)
})

test('missing keys are errors where no default is given', () => {
  const dict = new CallbackDict<number>()
  assert.equal(dict.get('a'), undefined)
  assert.throws(() => dict.getItem('a'), MissingKey)
  assert.throws(() => dict.pop('a'), MissingKey)
  assert.throws(() => dict.delItem('a'), MissingKey)
  assert.throws(() => dict.popitem(), MissingKey)
})

test('JSON shows its contents', () => {
  assert.equal(JSON.stringify(new CallbackDict([['a', 1]])), '{"a":1}')
})
