import assert from 'node:assert/strict'
import { test } from 'node:test'
import { braceFormat, type FormatHost, formatValue, percentFormat } from '../src/formatting.ts'

const host: FormatHost = {
  print: String,
  repr: (value) => (typeof value === 'string' ? `'${value}'` : String(value)),
  asText: (value) => (typeof value === 'string' ? value : null),
  typeName: (value) => typeof value,
  getAttribute: (value, name) => (value as Record<string, unknown>)[name],
  getItem: (value, key) => (value as Record<string, unknown>)[key],
  asTuple: (value) => (Array.isArray(value) ? value : null),
  isMapping: (value) => typeof value === 'object' && !Array.isArray(value),
  fail: (failure, message) => new Error(`${failure}: ${message}`),
}
const percent = (text: string, value: unknown): string => percentFormat(text, value, host)
const brace = (text: string, ...positional: unknown[]): string =>
  braceFormat(text, { positional, named: (name) => `<${name}>` }, host)

test('the percent operator takes flags, width, precision and stars', () => {
  assert.equal(percent('%5.1f|%-5d|%+d|%05d', [3.25, 42, 7, -3]), '  3.2|42   |+7|-0003')
  assert.equal(percent('%x %X %#o %c %%', [255, 255, 8, 'z']), 'ff FF 0o10 z %')
  assert.equal(percent('%*d|%.*f', [5, 42, 2, 1.005]), '   42|1.00')
  assert.equal(percent('%(a)s-%(b)r', { a: 1, b: 'x' }), "1-'x'")
  assert.equal(percent('%.2s|%5s|%-5s|', ['abc', 'é', 'x']), 'ab|    é|x    |')
})

test('the percent operator counts its values', () => {
  assert.throws(() => percent('%s %s', ['a']), /not enough arguments/)
  assert.throws(() => percent('%s', ['a', 'b']), /not all arguments converted/)
  assert.throws(() => percent('%y', ['a']), /unsupported format character 'y' \(0x79\) at index 1/)
  assert.throws(() => percent('%d', ['a']), /TypeError/)
  assert.throws(() => percent('%', []), /incomplete format/)
})

test('fields are numbered, named, converted and specified', () => {
  assert.equal(brace('{} {} {{}}', 1, 'a'), '1 a {}')
  assert.equal(brace('{1}{0}{name}', 1, 2), '21<name>')
  assert.equal(brace('{0[a]} {0.b} {0[1]}', { a: 1, b: 2, 1: 3 }), '1 2 3')
  assert.equal(brace('{!r:>5}|{:{}}', 'x', 'y', 3), "  'x'|y  ")
})

test('malformed fields are refused', () => {
  assert.throws(() => brace('{'), /Single '\{'/)
  assert.throws(() => brace('}'), /Single '\}'/)
  assert.throws(() => brace('{0'), /expected '\}'/)
  assert.throws(() => brace('{} {0}', 1), /cannot switch/)
  assert.throws(() => brace('{3}', 1), /IndexError/)
  assert.throws(() => brace('{!z}', 1), /Unknown conversion/)
})

test('specifications format numbers and text', () => {
  const cases: [unknown, string, string][] = [
    [1234567, ',', '1,234,567'],
    [1234.5, '_.2f', '1_234.50'],
    [5, '08b', '00000101'],
    [255, '#x', '0xff'],
    [-5, '=6', '-    5'],
    [0.256, '.1%', '25.6%'],
    ['ab', '*^5', '*ab**'],
    ['abc', '.2', 'ab'],
    [1234, '010,', '00,001,234'],
    [3.25159, '.3', '3.25'],
    [true, 'd', '1'],
    [2.5, '.0f', '2'],
  ]
  for (const [value, spec, expected] of cases) assert.equal(formatValue(value, spec, host), expected, spec)
  assert.throws(() => formatValue('a', 'd', host), /Unknown format code/)
  assert.throws(() => formatValue(null, '5', host), /unsupported format string/)
})
