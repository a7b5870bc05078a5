import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Response, sendFile } from '@flask-ts/werkzeug'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { makeEnviron } from '@flask-ts/werkzeug/testing'
import type { Environ } from '@flask-ts/wsgi'
import { type CorpusLine, compare, type Verdict } from '../case.ts'

type Fields = Readonly<Record<string, unknown>>
type Pair = readonly [name: string, value: string]

interface ResponseCase extends CorpusLine {
  readonly kind: 'plain' | 'conditional' | 'send_file'
  readonly response: Fields
  readonly request_headers: Readonly<Record<string, string>>
  readonly method: string
  readonly expect: { readonly headers: readonly Pair[]; readonly [field: string]: unknown }
}

function camelCase(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}

function bodyOf(given: Fields): ConstructorParameters<typeof Response>[0] {
  if (given.body_base64 !== undefined) return Buffer.from(given.body_base64 as string, 'base64')
  if (given.chunks === undefined) return given.body as string | undefined
  const chunks = given.chunks as string[]
  return given.stream === true ? chunks.values() : chunks
}

type CookieArguments = readonly [args: [key: string, value?: string], kwargs: Fields]

function plainResponse(given: Fields): Response {
  const response = new Response(bodyOf(given), {
    status: given.status as number | string | undefined,
    headers: given.headers as Pair[] | undefined,
    mimetype: given.mimetype as string | undefined,
    contentType: given.content_type as string | undefined,
  })
  if (given.etag !== undefined) response.setEtag(given.etag as string, given.weak === true)
  if (given.last_modified !== undefined) response.lastModified = given.last_modified as number
  if (given.add_etag === true) response.addEtag({ weak: given.weak === true })
  for (const [[key, value], options] of (given.cookies ?? []) as CookieArguments[]) {
    response.setCookie(key, value, camelCase(options))
  }
  for (const key of (given.delete_cookies ?? []) as string[]) response.deleteCookie(key)
  return response
}

function sentFile(given: Fields, environ: Environ, folder: string): Response {
  const options = camelCase(given.options as Fields)
  const bytes = Buffer.from(given.body_base64 as string, 'base64')
  if (given.source === 'bytes') return sendFile(bytes, environ, options)
  const file = join(folder, given.name as string)
  writeFileSync(file, bytes)
  utimesSync(file, 1700000000, 1700000000)
  return sendFile(file, environ, options)
}

function make(one: ResponseCase, environ: Environ, folder: string): Response {
  const given = one.response
  if (one.kind === 'send_file') return sentFile(given, environ, folder)
  const response = plainResponse(given)
  if (one.kind === 'plain') return response
  return response.makeConditional(environ, {
    acceptRanges: given.accept_ranges as boolean | string | undefined,
    completeLength: given.complete_length as number | null | undefined,
  })
}

function withoutDate(headers: Iterable<Pair>): Pair[] {
  return Array.from(headers, ([name, value]): Pair => [name, value]).filter(([name]) => name !== 'Date')
}

async function answered(response: Response, environ: Environ): Promise<Record<string, unknown>> {
  const headers = withoutDate(response.getWsgiHeaders(environ))
  const sent = Response.forceType(response.getWsgiResponse(environ))
  const pieces: Buffer[] = []
  for await (const piece of sent.encodedParts()) pieces.push(piece)
  sent.close()
  return {
    status: response.status,
    status_line: response.statusLine,
    headers,
    body_base64: Buffer.concat(pieces).toString('base64'),
  }
}

/** What stands for Python's builtin exceptions, for which it is enough that something is thrown. */
const anyError = 'an error'
const pythonErrors = new Set([
  'ValueError',
  'TypeError',
  'KeyError',
  'LookupError',
  'AssertionError',
  'RuntimeError',
])

function refused(error: unknown): Record<string, unknown> {
  if (!(error instanceof HTTPException)) return { exception: anyError }
  return { exception: error.constructor.name, status: error.code, headers: error.getHeaders() }
}

/** The expected value, or the actual one where it is what a placeholder stands for. */
function resolved(expected: string, actual: string | undefined): string {
  if (expected === '<etag>') return actual !== undefined && /^"[^"]+"$/.test(actual) ? actual : expected
  const now = /^<now\+(-?\d+)>$/.exec(expected)
  if (now === null || actual === undefined) return expected
  const distance = Date.parse(actual) / 1000 - Date.now() / 1000 - Number(now[1])
  return Math.abs(distance) <= 2 ? actual : expected
}

function withPlaceholders(expect: ResponseCase['expect'], headers: readonly Pair[]): unknown {
  if (pythonErrors.has(expect.exception as string)) return { exception: anyError }
  if (expect.headers === undefined) return expect
  return {
    ...expect,
    headers: expect.headers.map(([name, value], at) => [name, resolved(value, headers[at]?.[1])]),
  }
}

/** Runs one line of a `werkzeug-responses` corpus. */
export async function runCase(line: CorpusLine): Promise<Verdict> {
  const one = line as ResponseCase
  const environ = makeEnviron({ method: one.method, headers: Object.entries(one.request_headers) })
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  let actual: Record<string, unknown>
  try {
    actual = await answered(make(one, environ, folder), environ)
  } catch (error) {
    actual = refused(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
  return compare(withPlaceholders(one.expect, (actual.headers ?? []) as Pair[]), actual)
}
