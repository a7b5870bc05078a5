import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase64 } from '../../src/http/base64.ts'

const decoded = (text: string): string | undefined => {
  const bytes = decodeBase64(text)
  return bytes === undefined ? undefined : Buffer.from(bytes).toString()
}

test('foreign characters are skipped, and what follows the padding', () => {
  assert.equal(decoded('dX\nNl cg=='), 'user')
  assert.equal(decoded('dXNlcg==garbage'), 'user')
})

test('missing padding is an error', () => {
  assert.equal(decoded('dXNlcg'), undefined)
  assert.equal(decoded('dXNlcg='), undefined)
})
