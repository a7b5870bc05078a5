import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { SharedDataMiddleware } from '@flask-ts/werkzeug/middleware'
import { Client } from '@flask-ts/werkzeug/testing'
import type { Application } from '@flask-ts/wsgi'

const folder = mkdtempSync(join(tmpdir(), 'shared-data-'))
mkdirSync(join(folder, 'public', 'sub'), { recursive: true })
writeFileSync(join(folder, 'secret.txt'), 'secret')
writeFileSync(join(folder, 'public', 'a.html'), '<p>a')
writeFileSync(join(folder, 'public', 'sub', 'b.unknown'), 'b')
writeFileSync(join(folder, 'public', 'x.py'), 'code')
after(() => rmSync(folder, { recursive: true }))

const app: Application = () => ({ status: 404, headers: [], body: 'app' })
const places = { '/static': join(folder, 'public'), '/favicon': join(folder, 'secret.txt') }

test('files below a shared folder are served, everything else is the application’s', async () => {
  const client = new Client(SharedDataMiddleware(app, places))
  const page = await client.get('/static/a.html')
  assert.equal(page.text, '<p>a')
  assert.equal(page.contentType, 'text/html; charset=utf-8')
  assert.equal(page.contentLength, 4)
  assert.equal(page.headers.get('Cache-Control'), 'max-age=43200, public')
  assert.equal((await client.get('/static/sub/b.unknown')).contentType, 'application/octet-stream')
  assert.equal((await client.get('/favicon')).text, 'secret')
  for (const path of [
    '/static/',
    '/static/none',
    '/static/../secret.txt',
    '/static/%2e%2e/secret.txt',
    '/',
  ]) {
    assert.equal((await client.get(path)).text, 'app', path)
  }
})

test('a client that has the file already gets 304', async () => {
  const client = new Client(SharedDataMiddleware(app, places))
  const etag = (await client.get('/static/a.html')).headers.getItem('ETag')
  const again = await client.get('/static/a.html', { headers: { 'If-None-Match': etag } })
  assert.equal(again.status, 304)
  assert.equal(again.data.length, 0)
})

test('caching can be turned off, and names can be disallowed', async () => {
  const client = new Client(SharedDataMiddleware(app, places, { cache: false, disallow: '*.p[xy]' }))
  const page = await client.get('/static/a.html')
  assert.equal(page.headers.get('Cache-Control'), 'public')
  assert.equal(page.headers.get('ETag'), undefined)
  assert.equal((await client.get('/static/x.py')).text, 'app')
})
