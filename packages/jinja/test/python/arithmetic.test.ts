import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { OverflowError, UndefinedError, ZeroDivisionError } from '../../src/errors.ts'
import { add, div, floordiv, mod, mul, neg, pow, sub } from '../../src/python/arithmetic.ts'
import { tuple } from '../../src/python/tuple.ts'
import { Undefined } from '../../src/undefined/undefined.ts'

test('division floors and takes the sign of the divisor', () => {
  assert.equal(floordiv(-7, 2), -4)
  assert.equal(mod(-7, 3), 2)
  assert.equal(mod(7, -3), -2)
  assert.equal(floordiv(0.5, 0.1), 4)
  assert.throws(() => div(1, 0), ZeroDivisionError)
  assert.throws(() => mod(1, 0), ZeroDivisionError)
})

test('booleans and big integers are numbers', () => {
  assert.equal(add(true, true), 2)
  assert.equal(neg(true), -1)
  assert.equal(add(2n ** 60n, 1), 2n ** 60n + 1n)
  assert.equal(floordiv(-(2n ** 60n), 2n ** 60n), -1)
  assert.throws(() => pow(10, 400), OverflowError)
})

test('texts, lists and tuples are joined and repeated', () => {
  assert.deepEqual(add([1], [2]), [1, 2])
  assert.deepEqual(mul([1], 2), [1, 1])
  assert.equal(mul('ab', -1), '')
  assert.ok(Array.isArray(mul(2, tuple(1))))
  assert.throws(() => add('a', 1), /can only concatenate str \(not "int"\) to str/)
  assert.throws(() => add(1, 'a'), /unsupported operand type\(s\) for \+: 'int' and 'str'/)
  assert.throws(() => mul('a', 1.5), /can't multiply sequence by non-int of type 'float'/)
  assert.throws(() => add([1], tuple(1)), TypeError)
  assert.throws(() => sub('a', 'b'), TypeError)
})

test('markup on either side escapes the other', () => {
  assert.equal(String(add(new Markup('<b>'), '<')), '<b>&lt;')
  assert.equal(String(add('<', new Markup('<b>'))), '&lt;<b>')
  assert.equal(String(mod(new Markup('<i>%s</i>'), '<')), '<i>&lt;</i>')
  assert.equal(mod('%s', new Markup('<b>')), '<b>')
})

test('an undefined operand throws its own error', () => {
  const missing = new Undefined(null, undefined, 'x')
  for (const operation of [add, sub, mul, div, floordiv, pow]) {
    assert.throws(() => operation(1, missing), UndefinedError)
    assert.throws(() => operation(missing, 'a'), UndefinedError)
  }
  assert.equal(mod('%s', missing), '')
})
