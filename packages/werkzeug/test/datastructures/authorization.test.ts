import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Authorization, WWWAuthenticate } from '@flask-ts/werkzeug/datastructures'

test('basic credentials are decoded', () => {
  const auth = Authorization.fromHeader(`Basic ${Buffer.from('ann:p:w').toString('base64')}`)
  assert.equal(auth?.type, 'basic')
  assert.equal(auth?.username, 'ann')
  assert.equal(auth?.password, 'p:w')
  assert.equal(auth?.toHeader(), 'Basic YW5uOnA6dw==')
})

test('credentials that cannot be decoded are none', () => {
  for (const header of ['Basic x', 'Basic /w==', 'Basic é', ''])
    assert.equal(Authorization.fromHeader(header), undefined)
})

test('other schemes have a token or parameters', () => {
  assert.equal(Authorization.fromHeader('Bearer abc==')?.token, 'abc==')
  const digest = Authorization.fromHeader('Digest username="a b", nc=1')
  assert.equal(digest?.get('username'), 'a b')
  assert.equal(digest?.get('qop', { default: 'none' }), 'none')
  assert.ok(digest?.equals(new Authorization('digest', { username: 'a b', nc: '1' })))
})

test('a challenge tells when it changes', () => {
  let header = ''
  const challenge = new WWWAuthenticate('Basic', { realm: 'x y' })
  challenge.onUpdate = (value) => {
    header = value.toHeader()
  }
  challenge.set('charset', 'UTF-8')
  assert.equal(header, 'Basic realm="x y", charset=UTF-8')
  challenge.realm = null
  assert.equal(header, 'Basic charset=UTF-8')
  challenge.parameters.set('a', 'b')
  assert.equal(header, 'Basic charset=UTF-8, a=b')
  challenge.token = 'tok'
  assert.equal(header, 'Basic tok')
})

test('the parameters of digest are quoted as its RFC wants', () => {
  const challenge = new WWWAuthenticate('digest', { realm: 'r', nonce: 'n', qop: 'auth', algorithm: 'MD5' })
  assert.equal(challenge.toHeader(), 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5')
})
