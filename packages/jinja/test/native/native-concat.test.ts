import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nativeConcat } from '../../src/native/native-concat.ts'
import { repr } from '../../src/python/print.ts'

test('a single value stays what it is', () => {
  const list = [1]
  assert.equal(nativeConcat([list]), list)
  assert.equal(nativeConcat([]), null)
})

test('text that is a literal becomes its value', () => {
  const rows: [string, string][] = [
    ['1', '1'],
    ['-1.5', '-1.5'],
    ['[1, (2,), {"a": None}]', "[1, (2,), {'a': None}]"],
    ['1, 2', '(1, 2)'],
    ['True', 'True'],
    ["'a' 'b'", "'ab'"],
    ["r'\\n'", "'\\\\n'"],
    ['{1, 2}', '{1, 2}'],
    ['set()', 'set()'],
    ['0x1F', '31'],
    ['1_000', '1000'],
    ["b'x'", "b'x'"],
  ]
  for (const [text, expected] of rows) assert.equal(repr(nativeConcat([text])), expected, text)
})

test('other text stays text', () => {
  for (const text of ['foo', '1 + 2', ' 1', '007', '[1', "'a", '{[1]: 2}', '__import__', '1a', '-True', '']) {
    assert.equal(nativeConcat([text]), text)
  }
})

test('several values are joined as text first', () => {
  assert.equal(nativeConcat(['1', 2]), 12)
  assert.equal(nativeConcat(['a', [1]]), 'a[1]')
})
