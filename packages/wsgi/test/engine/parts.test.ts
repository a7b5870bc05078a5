import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChunkedDecoder } from '../../src/engine/chunked.ts'
import { httpDate } from '../../src/engine/date.ts'
import { BodyTooLarge, InvalidResponse, MalformedRequest, RequestRefused } from '../../src/engine/errors.ts'
import { connectionWish } from '../../src/engine/framing.ts'
import { headersFromPairs } from '../../src/engine/headers.ts'
import { Input } from '../../src/engine/input.ts'
import { resolveLimits } from '../../src/engine/limits.ts'
import { readProxyHeader } from '../../src/engine/proxy-protocol.ts'
import { type HeadPlan, responseHead, trailerSection } from '../../src/engine/response-head.ts'
import { isAuthority, isHostValue, trimBlanks } from '../../src/engine/syntax.ts'
import { proxyTrust } from '../../src/server/proxy-trust.ts'

test('Host values follow the grammar', () => {
  for (const good of [
    '',
    'h',
    'h:',
    'h:80',
    'a_b',
    'a%20b',
    '[::1]',
    '[::1]:80',
    '[v1.a:b]',
    "a!$&'()*+,;=b",
  ]) {
    assert.ok(isHostValue(good), good)
  }
  for (const bad of [
    'a b',
    'h/x',
    'h:80:90',
    'h:x',
    '::1]',
    '[::1]x',
    '[]',
    '[g::1]',
    '[:::]',
    'a%2',
    'é',
    'h@x',
  ]) {
    assert.ok(!isHostValue(bad), bad)
  }
  assert.ok(isAuthority('h:1'))
  for (const bad of ['h', 'h:', ':1', '/', 'h:x']) assert.ok(!isAuthority(bad), bad)
})

test('only spaces and tabs are trimmed', () => {
  assert.equal(trimBlanks(' \t a \t'), 'a')
  assert.equal(trimBlanks('\xa0a\v'), '\xa0a\v')
})

test('chunks are decoded wherever the input is cut, and refused where they are malformed', () => {
  const decode = (text: string, maxBodySize = Number.POSITIVE_INFINITY): [string, boolean] => {
    const decoder = new ChunkedDecoder(resolveLimits({ maxBodySize }))
    let body = ''
    for (const byte of Buffer.from(text, 'latin1')) {
      decoder.decode(Buffer.from([byte]), 0, 1, () => {
        body += String.fromCharCode(byte)
      })
    }
    return [body, decoder.done]
  }
  assert.deepEqual(decode('5\r\nhello\r\n00\r\n\r\n'), ['hello', true])
  assert.deepEqual(decode('a ; x = "q\\"" ;y\r\n0123456789\r\n0\r\nT: 1\r\n\r\n'), ['0123456789', true])
  assert.deepEqual(decode('5\r\nhel'), ['hel', false])
  const bad = [
    'g\r\n',
    '5\n',
    '5\r\r',
    '5;\r\n',
    '5 \r\n',
    '1\r\nab',
    '0\r\n X: 1\r\n',
    '0\r\nHost: h\r\n',
    '-1\r\n',
    '0x1\r\n',
  ]
  for (const text of bad) assert.throws(() => decode(text), MalformedRequest, text)
  assert.throws(() => decode('8000000000000000\r\n'), MalformedRequest)
  assert.throws(() => decode('6\r\n', 5), BodyTooLarge)
})

test('the Connection field decides in any order and case', () => {
  assert.equal(connectionWish(undefined, 1).keepAlive, true)
  assert.equal(connectionWish(undefined, 0).keepAlive, false)
  assert.equal(connectionWish('a,\tClose', 1).keepAlive, false)
  assert.equal(connectionWish('keep-alive, close', 0).keepAlive, false)
  assert.equal(connectionWish('foo, Keep-Alive', 0).keepAlive, true)
  assert.equal(connectionWish('closed', 1).keepAlive, true)
  assert.equal(connectionWish('keep-alive, Upgrade', 1).upgrade, true)
})

test('PROXY headers are told from requests at their first bytes', () => {
  const read = (text: string): ReturnType<typeof readProxyHeader> => {
    const bytes = Buffer.from(text, 'latin1')
    return readProxyHeader(bytes, 0, bytes.length)
  }
  assert.equal(read('P'), undefined)
  assert.equal(read('PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r'), undefined)
  assert.equal(read('POST / HTTP/1.1\r\n')?.size, 0)
  assert.equal(read('\r\n\r\n\0\r\nQUI'), undefined)
  assert.deepEqual(read('PROXY UNKNOWN\r\n'), { protocol: 'UNKNOWN', size: 15 })
  assert.throws(() => read(`PROXY TCP4 ${'1'.repeat(120)}`), RequestRefused)
  assert.throws(() => read('PROXY TCP4 1.2.3.4 5.6.7.8 01 2\r\n'), RequestRefused)
})

test('PROXY is believed from the networks that are named', () => {
  const trusted = proxyTrust(['10.0.0.0/8', '::1', '192.168.1.1'])
  assert.deepEqual(
    ['10.9.8.7', '11.0.0.1', '::1', '::2', '192.168.1.1', '::ffff:10.0.0.1', undefined].map(trusted),
    [true, false, true, false, true, true, true],
  )
  assert.throws(() => proxyTrust(['nonsense']))
})

test('a received piece is copied only to be joined, and bytes that were handed out never move', () => {
  const input = new Input()
  const first = Buffer.from('abc')
  input.append(first)
  assert.equal(input.bytes, first)
  input.at = 1
  input.append(Buffer.from('def'))
  assert.equal(input.bytes.toString('latin1', input.at, input.end), 'bcdef')
  const rest = input.takeRest()
  input.append(Buffer.from('xyz'))
  assert.equal(rest.toString(), 'bcdef')
})

test('fields given as pairs are looked up like those from the wire', () => {
  const headers = headersFromPairs([
    ['A', '1'],
    ['b', '2'],
    ['a', '3'],
  ])
  assert.equal(headers.get('a'), '1,3')
  assert.deepEqual(headers.getAll('a'), ['1', '3'])
  assert.deepEqual([...headers][1], ['b', '2'])
})

function plan(changes: Partial<HeadPlan> = {}): HeadPlan {
  return {
    size: 0,
    hasBody: true,
    isHead: false,
    minor: 1,
    keepAlive: true,
    server: '',
    framing: 'none',
    announced: -1,
    ...changes,
  }
}

test('a response head says what the plan asks for', () => {
  const response = {
    status: 404,
    headers: [
      ['Date', 'now'],
      ['Server', 'mine'],
      ['Keep-Alive', 'x'],
    ] as const,
    body: null,
  }
  assert.equal(
    responseHead(response, plan({ server: 'ours' })),
    'HTTP/1.1 404 Not Found\r\nDate: now\r\nServer: mine\r\nContent-Length: 0\r\n\r\n',
  )
  const upgrade = { status: 426, reason: 'Do', headers: [['Upgrade', 'x']] as const, body: null }
  assert.match(
    responseHead(upgrade, plan({ keepAlive: false })),
    /^HTTP\/1.1 426 Do\r\n[\s\S]*Connection: close, upgrade\r\n/,
  )
  assert.throws(() => responseHead({ ...response, reason: 'a\r\nb' }, plan()), InvalidResponse)
  assert.throws(() => responseHead({ ...response, status: 99 }, plan()), InvalidResponse)
  assert.throws(() => trailerSection([['Content-Length', '1']]), InvalidResponse)
  assert.throws(() => trailerSection([['A', 'b\r\nc']]), InvalidResponse)
})

test('the date is that of the present second', () => {
  const told = Date.parse(httpDate())
  assert.ok(Math.abs(Date.now() - told) < 2000)
})
