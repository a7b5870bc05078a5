import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkPasswordHash,
  checkPasswordHashAsync,
  generatePasswordHash,
  generatePasswordHashAsync,
  InvalidHashMethod,
  InvalidSaltLength,
} from '@flask-ts/werkzeug/security'

test("Werkzeug's hashes are read", () => {
  const hash =
    'pbkdf2:sha256:1000$GTd7FguoV8FWnFbB$72eb3f9f8c56f5629ae89605d1df3ae99a66f60a0d6f95357d13b397126f322a'
  assert.ok(checkPasswordHash(hash, 'secret'))
  assert.ok(!checkPasswordHash(hash, 'Secret'))
})

test('hashes of either method fit their password only', () => {
  for (const method of ['scrypt:1024:8:1', 'pbkdf2:sha1:10']) {
    const hash = generatePasswordHash('pässword', method)
    assert.ok(hash.startsWith(`${method}$`))
    assert.ok(checkPasswordHash(hash, 'pässword'))
    assert.ok(!checkPasswordHash(hash, 'password'))
  }
})

test('the default is scrypt with its parameters written out', async () => {
  const hash = await generatePasswordHashAsync('x')
  assert.match(hash, /^scrypt:32768:8:1\$[\w-]{22}\$[0-9a-f]{128}$/)
  assert.ok(await checkPasswordHashAsync(hash, 'x'))
  assert.ok(!(await checkPasswordHashAsync(hash, 'y')))
})

test('hashing can leave the event loop free', async () => {
  const hash = generatePasswordHash('x', 'pbkdf2:sha256:50000')
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await Promise.all(Array.from({ length: 4 }, () => checkPasswordHashAsync(hash, 'x')))
  clearInterval(timer)
  assert.ok(turns > 0)
})

test('unknown methods and impossible parameters are errors', async () => {
  for (const method of ['md5', 'scrypt:1000:8:1', 'scrypt:1', 'pbkdf2:nohash:1', 'pbkdf2:sha256:0']) {
    assert.throws(() => generatePasswordHash('x', method), InvalidHashMethod, method)
    await assert.rejects(checkPasswordHashAsync(`${method}$a$b`, 'x'), InvalidHashMethod, method)
  }
  assert.throws(() => generatePasswordHash('x', 'scrypt', 0), InvalidSaltLength)
})

test('what is no hash fits no password', () => {
  assert.ok(!checkPasswordHash('secret', 'secret'))
  assert.ok(!checkPasswordHash('a$b', 'a$b'))
})
