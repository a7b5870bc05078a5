import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConversionError, float, int } from '@flask-ts/werkzeug/datastructures'

test('int reads what Python reads', () => {
  for (const [text, value] of [
    [' 42\n', 42],
    ['-0', 0],
    ['+1_000', 1000],
    ['007', 7],
    ['٤٢', 42],
  ] as const) {
    assert.equal(int(text), value, text)
  }
  assert.equal(int(5.9), 5)
})

test('int refuses what Python refuses', () => {
  for (const text of ['', '1.0', '1e3', '0x10', '1__0', '_1', '- 1', 'x']) {
    assert.throws(() => int(text), ConversionError, text)
  }
})

test('float reads what Python reads', () => {
  for (const [text, value] of [
    ['1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1_0.0_1', 10.01],
    [' -inf ', -Infinity],
    ['٤.٥', 4.5],
  ] as const) {
    assert.equal(float(text), value, text)
  }
  assert.ok(Number.isNaN(float('NaN')))
})

test('float refuses what Python refuses', () => {
  for (const text of ['', '.', '1._0', '1e', '0x1', '1,5']) {
    assert.throws(() => float(text), ConversionError, text)
  }
})
