import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { Kwargs } from '../../src/python/call.ts'
import { dictFrom } from '../../src/python/dict.ts'
import { bindMethod, methodNamed } from '../../src/python/methods.ts'
import { repr } from '../../src/python/print.ts'
import { tuple } from '../../src/python/tuple.ts'

function call(value: unknown, name: string, ...args: unknown[]): unknown {
  const method = methodNamed(value, name)
  assert.ok(method, `${name} is a method`)
  return bindMethod(method, value)(...args)
}

function shows(value: unknown, name: string, args: unknown[], expected: string): void {
  assert.equal(repr(call(value, name, ...args)), expected)
}

test('text has its methods, in code points', () => {
  shows('a😀b', 'find', ['b'], '2')
  shows('a,b,c', 'split', [',', new Kwargs({ maxsplit: 1 })], "['a', 'b,c']")
  shows('Ab', 'swapcase', [], "'aB'")
  shows('aXbX', 'replace', ['X', '-', 1], "'a-bX'")
  shows('abc', 'startswith', [tuple('x', 'ab')], 'True')
  shows('-', 'join', [['a', new Markup('b')]], "'a-b'")
  shows('{}-{a}', 'format', [1, new Kwargs({ a: 2 })], "'1-2'")
  shows('{a}', 'format_map', [{ a: 1 }], "'1'")
  shows('a.b', 'partition', ['.'], "('a', '.', 'b')")
  shows('é', 'encode', [], "b'\\xc3\\xa9'")
  shows(
    'abc',
    'translate',
    [
      dictFrom([
        [97, 'X'],
        [98, null],
      ]),
    ],
    "'Xc'",
  )
})

test('methods check their arguments as Python does', () => {
  assert.throws(() => call('a', 'center'), /center\(\) missing 1 required positional argument: 'width'/)
  assert.throws(() => call('a', 'upper', 1), /takes 0 positional arguments but 1 was given/)
  assert.throws(() => call('a', 'center', 3, 'xy'), /exactly one character/)
  assert.throws(() => call('a', 'split', ''), /empty separator/)
  assert.throws(() => call('a', 'join', [1]), /sequence item 0: expected str instance, int found/)
  assert.throws(() => call('a', 'index', 'x'), /substring not found/)
  assert.throws(() => call('a', 'replace', new Kwargs({ old: 'a', new: 'b' })), TypeError)
})

test('methods of markup give markup and escape', () => {
  shows(new Markup('<b>'), 'upper', [], "Markup('<B>')")
  shows(new Markup('a'), 'join', [['<', new Markup('<')]], "Markup('&lt;a<')")
  shows(new Markup('a b'), 'split', [], "[Markup('a'), Markup('b')]")
  shows(new Markup('x'), 'replace', ['x', '<'], "Markup('&lt;')")
  shows(new Markup('{}'), 'format', ['<'], "Markup('&lt;')")
  shows(new Markup('<b>x</b>'), 'striptags', [], "'x'")
  assert.throws(() => call(new Markup('a'), 'center', 5, '<'), /exactly one character/)
})

test('lists change in place', () => {
  const list: unknown[] = [3, 1]
  call(list, 'append', 2)
  call(list, 'extend', list)
  call(list, 'sort', new Kwargs({ reverse: true }))
  assert.deepEqual(list, [3, 3, 2, 2, 1, 1])
  assert.equal(call(list, 'pop'), 1)
  assert.equal(call(list, 'index', 2), 2)
  assert.throws(() => call([], 'pop'), /pop from empty list/)
  assert.throws(() => call([1], 'remove', 2), /x not in list/)
})

test('both kinds of dict have the same methods', () => {
  for (const dict of [{ a: 1 } as Record<string, unknown>, dictFrom([['a', 1]])]) {
    shows(dict, 'get', ['a'], '1')
    shows(dict, 'get', ['x', 5], '5')
    shows(dict, 'items', [], "dict_items([('a', 1)])")
    shows(dict, 'setdefault', ['b', 2], '2')
    call(dict, 'update', new Kwargs({ c: 3 }))
    shows(dict, 'keys', [], "dict_keys(['a', 'b', 'c'])")
    shows(dict, 'popitem', [], "('c', 3)")
    assert.throws(() => call(dict, 'pop', 'x'), /'x'/)
    assert.throws(() => call(dict, 'get', []), /unhashable type: 'list'/)
  }
})

test('what JavaScript objects inherit is no method and no key', () => {
  for (const name of [
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'push',
    'map',
    'forEach',
    'at',
  ]) {
    for (const value of ['a', 1, [], {}, new Map(), tuple(), new Markup('a')]) {
      assert.equal(methodNamed(value, name), undefined)
    }
  }
  const dict: Record<string, unknown> = {}
  call(dict, 'update', { ['__proto__']: { polluted: true } })
  call(dict, 'setdefault', '__proto__', { polluted: true })
  assert.equal((dict as { polluted?: unknown }).polluted, undefined)
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
})
