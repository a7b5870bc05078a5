import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  EnvironHeaders,
  Headers,
  HeaderValueError,
  ImmutableError,
  int,
  MissingKey,
} from '@flask-ts/werkzeug/datastructures'
import type { RequestHeaders } from '@flask-ts/wsgi'

const sample = (): Headers =>
  new Headers([
    ['Content-Type', 'text/plain'],
    ['X-Foo', 'bar'],
    ['x-foo', 'baz'],
  ])

test('names are looked up without regard to case and keep their spelling', () => {
  const headers = sample()
  assert.equal(headers.get('CONTENT-TYPE'), 'text/plain')
  assert.deepEqual(headers.getAll('X-FOO'), ['bar', 'baz'])
  assert.deepEqual([...headers.keys()], ['Content-Type', 'X-Foo', 'x-foo'])
  assert.throws(() => headers.getItem('nope'), MissingKey)
})

test('values are converted, and the default stands in', () => {
  const headers = new Headers({ 'Content-Length': 12, X: 'y' })
  assert.equal(headers.get('content-length', { type: int }), 12)
  assert.equal(headers.get('x', { type: int, default: -1 }), -1)
  assert.equal(headers.get('z', { default: null }), null)
  assert.equal(headers.get('z', 'd').length, 1)
})

test('set takes the first place and the new spelling', () => {
  const headers = sample()
  headers.set('X-FOO', 'new')
  headers.set('X-Bar', 1)
  assert.deepEqual(
    [...headers],
    [
      ['Content-Type', 'text/plain'],
      ['X-FOO', 'new'],
      ['X-Bar', '1'],
    ],
  )
})

test('update replaces, extend adds', () => {
  const headers = new Headers({ A: '1' })
  headers.extend({ a: ['2', '3'] })
  assert.deepEqual(headers.getAll('a'), ['1', '2', '3'])
  headers.update({ A: '4', B: ['5', '6'] })
  assert.deepEqual(
    [...headers],
    [
      ['A', '4'],
      ['B', '5'],
      ['B', '6'],
    ],
  )
  headers.update(new Headers({ B: '7' }))
  assert.deepEqual(headers.getAll('b'), ['7'])
})

test('line breaks are refused everywhere', () => {
  const headers = sample()
  assert.throws(() => headers.add('X', 'a\r\nSet-Cookie: b'), HeaderValueError)
  assert.throws(() => headers.set('X', 'a\n'), HeaderValueError)
  assert.throws(() => headers.setAt(0, ['X', '\r']), HeaderValueError)
  assert.throws(() => headers.add('X', 'a', { b: '\n' }), HeaderValueError)
  assert.throws(() => new Headers({ X: 'a\nb' }), HeaderValueError)
})

test('options are written behind the value', () => {
  const headers = new Headers()
  headers.add('Content-Disposition', 'attachment', { filename: 'a b.txt', foo_bar: 1, none: null })
  assert.equal(headers.get('content-disposition'), 'attachment; filename="a b.txt"; foo-bar=1')
})

test('fields are reached and removed by position', () => {
  const headers = sample()
  assert.deepEqual(headers.at(-1), ['x-foo', 'baz'])
  assert.deepEqual(headers.pop(0), ['Content-Type', 'text/plain'])
  assert.deepEqual(headers.pop(), ['x-foo', 'baz'])
  headers.deleteAt(0)
  assert.equal(headers.size, 0)
  assert.throws(() => headers.popitem(), MissingKey)
})

test('pop removes all values of a field and returns the first', () => {
  const headers = sample()
  assert.equal(headers.pop('x-FOO'), 'bar')
  assert.ok(!headers.has('x-foo'))
  assert.equal(headers.pop('x-foo', { default: undefined }), undefined)
})

test('equality ignores order and the case of names', () => {
  assert.ok(new Headers({ A: '1', B: '2' }).equals(new Headers({ b: '2', a: '1' })))
  assert.ok(!new Headers({ A: '1' }).equals(new Headers({ A: '2' })))
})

test('adopted pairs are not copied', () => {
  const pairs: [string, string][] = [['A', '1']]
  assert.equal(Headers.adopt(pairs).toWsgiList(), pairs)
})

test('they print as they are sent', () => {
  assert.equal(String(new Headers({ A: '1', B: '2' })), 'A: 1\r\nB: 2\r\n\r\n')
})

function received(pairs: readonly (readonly [string, string])[]): RequestHeaders {
  const all = (name: string): string[] =>
    pairs.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return {
    get: (name) => all(name).join(', ') || undefined,
    has: (name) => all(name).length > 0,
    getAll: all,
    [Symbol.iterator]: () => pairs[Symbol.iterator](),
  }
}

test('the headers of a request are a view that cannot be changed', () => {
  const source = received([
    ['Host', 'h.test'],
    ['Accept', 'a'],
    ['accept', 'b'],
  ])
  const headers = new EnvironHeaders(source)
  assert.equal(headers.get('ACCEPT'), 'a, b')
  assert.deepEqual(headers.getAll('accept'), ['a', 'b'])
  assert.equal(headers.size, 3)
  assert.ok(headers.equals(new EnvironHeaders(source)))
  assert.throws(() => (headers as Headers).set('X', '1'), ImmutableError)
  assert.throws(() => (headers as Headers).extend({ X: '1' }), ImmutableError)
  const copy = headers.copy()
  copy.set('Host', 'other')
  assert.equal(headers.get('host'), 'h.test')
})
