import assert from 'node:assert/strict'
import type { Application } from '../src/application.ts'

const encoder = new TextEncoder()

/** Answers with what it was asked, in the way that the path says. */
export const echo: Application = async (environ) => {
  const path = environ.target.split('?')[0]
  if (path?.endsWith('/stream')) {
    async function* pieces(): AsyncGenerator<string | Uint8Array> {
      yield 'one '
      yield encoder.encode('two ')
      yield 'thrée'
    }
    return { status: 200, headers: [['Content-Type', 'text/plain; charset=utf-8']], body: pieces() }
  }
  if (path?.endsWith('/file')) {
    return { status: 200, headers: [], body: { file: import.meta.filename, offset: 0, length: 6 } }
  }
  if (path?.endsWith('/throw')) throw new Error('on purpose')
  const body = await environ.body.read(100_000)
  const answer = {
    method: environ.method,
    target: environ.target,
    scriptName: environ.scriptName,
    scheme: environ.scheme,
    host: environ.headers.get('host'),
    custom: environ.headers.get('x-custom'),
    remote: environ.remote.host,
    size: body?.length,
  }
  const headers = [
    ['Content-Type', 'application/json'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ] as const
  return { status: 201, headers, body: JSON.stringify(answer) }
}

/** Checks that a server on some URL serves `echo` as it should. */
export async function checkEcho(base: string, prefix = ''): Promise<void> {
  const response = await fetch(`${base}${prefix}/a%20b?c=d`, {
    method: 'POST',
    headers: { 'X-Custom': 'yes' },
    body: 'x'.repeat(1000),
  })
  assert.equal(response.status, 201)
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2'])
  const answer = (await response.json()) as Record<string, unknown>
  assert.equal(answer.method, 'POST')
  assert.equal(answer.target, `${prefix}/a%20b?c=d`)
  assert.equal(answer.scriptName, prefix)
  assert.equal(answer.custom, 'yes')
  assert.equal(answer.size, 1000)
  assert.equal(await (await fetch(`${base}${prefix}/stream`)).text(), 'one two thrée')
  assert.equal(await (await fetch(`${base}${prefix}/file`)).text(), 'import')
  const head = await fetch(`${base}${prefix}/`, { method: 'HEAD' })
  assert.equal(await head.text(), '')
  const large = await fetch(`${base}${prefix}/`, { method: 'POST', body: new Uint8Array(200_000) })
  assert.equal(((await large.json()) as { size?: number }).size, undefined)
}
