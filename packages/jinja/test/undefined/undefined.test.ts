import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { UndefinedError } from '../../src/errors.ts'
import { equal } from '../../src/python/compare.ts'
import { hashKey } from '../../src/python/hash.ts'
import { iterate, lengthOf } from '../../src/python/iterate.ts'
import { print } from '../../src/python/print.ts'
import { isTrue } from '../../src/python/truth.ts'
import {
  ChainableUndefined,
  DebugUndefined,
  makeLoggingUndefined,
  StrictUndefined,
  Undefined,
} from '../../src/undefined/index.ts'

test('messages name what was missing', () => {
  const message = (...parts: ConstructorParameters<typeof Undefined>): string =>
    new Undefined(...parts).undefinedMessage
  assert.equal(message(null, undefined, 'x'), "'x' is undefined")
  assert.equal(message(null, {}, 'x'), "'dict object' has no attribute 'x'")
  assert.equal(message(null, [1], 5), 'list object has no element 5')
  assert.equal(message(null, null, 'x'), "'None' has no attribute 'x'")
  assert.equal(message(null, new Markup('a'), 'x'), "'markupsafe.Markup object' has no attribute 'x'")
  assert.equal(message('a hint', {}, 'x'), 'a hint')
})

test('the default prints as nothing and is empty', () => {
  const value = new Undefined(null, undefined, 'x')
  assert.equal(print(value), '')
  assert.equal(`${value}`, '')
  assert.equal(isTrue(value), false)
  assert.equal(lengthOf(value), 0)
  assert.deepEqual([...iterate(value)], [])
  assert.throws(() => value.getAttribute('y'), UndefinedError)
  assert.throws(() => JSON.stringify(value), TypeError)
})

test('the chainable one goes on, the debugging one shows itself', () => {
  const chain = new ChainableUndefined(null, undefined, 'x')
  assert.equal(chain.getAttribute('y'), chain)
  assert.equal(chain.__html__(), '')
  assert.equal(print(new DebugUndefined(null, undefined, 'x')), '{{ x }}')
  assert.equal(print(new DebugUndefined(null, {}, 'x')), "{{ no such element: dict object['x'] }}")
  assert.equal(print(new DebugUndefined('hint')), '{{ undefined value printed: hint }}')
})

test('the strict one throws at every use', () => {
  const value = new StrictUndefined(null, undefined, 'x')
  const uses = [
    () => print(value),
    () => isTrue(value),
    () => lengthOf(value),
    () => [...iterate(value)],
    () => equal(value, 1),
    () => hashKey(value),
  ]
  for (const use of uses) assert.throws(use, /'x' is undefined/)
})

test('the logging one reports its use', () => {
  const lines: string[] = []
  const Logging = makeLoggingUndefined({
    warning: (line) => lines.push(line),
    error: (line) => lines.push(line),
  })
  const value = new Logging(null, undefined, 'x')
  print(value)
  isTrue(value)
  assert.throws(() => value.getAttribute('y'), UndefinedError)
  assert.deepEqual(lines, [
    "Template variable warning: 'x' is undefined",
    "Template variable warning: 'x' is undefined",
    "Template variable error: 'x' is undefined",
  ])
})
