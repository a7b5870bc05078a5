import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secureFilename } from '@flask-ts/werkzeug/security'

test('names become plain file names', () => {
  assert.equal(secureFilename('My cool movie.mov'), 'My_cool_movie.mov')
  assert.equal(secureFilename('../../../etc/passwd'), 'etc_passwd')
  assert.equal(secureFilename('ümläüts.txt'), 'umlauts.txt')
  assert.equal(secureFilename('.hidden_'), 'hidden')
  assert.equal(secureFilename('日本'), '')
})
