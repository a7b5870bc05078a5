import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { tuple } from '../../src/python/tuple.ts'
import { TESTS } from '../../src/tests/registry.ts'
import { StrictUndefined } from '../../src/undefined/strict.ts'
import { Undefined } from '../../src/undefined/undefined.ts'
import { makeFilters } from '../filters/host.ts'

const { test: is } = makeFilters()

test('there are all of Jinja', () => {
  assert.equal(Object.keys(TESTS).length, 39)
})

test('values are told apart by type', () => {
  const rows: [name: string, yes: unknown[], no: unknown[]][] = [
    ['string', ['a', new Markup('a')], [1, null]],
    ['number', [1, 1.5, true, 1n], ['1', null]],
    ['integer', [1, -3], [1.5, true, '1']],
    ['float', [1.5], [1, true]],
    ['boolean', [true, false], [1, null]],
    ['true', [true], [1]],
    ['false', [false], [0]],
    ['none', [null], [0, new Undefined()]],
    ['mapping', [{}, new Map()], [[], 'a']],
    ['sequence', ['a', [], {}, tuple(), new Undefined()], [1, null, new Set(), new StrictUndefined()]],
    ['iterable', ['a', [], {}, new Set(), new Undefined()], [1, null, true]],
    ['callable', [() => 1], [1, 'a']],
    ['escaped', [new Markup('a')], ['a', 1]],
    ['defined', [0, null, ''], [new Undefined()]],
    ['undefined', [new StrictUndefined()], [null]],
    ['lower', ['ab'], ['Ab', '1']],
    ['upper', ['AB'], ['Ab', '']],
    ['odd', [1, -1], [2]],
    ['even', [2, 0], [3]],
    ['filter', ['upper'], ['nothing', 'constructor', 1]],
    ['test', ['odd'], ['toString']],
  ]
  for (const [name, yes, no] of rows) {
    for (const value of yes) assert.equal(is(name, value), true, name)
    for (const value of no) assert.equal(is(name, value), false, name)
  }
})

test('values are compared', () => {
  assert.equal(is('divisibleby', 6, 3), true)
  assert.equal(is('sameas', null, null), true)
  assert.equal(is('sameas', [], []), false)
  assert.equal(is('in', 'a', ['a']), true)
  for (const name of ['eq', '==', 'equalto', 'ge', '>=', 'le', '<=']) assert.equal(is(name, 1, true), true)
  for (const name of ['ne', '!=', 'gt', '>', 'greaterthan', 'lt', '<', 'lessthan']) {
    assert.equal(is(name, 1, 1), false)
  }
  assert.throws(() => is('lt', 1, 'a'), TypeError)
})
