import { isDeepStrictEqual } from 'node:util'
import { inflateSync } from 'node:zlib'
import type { Verdict } from '../../case.ts'
import { type Answer, type Field, type TranscriptLine, valuesOf } from './transcript.ts'

/** Fields that belong to the server and not to the application. */
const SERVER_FIELDS = new Set(['date', 'server', 'connection', 'transfer-encoding', 'keep-alive'])

function matchesShape(value: string, shape: string): boolean {
  const source = shape.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${source.join('.*')}$`, 's').test(value)
}

function withSortedAllow([name, value]: Field): Field {
  if (name.toLowerCase() !== 'allow') return [name, value]
  const members = value.split(',').map((member) => member.trim())
  return [name, members.sort().join(', ')]
}

/** Volatile values of the right shape are replaced by the expected ones, so that what is left can be compared. */
function settleVolatile(actual: readonly Field[], expect: TranscriptLine['expect']): Field[] {
  const seen = new Map<string, number>()
  return actual.map(([name, value]) => {
    const volatile = expect.volatile?.find((field) => field.toLowerCase() === name.toLowerCase())
    if (volatile === undefined) return [name, value]
    const at = seen.get(volatile) ?? 0
    seen.set(volatile, at + 1)
    const shape = expect.volatile_shape?.[volatile]?.[at]
    if (shape !== undefined && !matchesShape(value, shape)) return [name, value]
    return [name, valuesOf(expect.headers, volatile)[at] ?? value]
  })
}

/** The JSON value that a signed session cookie carries. */
function decodeSession(cookie: string): unknown {
  const compressed = cookie.startsWith('.')
  const payload = (compressed ? cookie.slice(1) : cookie).split('.')[0]!
  const bytes = Buffer.from(payload, 'base64url')
  return JSON.parse((compressed ? inflateSync(bytes) : bytes).toString('utf8'))
}

function sessionAfter(answer: Answer): unknown {
  for (const field of valuesOf(answer.headers, 'Set-Cookie')) {
    const pair = field.split(';')[0]!
    const value = pair.slice(pair.indexOf('=') + 1)
    if (value === '') return null
    try {
      return decodeSession(value)
    } catch {
      // Another cookie than the session's.
    }
  }
  return 'no session cookie'
}

/** The Fetch API keeps neither order nor case of fields, and joins repeated ones (`Set-Cookie` apart). */
function normalise(fields: readonly Field[], viaFetch: boolean): readonly Field[] {
  if (!viaFetch) return fields
  const joined: [string, string][] = []
  for (const [name, value] of fields) {
    const lower = name.toLowerCase()
    const known = lower === 'set-cookie' ? undefined : joined.find(([field]) => field === lower)
    if (known === undefined) joined.push([lower, value])
    else known[1] += `, ${value}`
  }
  return joined.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
}

/** Compares an answer with what a line expects. */
export function compareAnswer(line: TranscriptLine, answer: Answer, viaFetch: boolean): Verdict {
  const { expect } = line
  // Behind the Fetch API the framing of a streamed body is the server's: Bun sends a short one with its length.
  const framed = viaFetch && valuesOf(expect.headers, 'Content-Length').length === 0
  const isServers = (name: string): boolean =>
    SERVER_FIELDS.has(name) || (framed && name === 'content-length')
  const own = answer.headers.filter(([name]) => !isServers(name.toLowerCase())).map(withSortedAllow)
  const wantedBody =
    expect.body_base64 === undefined
      ? Buffer.from(expect.body ?? '', 'utf8')
      : Buffer.from(expect.body_base64, 'base64')
  const asText = expect.body_base64 === undefined
  const expected: Record<string, unknown> = {
    status: expect.status,
    headers: normalise(expect.headers.map(withSortedAllow), viaFetch),
    body: asText ? wantedBody.toString('utf8') : wantedBody.toString('base64'),
  }
  const actual: Record<string, unknown> = {
    status: answer.status,
    headers: normalise(settleVolatile(own, expect), viaFetch),
    body: answer.body.toString(asText ? 'utf8' : 'base64'),
  }
  if ('session_after' in expect) {
    expected.session_after = expect.session_after
    actual.session_after = sessionAfter(answer)
  }
  return isDeepStrictEqual(actual, expected) ? { pass: true } : { pass: false, expected, actual }
}
