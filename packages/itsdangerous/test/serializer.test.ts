import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import {
  BadPayload,
  BadSignature,
  BadTimeSignature,
  Serializer,
  SignatureExpired,
  Signer,
  TimedSerializer,
  TimestampSigner,
  URLSafeSerializer,
  URLSafeTimedSerializer,
} from '@flask-ts/itsdangerous'

test('every serializer gives back what it was given', () => {
  const value = { text: 'Größe 😀', list: [1, 2.5, null, true], deep: { empty: {} } }
  const options = { salt: 'here' }
  for (const serializer of [
    new Serializer('secret', options),
    new TimedSerializer('secret', options),
    new URLSafeSerializer('secret', options),
    new URLSafeTimedSerializer('secret', options),
  ]) {
    assert.deepEqual(serializer.loads(serializer.dumps(value)), value)
    assert.throws(() => serializer.loads(serializer.dumps(value), { salt: 'there' }), BadSignature)
  }
})

test('a long payload is deflated in a URL-safe serializer', () => {
  const serializer = new URLSafeSerializer('secret')
  const signed = serializer.dumps('a'.repeat(1000))
  assert.equal(signed[0], '.')
  assert.ok(signed.length < 100)
  assert.equal(serializer.loads(signed), 'a'.repeat(1000))
})

test('a good signature over a broken payload is a BadPayload with its cause', () => {
  const signed = new Signer('secret', { salt: 'itsdangerous' }).sign('{not json')
  assert.throws(
    () => new Serializer('secret').loads(signed),
    (error: unknown) => error instanceof BadPayload && error.cause instanceof SyntaxError,
  )
})

test('fallback signers are tried in turn and loadsUnsafe tells what was inside', () => {
  const signed = new Serializer('secret', { signerOptions: { digestMethod: 'sha512' } }).dumps([1])
  assert.throws(() => new Serializer('secret').loads(signed), BadSignature)
  const patient = new Serializer('secret', { fallbackSigners: [{ digestMethod: 'sha512' }] })
  assert.deepEqual(patient.loads(signed), [1])
  assert.deepEqual(new Serializer('secret').loadsUnsafe(signed), [false, [1]])
  assert.deepEqual(patient.loadsUnsafe(signed), [true, [1]])
})

test('ages are measured in seconds, and the limit itself is still good', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 })
  const serializer = new URLSafeTimedSerializer('secret')
  const signed = serializer.dumps('x')
  context.mock.timers.tick(10_000)
  assert.equal(serializer.loads(signed, { maxAge: 10 }), 'x')
  assert.throws(
    () => serializer.loads(signed, { maxAge: 9 }),
    (error: unknown) =>
      error instanceof SignatureExpired && error.dateSigned?.getTime() === 1_700_000_000_000,
  )
  assert.deepEqual(serializer.loads(signed, { returnTimestamp: true }), ['x', new Date(1_700_000_000_000)])
  mock.timers.reset()
})

test('a value from the future is refused only where there is a limit', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1_000_000 })
  const signer = new TimestampSigner('secret')
  const signed = signer.sign('x')
  context.mock.timers.setTime(0)
  assert.equal(signer.unsign(signed), 'x')
  assert.throws(() => signer.unsign(signed, { maxAge: 60 }), SignatureExpired)
})

test('a changed timestamp is a BadTimeSignature with the date that it claims', () => {
  const signed = new TimestampSigner('secret').sign('x')
  const [value, , signature] = signed.split('.')
  assert.throws(
    () => new TimestampSigner('secret').unsign(`${value}.ZVPxAA.${signature}`),
    (error: unknown) =>
      error instanceof BadTimeSignature && error.dateSigned?.toISOString() === '2023-11-14T22:13:20.000Z',
  )
})
