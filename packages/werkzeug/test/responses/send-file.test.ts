import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { FileNameMissingError, guessType, Response, sendFile, sendFromDirectory } from '@flask-ts/werkzeug'
import { NotFound, RequestedRangeNotSatisfiable } from '@flask-ts/werkzeug/exceptions'
import { makeEnviron } from '@flask-ts/werkzeug/testing'

const folder = mkdtempSync(join(tmpdir(), 'send-file-'))
const file = join(folder, 'a.txt')
mkdirSync(join(folder, 'sub'))
writeFileSync(file, '0123456789')
utimesSync(file, 1700000000, 1700000000)
after(() => rmSync(folder, { recursive: true }))

const environ = makeEnviron()
function asking(headers: Record<string, string>) {
  return makeEnviron({ headers: Object.entries(headers) })
}

test('a path is sent by the server itself, with name, type, length, time and tag', () => {
  for (const source of [file, pathToFileURL(file)]) {
    const response = sendFile(source, environ)
    assert.deepEqual(response.body, { file, offset: 0, length: 10 })
    assert.equal(response.contentType, 'text/plain; charset=utf-8')
    assert.equal(response.contentLength, 10)
    assert.equal(response.headers.get('Content-Disposition'), 'inline; filename=a.txt')
    assert.equal(response.lastModified?.getTime(), 1700000000_000)
    assert.equal(response.headers.get('Cache-Control'), 'no-cache')
    assert.equal(response.headers.get('Accept-Ranges'), 'bytes')
  }
})

test('conditions and ranges of the request are answered', () => {
  const etag = sendFile(file, environ).headers.getItem('ETag')
  assert.equal(sendFile(file, asking({ 'If-None-Match': etag })).status, 304)
  const part = sendFile(file, asking({ Range: 'bytes=2-4', 'If-Range': etag }))
  assert.deepEqual([part.status, part.body], [206, { file, offset: 2, length: 3 }])
  assert.throws(() => sendFile(file, asking({ Range: 'bytes=10-' })), RequestedRangeNotSatisfiable)
  assert.equal(sendFile(file, asking({ Range: 'bytes=2-4' }), { conditional: false }).status, 200)
})

test('content without a path needs a name or a type', () => {
  const bytes = Buffer.from('x')
  assert.throws(() => sendFile(bytes, environ), FileNameMissingError)
  assert.throws(() => sendFile(bytes, environ, { mimetype: 'a/b', asAttachment: true }), FileNameMissingError)
  const response = sendFile(bytes, environ, { downloadName: 'ü.html', asAttachment: true })
  assert.equal(response.mimetype, 'text/html')
  assert.equal(
    response.headers.get('Content-Disposition'),
    "attachment; filename=u.html; filename*=UTF-8''%C3%BC.html",
  )
  assert.equal(response.headers.has('ETag'), false)
})

test('maxAge may depend on the path', () => {
  const seen: (string | undefined)[] = []
  const maxAge = (path: string | undefined) => {
    seen.push(path)
    return 60
  }
  const response = sendFile('a.txt', environ, { rootPath: folder, maxAge })
  assert.deepEqual(seen, [file])
  assert.equal(response.headers.get('Cache-Control'), 'public, max-age=60')
  const distance = (response.expires?.getTime() ?? 0) - Date.now()
  assert.ok(Math.abs(distance - 60_000) < 2000)
})

test('the sending can be left to the server in front', () => {
  const response = sendFile(file, environ, { useXSendfile: true })
  assert.equal(response.body, null)
  assert.equal(response.headers.get('X-Sendfile'), file)
  const unchanged = sendFile(file, asking({ 'If-None-Match': '*' }), { useXSendfile: true })
  assert.deepEqual([unchanged.status, unchanged.headers.has('X-Sendfile')], [304, false])
})

test('a file below a folder is sent, and nothing else', () => {
  assert.ok(sendFromDirectory(folder, 'a.txt', environ) instanceof Response)
  for (const path of ['none.txt', 'sub', '../etc/passwd', '/etc/passwd', 'a.txt/x', 'a\0b', '']) {
    assert.throws(() => sendFromDirectory(folder, path, environ), NotFound, path)
  }
})

test('types are guessed as Python guesses them', () => {
  const cases: [string, string | undefined, string | undefined][] = [
    ['a.tar.gz', 'application/x-tar', 'gzip'],
    ['a.TGZ', 'application/x-tar', 'gzip'],
    ['a.svgz', 'image/svg+xml', 'gzip'],
    ['a.Z', undefined, 'compress'],
    ['a.z', undefined, undefined],
    ['.html', undefined, undefined],
    ['..a.html', 'text/html', undefined],
    ['dir.d/name', undefined, undefined],
    ['data:image/png;base64,xx', 'image/png', undefined],
    ['data:,xx', 'text/plain', undefined],
  ]
  for (const [name, type, encoding] of cases) assert.deepEqual(guessType(name), { type, encoding }, name)
  assert.equal(guessType('a.rtf').type, undefined)
  assert.equal(guessType('a.rtf', { strict: false }).type, 'application/rtf')
})
