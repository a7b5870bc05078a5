import assert from 'node:assert/strict'
import { test } from 'node:test'
import { URLSafeTimedSerializer } from '@flask-ts/itsdangerous'
import { Flask, session } from 'flask-ts'

/** A small generator of repeatable random numbers (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const app = new Flask('tampering')
app.secretKey = 'secret'
app.get('/', () => JSON.stringify(session.toDict()))
app.get('/set', () => {
  session.user = 'ada'
  session.text = 'some text that makes the session longer than a few bytes'
  return 'set'
})

async function ask(path: string, cookie: string): Promise<{ status: number; body: string; cookie: string }> {
  const answer = await app
    .testClient({ useCookies: false })
    .get(path, { headers: { Cookie: `session=${cookie}` } })
  const set = answer.headers.get('Set-Cookie') ?? ''
  return { status: answer.status, body: answer.text, cookie: set.split(';')[0]!.slice('session='.length) }
}

/** One change that no honest browser makes. */
function tamper(good: string, next: () => number): string {
  const at = Math.floor(next() * good.length)
  switch (Math.floor(next() * 6)) {
    case 0:
      return good.slice(0, at)
    case 1:
      return good.slice(0, at) + String.fromCharCode(33 + Math.floor(next() * 90)) + good.slice(at + 1)
    case 2:
      return good.slice(0, at) + String.fromCharCode(128 + Math.floor(next() * 128)) + good.slice(at)
    case 3:
      return good.repeat(1 + Math.floor(next() * 40))
    case 4:
      return new URLSafeTimedSerializer('another key', { salt: 'cookie-session' }).dumps({ user: 'eve' })
    default:
      return Array.from({ length: Math.floor(next() * 200) }, () =>
        String.fromCharCode(33 + Math.floor(next() * 222)),
      ).join('')
  }
}

test('five thousand tampered cookies are empty sessions, and never an error', async () => {
  const good = (await ask('/set', '')).cookie
  const { body: goodBody } = await ask('/', good)
  assert.match(goodBody, /"user":"ada"/)
  const next = random(4711)
  for (let i = 0; i < 5000; i++) {
    const cookie = tamper(good, next)
    const answer = await ask('/', cookie)
    assert.equal(answer.status, 200, `${i}: ${cookie}`)
    // A change of bits that base64 does not use leaves the same cookie.
    if (answer.body !== '{}') assert.equal(answer.body, goodBody, `${i}: ${cookie}`)
  }
})
