import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('the code of the documentation compiles and runs, and its links lead somewhere', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/docs/check.ts'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  })
  assert.equal(status, 0, stdout + stderr)
})
