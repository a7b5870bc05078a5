import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpJson, loadJson } from '@flask-ts/itsdangerous'

test('numbers are written as Python writes them', () => {
  const cases: [number, string][] = [
    [1, '1'],
    [1e-7, '1e-07'],
    [1.5e300, '1.5e+300'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [123456789012345680, '1.2345678901234568e+17'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ]
  for (const [value, text] of cases) assert.equal(dumpJson(value), text)
})

test('text is escaped to ASCII unless told otherwise', () => {
  assert.equal(dumpJson('ä\u007f😀\n"'), '"\\u00e4\\u007f\\ud83d\\ude00\\n\\""')
  assert.equal(dumpJson('ä😀', { ensureAscii: false }), '"ä😀"')
})

test('keys are sorted by code point and lists may be indented', () => {
  const value = { b: 1, '10': 2, '9': 3, '\u{1f600}': 4, '\uffff': 5 }
  assert.equal(
    dumpJson(value, { sortKeys: true, ensureAscii: false }),
    '{"10": 2, "9": 3, "b": 1, "\uffff": 5, "\u{1f600}": 4}',
  )
  assert.equal(dumpJson({ a: [1, {}] }, { indent: 1 }), '{\n "a": [\n  1,\n  {}\n ]\n}')
})

test('maps keep their order, circles and functions are refused', () => {
  assert.equal(
    dumpJson(
      new Map<unknown, unknown>([
        [2, 'x'],
        [null, 'y'],
        [true, 'z'],
      ]),
    ),
    '{"2": "x", "null": "y", "true": "z"}',
  )
  const circle: unknown[] = []
  circle.push(circle)
  assert.throws(() => dumpJson(circle), /contains itself|flattened/)
  assert.throws(() => dumpJson(() => 1), /type function/)
})

test('constants that Python writes are read again', () => {
  assert.deepEqual(loadJson('[NaN, -Infinity, "NaN", {"a": Infinity}]'), [
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    'NaN',
    { a: Number.POSITIVE_INFINITY },
  ])
  assert.throws(() => loadJson('[NaN'), SyntaxError)
})
