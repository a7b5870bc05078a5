import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callFunction, Kwargs } from '../../src/python/call.ts'
import { defineFilter, defineFunction, passContext, passedArgument } from '../../src/python/signature.ts'

const all = defineFunction('f(a, b?, *args, c?, **kwargs)', (...given: unknown[]) => given)
const plain = defineFunction('g(a, b?)', (...given: unknown[]) => given)

test('arguments are bound by position and by name', () => {
  assert.deepEqual(plain(1), [1])
  assert.deepEqual(plain(1, new Kwargs({ b: 2 })), [1, 2])
  assert.deepEqual(plain(new Kwargs({ b: 2, a: 1 })), [1, 2])
  assert.deepEqual(all(1, 2, 3, 4, new Kwargs({ c: 5, d: 6 })), [1, 2, [3, 4], 5, { d: 6 }])
})

test('calls that do not fit throw what Python throws', () => {
  assert.throws(() => plain(), /g\(\) missing 1 required positional argument: 'a'/)
  assert.throws(() => plain(1, 2, 3), /g\(\) takes from 1 to 2 positional arguments but 3 were given/)
  assert.throws(() => plain(1, new Kwargs({ a: 2 })), /g\(\) got multiple values for argument 'a'/)
  assert.throws(() => plain(1, new Kwargs({ x: 2 })), /g\(\) got an unexpected keyword argument 'x'/)
})

test('functions of the host get named arguments as an object', () => {
  const host = (...given: unknown[]): unknown => given
  assert.deepEqual(callFunction(host, undefined, [1, new Kwargs({ a: 2 })]), [1, { a: 2 }])
  assert.deepEqual(callFunction(plain, undefined, [1, new Kwargs({ b: 2 })]), [1, 2])
})

test('what is passed first is known and not in the signature', () => {
  const filter = defineFilter('h(value, x?)', (...given: unknown[]) => given, { pass: 'environment' })
  assert.equal(passedArgument(filter), 'environment')
  assert.deepEqual(filter('env', 'value', new Kwargs({ x: 1 })), ['env', 'value', 1])
  assert.equal(passedArgument(passContext(() => 1)), 'context')
  assert.equal(passedArgument(1), undefined)
})
