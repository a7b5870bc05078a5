import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadSignature, HMACAlgorithm, NoneAlgorithm, Signer } from '@flask-ts/itsdangerous'

test('signs text as text and bytes as bytes', () => {
  const signer = new Signer('correct horse')
  assert.equal(signer.sign('hello'), 'hello._SgB_uZT8sebOXoeSb72HuDX7JU')
  const signed = signer.sign(new Uint8Array([255, 0]))
  assert.ok(signed instanceof Uint8Array)
  assert.deepEqual([...signer.unsign(signed)], [255, 0])
})

test('refuses a changed value and tells its payload, but no secret', () => {
  const signer = new Signer('a very secret key')
  assert.throws(
    () => signer.unsign('hellO._SgB_uZT8sebOXoeSb72HuDX7JU'),
    (error: unknown) => {
      assert.ok(error instanceof BadSignature)
      assert.equal(error.payload, 'hellO')
      assert.doesNotMatch(String(error.stack), /a very secret key/)
      return true
    },
  )
  assert.throws(() => signer.unsign('no signature here'), /No "\." found/)
})

test('verifies with every key and signs with the newest', () => {
  const old = new Signer('old').sign('value')
  const rotated = new Signer(['old', 'new'])
  assert.equal(rotated.unsign(old), 'value')
  assert.equal(rotated.sign('value'), new Signer('new').sign('value'))
  assert.equal(new Signer('new').validate(old), false)
})

test('refuses a separator that could be part of a signature', () => {
  for (const sep of ['', 'a', '-', '-_', '9-'])
    assert.throws(() => new Signer('k', { sep }), /cannot be used/)
  for (const sep of ['.', '!', 'a.'])
    assert.equal(new Signer('k', { sep }).unsign(new Signer('k', { sep }).sign('x')), 'x')
})

test('each key derivation gives a key of its own', () => {
  const derivations = ['concat', 'django-concat', 'hmac', 'none'] as const
  const signed = derivations.map((keyDerivation) => new Signer('k', { keyDerivation }).sign('x'))
  assert.equal(new Set(signed).size, 4)
})

test('an algorithm of its own replaces the HMAC of the digest', () => {
  assert.equal(new Signer('k', { algorithm: new NoneAlgorithm() }).sign('x'), 'x.')
  const sha256 = new Signer('k', { algorithm: new HMACAlgorithm('sha256') })
  assert.equal(sha256.getSignature('x').length, 43)
})
