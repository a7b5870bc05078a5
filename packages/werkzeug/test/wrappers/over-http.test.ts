import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Request, Response, redirect, sendFile } from '@flask-ts/werkzeug'
import { NotFound } from '@flask-ts/werkzeug/exceptions'
import { createServer, type Server } from '@flask-ts/wsgi/server'
import { validator } from '@flask-ts/wsgi/validator'

const folder = mkdtempSync(join(tmpdir(), 'over-http-'))
writeFileSync(join(folder, 'digits.txt'), '0123456789')

let uploadPath: string | undefined
let streamClosed = false

async function* slowly(): AsyncGenerator<string> {
  try {
    for (const part of ['a', 'ü', 'c']) yield part
  } finally {
    streamClosed = true
  }
}

class LimitedRequest extends Request {
  override maxContentLength: number | null = 5_000_000
}

function view(request: Request): Response | Promise<Response> {
  switch (request.path) {
    case '/':
      return new Response(`Hello, ${request.args.get('name') ?? 'nobody'}`)
    case '/file':
      return sendFile(join(folder, 'digits.txt'), request)
    case '/stream':
      return new Response(slowly())
    case '/redirect':
      return redirect('/ü?x=1')
    case '/upload': {
      const file = request.files.getItem('file')
      uploadPath = file.content.path
      return new Response(`${file.filename} ${file.size} ${request.form.get('note')}`)
    }
    default:
      throw new NotFound()
  }
}

let server: Server
let base: string

before(async () => {
  server = createServer(validator(LimitedRequest.application(view)))
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${port}`
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

test('texts, errors and redirects keep the contract of the server', async () => {
  const hello = await fetch(`${base}/?name=J%C3%BCrg`)
  assert.equal(await hello.text(), 'Hello, Jürg')
  assert.equal(hello.headers.get('content-type'), 'text/plain; charset=utf-8')
  const head = await fetch(`${base}/?name=x`, { method: 'HEAD' })
  assert.equal(head.headers.get('content-length'), '8')
  assert.equal((await fetch(`${base}/none`)).status, 404)
  const moved = await fetch(`${base}/redirect`, { redirect: 'manual' })
  assert.deepEqual([moved.status, moved.headers.get('location')], [303, '/%C3%BC?x=1'])
})

test('a file is sent whole, in parts, or not at all', async () => {
  const whole = await fetch(`${base}/file`)
  assert.equal(await whole.text(), '0123456789')
  const part = await fetch(`${base}/file`, { headers: { Range: 'bytes=3-5' } })
  assert.deepEqual(
    [part.status, await part.text(), part.headers.get('content-range')],
    [206, '345', 'bytes 3-5/10'],
  )
  const etag = whole.headers.get('etag') ?? ''
  const unchanged = await fetch(`${base}/file`, { headers: { 'If-None-Match': etag } })
  assert.deepEqual([unchanged.status, await unchanged.text()], [304, ''])
  assert.equal((await fetch(`${base}/file`, { headers: { Range: 'bytes=30-' } })).status, 416)
})

test('a stream arrives whole and is closed', async () => {
  assert.equal(await (await fetch(`${base}/stream`)).text(), 'aüc')
  assert.equal(streamClosed, true)
})

test('a large upload goes through a temporary file that does not stay', async () => {
  const form = new FormData()
  form.append('note', 'ü')
  form.append('file', new Blob([Buffer.alloc(3_000_000, 'x')]), 'big.bin')
  const response = await fetch(`${base}/upload`, { method: 'POST', body: form })
  assert.equal(await response.text(), 'big.bin 3000000 ü')
  assert.notEqual(uploadPath, undefined)
  assert.equal(existsSync(uploadPath ?? ''), false)
})

test('an upload over the limit is a 413', async () => {
  const form = new FormData()
  form.append('file', new Blob([Buffer.alloc(6_000_000)]), 'big.bin')
  const status = await fetch(`${base}/upload`, { method: 'POST', body: form }).then(
    (response) => response.status,
    // The server may close the connection while the client is still sending.
    () => 413,
  )
  assert.equal(status, 413)
})
