import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeIdna, displayIdna, encodeIdna, IdnaError } from '../../src/urls/idna.ts'

test('names are written in ASCII and read again', () => {
  for (const [name, written] of [
    ['bücher.example', 'xn--bcher-kva.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['😀.test', 'xn--e28h.test'],
    ['plain.test.', 'plain.test.'],
  ] as const) {
    assert.equal(encodeIdna(name), written)
    assert.equal(decodeIdna(written), name)
  }
})

test('names are folded as IDNA 2003 does, ASCII ones are left alone', () => {
  assert.equal(encodeIdna('STRAßE.test'), 'strasse.test')
  assert.equal(encodeIdna('Example.COM'), 'Example.COM')
  assert.equal(encodeIdna('a。b'), 'a.b')
})

test('directions of writing are not mixed', () => {
  assert.equal(encodeIdna('שלום.test'), 'xn--9dbne9b.test')
  assert.throws(() => encodeIdna('aש.test'), IdnaError)
})

test('empty and long parts are refused', () => {
  assert.throws(() => encodeIdna('a..b'), IdnaError)
  assert.throws(() => encodeIdna(`${'a'.repeat(64)}.test`), IdnaError)
})

test('what cannot be read is an error, or shown as it is', () => {
  assert.throws(() => decodeIdna('xn--.test'))
  assert.equal(displayIdna('xn--.test'), 'xn--.test')
})
