import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Capture } from '../../src/debugger/capture.ts'

function failOften(): void {
  for (let count = 0; count < 200; count++) {
    try {
      throw new ReferenceError(`${count} is not there`)
    } catch {
      // Only the throwing matters.
    }
  }
}

test("the debugger's own look at variables does not use up what the program may throw", () => {
  const capture = Capture.start()!
  capture.quietly(failOften)
  assert.equal(capture.isArmed, true)
  failOften()
  assert.equal(capture.isArmed, false)
})
