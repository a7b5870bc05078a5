import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedText, generalText, numberText, scientificText } from '../src/formatting.ts'
import {
  capitalize,
  casefold,
  center,
  expandTabs,
  isTitle,
  rsplit,
  split,
  splitlines,
  strip,
  swapCase,
  textLength,
  title,
  zfill,
} from '../src/strings.ts'

test('splitting follows Python from both sides', () => {
  assert.deepEqual(split('  a  b c ', null, 1), ['a', 'b c '])
  assert.deepEqual(rsplit('  a  b c ', null, 1), ['  a  b', 'c'])
  assert.deepEqual(split(' a  b '), ['a', 'b'])
  assert.deepEqual(split('a,b,c', ',', 1), ['a', 'b,c'])
  assert.deepEqual(rsplit('a,b,c', ',', 1), ['a,b', 'c'])
  assert.deepEqual(splitlines('a\r\nb\x0bc\n'), ['a', 'b', 'c'])
  assert.deepEqual(splitlines('a\nb', true), ['a\n', 'b'])
})

test('letter case knows digraphs, sharp s and apostrophes', () => {
  assert.equal(title("they're bill's"), "They'Re Bill'S")
  assert.equal(capitalize('ßA ΑΣ'), 'Ssa ας')
  assert.equal(title('ǆ'), 'ǅ')
  assert.equal(swapCase('aBc1'), 'AbC1')
  assert.equal(casefold('Straße ΑΣ'), 'strasse ας'.replace('ς', 'σ'))
  assert.ok(isTitle('Ab Cd') && !isTitle('AB'))
})

test('padding counts code points', () => {
  assert.equal(center('ab', 5, '*'), '**ab*')
  assert.equal(center('a', 4, '*'), '*a**')
  assert.equal(center('😀', 3, '*'), '*😀*')
  assert.equal(zfill('-5', 4), '-005')
  assert.equal(expandTabs('a\tb', 4), 'a   b')
  assert.equal(textLength('a😀'), 2)
  assert.equal(strip('xxaxx', 'x'), 'a')
})

test('numbers round from their exact value, ties to even', () => {
  assert.equal(fixedText(2.675, 2), '2.67')
  assert.equal(fixedText(0.125, 2), '0.12')
  assert.equal(fixedText(2.5, 0), '2')
  assert.equal(fixedText(0.5, 0), '0')
  assert.equal(fixedText(1e22, 1), '10000000000000000000000.0')
  assert.equal(scientificText(2.5, 0), '2e+00')
  assert.equal(scientificText(0.00015, 3), '1.500e-04')
  assert.equal(generalText(1234567, 6), '1.23457e+06')
  assert.equal(generalText(0.0001, 6), '0.0001')
  assert.equal(generalText(100, 3), '100')
})

test('the shortest form has exponents as Python writes them', () => {
  assert.equal(numberText(0.00001), '1e-05')
  assert.equal(numberText(0.0001), '0.0001')
  assert.equal(numberText(1.5e300), '1.5e+300')
  assert.equal(numberText(Number.NEGATIVE_INFINITY), '-inf')
})
