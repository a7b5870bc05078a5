import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { DictView, dictFrom, dictKeys } from '../../src/python/dict.ts'
import { print, repr } from '../../src/python/print.ts'
import { Range } from '../../src/python/range.ts'
import { tuple } from '../../src/python/tuple.ts'
import { Undefined } from '../../src/undefined/undefined.ts'

test('values print as in Python', () => {
  const cases: [unknown, string][] = [
    [null, 'None'],
    [undefined, 'None'],
    [true, 'True'],
    [1.5, '1.5'],
    [0.00001, '1e-05'],
    [Number.NaN, 'nan'],
    [123n, '123'],
    ['text', 'text'],
    [['a', 1, null], "['a', 1, None]"],
    [{ k: 1, l: [true] }, "{'k': 1, 'l': [True]}"],
    [
      dictFrom([
        [1, 'a'],
        [tuple(1), 2],
      ]),
      "{1: 'a', (1,): 2}",
    ],
    [tuple(1), '(1,)'],
    [tuple(), '()'],
    [tuple('a', 2), "('a', 2)"],
    [new Set([1, 'a']), "{1, 'a'}"],
    [new Set(), 'set()'],
    [new Range(0, 5, 1), 'range(0, 5)'],
    [new Range(5, 0, -2), 'range(5, 0, -2)'],
    [new Markup('<b>'), '<b>'],
    [[new Markup('<b>')], "[Markup('<b>')]"],
    [[new Undefined()], '[Undefined]'],
    [new DictView('keys', { a: 1 }, dictKeys), "dict_keys(['a'])"],
    [new Uint8Array([97, 39, 10, 200]), `b"a'\\n\\xc8"`],
    [new Error('sorry'), 'sorry'],
    [new Date(Date.UTC(2024, 0, 2)), '2024-01-02 00:00:00+00:00'],
  ]
  for (const [value, expected] of cases) assert.equal(print(value), expected)
})

test('quotes and escapes in containers follow repr', () => {
  assert.equal(repr("it's"), '"it\'s"')
  assert.equal(repr(`it's "x"`), `'it\\'s "x"'`)
  assert.equal(repr('a\nb\t\\\x1b\u200b\u00a0é😀\u{e0001}'), "'a\\nb\\t\\\\\\x1b\\u200b\\xa0é😀\\U000e0001'")
})

test('a container in itself is printed once', () => {
  const list: unknown[] = [1]
  list.push(list)
  assert.equal(repr(list), '[1, [...]]')
  const dict: Record<string, unknown> = {}
  dict.self = dict
  assert.equal(repr(dict), "{'self': {...}}")
})

test('objects of the host print by their own toString or by their class', () => {
  class Point {
    x = 1
  }
  class Named {
    toString(): string {
      return 'a name'
    }
  }
  assert.equal(print(new Point()), '<Point object>')
  assert.equal(print(new Named()), 'a name')
})
