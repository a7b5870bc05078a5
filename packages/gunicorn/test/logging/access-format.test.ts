import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Environ } from '@flask-ts/wsgi'
import { headersFromPairs } from '@flask-ts/wsgi/engine'
import type { ExchangeRecord } from '@flask-ts/wsgi/server'
import { compileAccessFormat } from '../../src/logging/access-format.ts'

function record(changes: Partial<ExchangeRecord> = {}, environ: Partial<Environ> = {}): ExchangeRecord {
  return {
    environ: {
      method: 'GET',
      target: '/shop/a%20b?x=1',
      protocol: 'HTTP/1.1',
      scheme: 'http',
      scriptName: '/shop',
      remote: { host: '10.0.0.1', port: 4711 },
      local: { host: '127.0.0.1', port: 8000 },
      headers: headersFromPairs([
        ['Host', 'example.org'],
        ['Authorization', `Basic ${btoa('Jane Doe:secret')}`],
        ['Referer', 'http://other/'],
        ['User-Agent', 'a "quoted" agent'],
        ['X-One', '1'],
      ]),
      ...environ,
    } as Environ,
    status: 200,
    bytes: 17,
    duration: 1234.5678,
    headers: [
      ['Content-Type', 'text/html'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
    complete: true,
    ...changes,
  }
}

function line(format: string, entry: ExchangeRecord = record()): string {
  return compileAccessFormat(format)(entry)
}

test('every atom of Gunicorn is there', () => {
  assert.equal(line('%(h)s %(l)s %(u)s'), '10.0.0.1 - Jane Doe')
  assert.match(line('%(t)s'), /^\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]$/)
  assert.equal(line('"%(r)s"'), '"GET /shop/a%20b?x=1 HTTP/1.1"')
  assert.equal(line('%(m)s %(U)s %(q)s %(H)s'), 'GET /a b x=1 HTTP/1.1')
  assert.equal(line('%(s)s %(b)s %(B)s'), '200 17 17')
  assert.equal(line('%(f)s'), 'http://other/')
  assert.equal(line('%(T)s %(M)s %(D)s %(L)s'), '1 1234 1234568 1.234568')
  assert.equal(line('%(p)s'), `<${process.pid}>`)
})

test('request fields, response fields and CGI variables are found whatever their case', () => {
  assert.equal(line('%({x-ONE}i)s %({content-type}o)s %({Set-Cookie}o)s'), '1 text/html a=1, b=2')
  assert.equal(line('%({REMOTE_ADDR}e)s %({script_name}e)s %({HTTP_X_ONE}e)s'), '10.0.0.1 /shop 1')
  assert.equal(line('%({wsgi.url_scheme}e)s'), 'http')
})

test('what has no value, and what is unknown, is a hyphen', () => {
  const bare = record({}, { headers: headersFromPairs([]), remote: { host: '', port: 0 } })
  assert.equal(line('%(h)s %(u)s %(f)s %(a)s %({x}i)s %(nonsense)s', bare), '- - - - - -')
})

test('quotes and control characters cannot forge a line', () => {
  assert.equal(line('"%(a)s"'), '"a \\"quoted\\" agent"')
  const forged = record({}, { headers: headersFromPairs([['Authorization', `Basic ${btoa('x\ny:z')}`]]) })
  assert.equal(line('%(u)s', forged), 'x\\x0ay')
})

test('other conversions and percent signs are read as in Python', () => {
  assert.equal(line('%(s)d 100%% %(M)-5s.'), '200 100% 1234.')
  assert.throws(() => compileAccessFormat('%h'), { name: 'SettingError', message: /write %\(h\)s/ })
})

test('an empty query string stays empty', () => {
  assert.equal(line('[%(q)s]', record({}, { target: '/' })), '[]')
})
