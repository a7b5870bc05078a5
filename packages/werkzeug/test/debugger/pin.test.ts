import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { makePin, pinLines } from '../../src/debugger/pin.ts'

const { WERKZEUG_DEBUG_PIN } = process.env
afterEach(() => {
  if (WERKZEUG_DEBUG_PIN === undefined) delete process.env.WERKZEUG_DEBUG_PIN
  else process.env.WERKZEUG_DEBUG_PIN = WERKZEUG_DEBUG_PIN
})

test('a PIN is nine random digits in groups', () => {
  delete process.env.WERKZEUG_DEBUG_PIN
  assert.match(makePin()!, /^\d{3}-\d{3}-\d{3}$/)
  assert.notEqual(makePin(), makePin())
})

test('WERKZEUG_DEBUG_PIN sets the PIN, or turns it off', () => {
  process.env.WERKZEUG_DEBUG_PIN = '1234-5'
  assert.equal(makePin(), '1234-5')
  process.env.WERKZEUG_DEBUG_PIN = '12345678'
  assert.equal(makePin(), '1234-5678')
  process.env.WERKZEUG_DEBUG_PIN = 'off'
  assert.equal(makePin(), null)
  assert.deepEqual(pinLines(null), [
    ' * Debugger is active!',
    ' * Debugger PIN disabled. DEBUGGER UNSECURED!',
  ])
  assert.deepEqual(pinLines('1-2'), [' * Debugger is active!', ' * Debugger PIN: 1-2'])
})
