import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { HMACAlgorithm } from '@flask-ts/itsdangerous'

test('signatures are those of createHmac for short and long keys and every kind of hash', () => {
  for (const digest of ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'md5']) {
    const algorithm = new HMACAlgorithm(digest)
    for (const size of [0, 1, 63, 64, 65, 127, 128, 129, 300]) {
      const key = Buffer.alloc(size, 'k')
      for (const value of ['', 'x', 'a value of some length'.repeat(20)]) {
        const expected = createHmac(digest, key).update(value).digest('hex')
        assert.equal(
          algorithm.getSignature(key, Buffer.from(value)).toString('hex'),
          expected,
          `${digest} ${size}`,
        )
      }
    }
  }
})
