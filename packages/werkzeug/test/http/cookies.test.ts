import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpCookie, InvalidSameSite, parseCookie } from '@flask-ts/werkzeug/http'

const pairs = (header: string): [string, string][] => [...parseCookie(header).items({ multi: true })]

test('cookies are split, repeated ones are all there', () => {
  assert.deepEqual(pairs('a=b; c=d;a=e'), [
    ['a', 'b'],
    ['a', 'e'],
    ['c', 'd'],
  ])
})

test('a cookie without = is empty, one without a name is dropped', () => {
  assert.deepEqual(pairs('a; =b; c='), [
    ['a', ''],
    ['c', ''],
  ])
})

test('only fully quoted values are unescaped', () => {
  assert.deepEqual(pairs('a="x\\073y;z"; b="x"y'), [
    ['a', 'x;y;z'],
    ['b', '"x"y'],
  ])
})

test('header bytes are UTF-8', () => {
  assert.deepEqual(pairs(Buffer.from('a=é').toString('latin1')), [['a', 'é']])
})

test('a long header without an end of quotes takes no more than linear time', () => {
  const started = performance.now()
  pairs(`a="${'\\"'.repeat(50_000)}`)
  pairs(`a=x${' '.repeat(100_000)}y`)
  assert.ok(performance.now() - started < 1000)
})

test('what is written is read again', () => {
  for (const value of ['plain', 'a b', 'a;b,c', '"quoted"', 'back\\slash', 'ünï', '']) {
    const [cookie = ''] = dumpCookie('k', value).split('; Path')
    assert.deepEqual(pairs(cookie), [['k', value]])
  }
})

test('attributes come in their order', () => {
  const header = dumpCookie('k', 'v', {
    domain: '.Example.com:80',
    maxAge: 60,
    syncExpires: false,
    secure: true,
    httponly: true,
    path: '/a b',
    samesite: 'lax',
    partitioned: true,
  })
  assert.equal(
    header,
    'k=v; Domain=Example.com; Max-Age=60; Secure; HttpOnly; Path=/a%20b; SameSite=Lax; Partitioned',
  )
})

test('a max age brings the date that follows from it', () => {
  assert.match(dumpCookie('k', 'v', { maxAge: 0, path: null }), /^k=v; Expires=\w{3}, .* GMT; Max-Age=0$/)
})

test('SameSite has three values', () => {
  assert.throws(() => dumpCookie('k', 'v', { samesite: 'sometimes' }), InvalidSameSite)
})
