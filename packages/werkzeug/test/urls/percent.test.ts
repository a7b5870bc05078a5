import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decodeUtf8Quoting,
  latin1ToUtf8,
  quote,
  unquote,
  unquoteKeeping,
  unquoteToBytes,
} from '../../src/urls/percent.ts'

test('text is quoted as UTF-8, safe characters stay', () => {
  assert.equal(quote('a/é %'), 'a/%C3%A9%20%25')
  assert.equal(quote('a/b', ''), 'a%2Fb')
  assert.equal(quote(Uint8Array.of(0x41, 0xff)), 'A%FF')
})

test('invalid bytes become replacement characters, malformed escapes stay', () => {
  assert.equal(unquote('%C3%A9%zz%'), 'é%zz%')
  assert.equal(unquote('a%FFb'), 'a\ufffdb')
})

test('invalid bytes can also be kept as escapes', () => {
  assert.equal(unquoteKeeping('%e9%C3%A9'), '%E9é')
  assert.equal(unquoteKeeping('%F0%9F%98'), '%F0%9F%98')
  assert.equal(unquoteKeeping('%ED%A0%80'), '%ED%A0%80')
  assert.equal(decodeUtf8Quoting(Uint8Array.of(0xc0, 0x80, 0x41)), '%C0%80A')
})

test('escapes can be resolved into bytes', () => {
  assert.deepEqual([...unquoteToBytes('a%00é')], [0x61, 0, 0xc3, 0xa9])
})

test('Latin-1 text is read as UTF-8 where it is', () => {
  assert.equal(latin1ToUtf8('Ã©'), 'é')
  assert.equal(latin1ToUtf8('é'), undefined)
  assert.equal(latin1ToUtf8('€'), '€')
})
