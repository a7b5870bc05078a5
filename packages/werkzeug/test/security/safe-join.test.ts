import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeJoin } from '@flask-ts/werkzeug/security'

test('paths inside the folder are joined', () => {
  assert.equal(safeJoin('/srv', 'a/../b', 'c.txt'), '/srv/b/c.txt')
  assert.equal(safeJoin('', 'a'), './a')
  assert.equal(safeJoin('/srv', '', 'a/'), '/srv/a')
})

test('paths that lead out are refused', () => {
  for (const path of ['..', '../a', 'a/../../b', '/etc/passwd', '//etc']) {
    assert.equal(safeJoin('/srv', path), undefined, path)
  }
})
