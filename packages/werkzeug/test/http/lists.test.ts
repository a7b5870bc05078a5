import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpHeader, parseDictHeader, parseListHeader } from '@flask-ts/werkzeug/http'

test('items are split at commas outside quotes', () => {
  assert.deepEqual(parseListHeader('a, "b, c" ,, d="e, f"'), ['a', 'b, c', 'd="e, f"'])
})

test('an unclosed quote makes the whole header empty', () => {
  assert.deepEqual(parseListHeader('a, "b'), [])
  assert.deepEqual(parseDictHeader('a=1, b="'), {})
})

test('an item of two quotes is an empty item', () => {
  assert.deepEqual(parseListHeader('"", a'), ['', 'a'])
})

test('keys without a value are null, values without a key are dropped', () => {
  assert.deepEqual(parseDictHeader('a=b, c, =d, e="f g"'), { a: 'b', c: null, e: 'f g' })
})

test('encoded values are decoded', () => {
  assert.deepEqual(parseDictHeader("a*=UTF-8''%C3%A9"), { a: 'é' })
})

test('dumping is the reverse of parsing', () => {
  assert.equal(dumpHeader(['a', 'b c', 1]), 'a, "b c", 1')
  assert.equal(dumpHeader({ a: 'b c', d: null }), 'a="b c", d')
  assert.equal(dumpHeader(new Map([['1', '2']])), '1=2')
})
