import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kwargs } from '../../src/python/call.ts'
import { repr } from '../../src/python/print.ts'
import { isUndefined, Undefined } from '../../src/undefined/undefined.ts'
import { makeFilters } from './host.ts'

const { filter } = makeFilters()
const shown = (name: string, value: unknown, ...args: unknown[]): string =>
  repr(filter('list', filter(name, value, ...args)))

const PEOPLE = [
  { name: 'bob', age: 3 },
  { name: 'Al', age: 2 },
  { name: 'BOB', age: 1 },
]

test('ends of sequences', () => {
  assert.equal(filter('first', 'abc'), 'a')
  assert.equal(filter('last', [1, 2]), 2)
  assert.ok(isUndefined(filter('first', [])) && isUndefined(filter('last', new Undefined())))
  assert.throws(() => filter('last', new Set([1])), /not reversible/)
  assert.equal(filter('reverse', 'a😀'), '😀a')
  assert.equal(shown('reverse', [1, 2]), '[2, 1]')
  assert.throws(() => filter('reverse', 1), /argument must be iterable/)
})

test('sorting ignores case and takes attributes', () => {
  assert.equal(repr(filter('sort', ['b', 'A', 'a'])), "['A', 'a', 'b']")
  assert.equal(
    repr(filter('sort', ['b', 'A'], new Kwargs({ case_sensitive: true, reverse: true }))),
    "['b', 'A']",
  )
  assert.equal(
    shown(
      'map',
      filter('sort', PEOPLE, new Kwargs({ attribute: 'name,age' })),
      new Kwargs({ attribute: 'age' }),
    ),
    '[2, 1, 3]',
  )
  assert.throws(() => filter('sort', [1, 'a']), TypeError)
  assert.equal(repr(filter('min', ['b', 'A'])), "'A'")
  assert.equal(repr(filter('max', PEOPLE, new Kwargs({ attribute: 'age' }))), "{'name': 'bob', 'age': 3}")
  assert.equal(shown('unique', ['a', 'A', 'b']), "['a', 'b']")
  assert.equal(repr(filter('dictsort', { b: 1, A: 2 })), "[('A', 2), ('b', 1)]")
})

test('grouping shows the first spelling', () => {
  const groups = filter('groupby', PEOPLE, 'name') as unknown[][]
  assert.equal(
    repr(groups.map(([name, list]) => [name, (list as unknown[]).length])),
    "[['Al', 1], ['bob', 2]]",
  )
})

test('rows and columns', () => {
  assert.equal(shown('batch', [1, 2, 3], 2, '-'), "[[1, 2], [3, '-']]")
  assert.equal(shown('slice', [1, 2, 3, 4], 3, 0), '[[1, 2], [3, 0], [4, 0]]')
})

test('adding up corrects what rounding loses', () => {
  assert.equal(filter('sum', [0.1, 0.2, 0.3, 0.4]), 1)
  assert.equal(filter('sum', PEOPLE, 'age', 10), 16)
  assert.equal(repr(filter('sum', [[1], [2]], new Kwargs({ start: [] }))), '[1, 2]')
  assert.throws(() => filter('sum', ['a'], new Kwargs({ start: '' })), /can't sum strings/)
})

test('selecting is lazy and reads once', () => {
  assert.equal(shown('select', [1, 2, 3], 'odd'), '[1, 3]')
  assert.equal(shown('reject', [0, 1, '']), "[0, '']")
  assert.equal(
    shown('selectattr', PEOPLE, 'age', 'gt', 1),
    "[{'name': 'bob', 'age': 3}, {'name': 'Al', 'age': 2}]",
  )
  assert.equal(shown('rejectattr', PEOPLE, 'age'), '[]')
  assert.equal(shown('map', ['a'], 'upper'), "['A']")
  assert.equal(shown('map', [{}, { x: 1 }], new Kwargs({ attribute: 'x', default: 0 })), '[0, 1]')
  const lazy = filter('map', [1, 2, 3], 'string')
  assert.equal(filter('first', lazy), '1')
  assert.equal(repr(filter('list', lazy)), "['2', '3']")
  assert.throws(() => shown('map', [1]), /map requires a filter argument/)
  assert.throws(
    () => shown('map', [1], new Kwargs({ attribute: 'a', x: 1 })),
    /Unexpected keyword argument 'x'/,
  )
  assert.throws(() => shown('selectattr', [1]), /Missing parameter for attribute name/)
})

test('asynchronous lists and promises are awaited', async () => {
  const asynchronous = makeFilters({ isAsync: true })
  async function* numbers(): AsyncGenerator<number> {
    yield 2
    yield 1
  }
  const { filter: run } = asynchronous
  assert.deepEqual(await run('list', numbers()), [2, 1])
  assert.equal(await run('first', numbers()), 2)
  assert.deepEqual(await run('sort', numbers()), [1, 2])
  assert.equal(await run('join', run('map', numbers(), 'string'), '-'), '2-1')
  assert.deepEqual(await run('list', run('select', numbers(), 'odd')), [1])
  assert.equal(await run('sum', numbers()), 3)
})

test('numbers', () => {
  assert.equal(filter('round', 2.5), 2)
  assert.equal(filter('round', 2.675, 2), 2.67)
  assert.equal(filter('round', 125, -1), 120)
  assert.equal(filter('round', 42.1, 0, 'ceil'), 43)
  assert.throws(() => filter('round', 1, 0, 'up'), /method must be common, ceil or floor/)
  assert.equal(filter('int', '0x1f', 0, 16), 31)
  assert.equal(filter('int', '4.7'), 4)
  assert.equal(filter('int', 'x', 7), 7)
  assert.equal(filter('float', ' 1.5 '), 1.5)
  assert.equal(filter('abs', -1.5), 1.5)
  assert.equal(filter('filesizeformat', 1_000_000), '1.0 MB')
  assert.equal(filter('filesizeformat', 1024, true), '1.0 KiB')
  assert.equal(filter('filesizeformat', 1), '1 Byte')
})

test('defaults, entries and attributes', () => {
  assert.equal(filter('default', new Undefined(), 'x'), 'x')
  assert.equal(filter('default', '', 'x'), '')
  assert.equal(filter('default', '', 'x', true), 'x')
  assert.equal(shown('items', { a: 1 }), "[('a', 1)]")
  assert.equal(shown('items', new Undefined()), '[]')
  assert.ok(isUndefined(filter('attr', { a: 1 }, 'a')))
  assert.equal(typeof filter('attr', { a: 1 }, 'items'), 'function')
  assert.ok(isUndefined(filter('attr', {}, 'constructor')) && isUndefined(filter('attr', [], '__proto__')))
})
