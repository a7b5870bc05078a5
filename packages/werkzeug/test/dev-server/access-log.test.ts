import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { accessLine } from '../../src/dev-server/access-log.ts'
import { startupLines } from '../../src/dev-server/startup-lines.ts'

const { FORCE_COLOR, NO_COLOR } = process.env
afterEach(() => {
  Object.assign(process.env, { FORCE_COLOR, NO_COLOR })
  if (FORCE_COLOR === undefined) delete process.env.FORCE_COLOR
  if (NO_COLOR === undefined) delete process.env.NO_COLOR
})

const entry = { remote: '127.0.0.1', method: 'GET', target: '/', protocol: 'HTTP/1.1', status: 200 }
const now = new Date(2026, 10, 3, 4, 5, 6)

test('a line has the time of the machine, and no colour where none is wanted', () => {
  process.env.NO_COLOR = '1'
  assert.equal(accessLine(entry, now), '127.0.0.1 - - [03/Nov/2026 04:05:06] "GET / HTTP/1.1" 200 -')
})

test('the colour tells the kind of status', () => {
  delete process.env.NO_COLOR
  process.env.FORCE_COLOR = '1'
  const colour = (status: number): string => accessLine({ ...entry, status }, now).split('"')[1]!
  assert.equal(colour(200), 'GET / HTTP/1.1')
  assert.equal(colour(304), '\x1b[36mGET / HTTP/1.1\x1b[0m')
  assert.equal(colour(302), '\x1b[32mGET / HTTP/1.1\x1b[0m')
  assert.equal(colour(404), '\x1b[33mGET / HTTP/1.1\x1b[0m')
  assert.equal(colour(400), '\x1b[1m\x1b[31mGET / HTTP/1.1\x1b[0m')
  assert.equal(colour(500), '\x1b[1m\x1b[35mGET / HTTP/1.1\x1b[0m')
})

test('control characters cannot command the terminal', () => {
  process.env.NO_COLOR = '1'
  const line = accessLine({ ...entry, target: '/\x1b[2J\\x' }, now)
  assert.match(line, /"GET \/\\x1b\[2J\\\\x HTTP\/1\.1"/)
})

test('all addresses are told by one that can be opened', () => {
  process.env.NO_COLOR = '1'
  const lines = startupLines('0.0.0.0', 5000, 'http')
  assert.equal(lines[1], ' * Running on all addresses (0.0.0.0)')
  assert.equal(lines[2], ' * Running on http://127.0.0.1:5000')
  assert.match(lines[3]!, /^ \* Running on http:\/\/\d+\.\d+\.\d+\.\d+:5000$/)
  assert.equal(startupLines('::1', 80, 'https')[1], ' * Running on https://[::1]:80')
})
