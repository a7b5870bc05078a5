import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeQueryString, parseQueryString } from '@flask-ts/werkzeug/http'

test('pairs are split and decoded, empty pieces left out', () => {
  assert.deepEqual(parseQueryString('a=1&&b&c=x+y%2B&=v&a=%C3%A9&d=='), [
    ['a', '1'],
    ['b', ''],
    ['c', 'x y+'],
    ['', 'v'],
    ['a', 'é'],
    ['d', '='],
  ])
})

test('an = behind the next & does not belong to the piece before it', () => {
  assert.deepEqual(parseQueryString('a&b=1'), [
    ['a', ''],
    ['b', '1'],
  ])
})

test("lists repeat their key, null leaves it out, booleans are Python's", () => {
  assert.equal(encodeQueryString({ a: [1, 'x y'], b: null, c: true, d: [] }), 'a=1&a=x+y&c=True')
  assert.equal(encodeQueryString([['k&', '=']]), 'k%26=%3D')
})
