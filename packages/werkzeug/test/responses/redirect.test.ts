import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendSlashRedirect, Response, redirect } from '@flask-ts/werkzeug'
import { createEnviron } from '@flask-ts/werkzeug/testing'

test('a redirect is a 303 with a page that names the target, escaped', () => {
  const response = redirect('/x?a=1&b=<2>')
  assert.deepEqual(
    [response.status, response.location, response.mimetype],
    [303, '/x?a=1&b=<2>', 'text/html'],
  )
  assert.match(response.text, /<a href="\/x\?a=1&amp;b=&lt;2&gt;">/)
  class Mine extends Response {}
  assert.ok(redirect('/', 308, Mine) instanceof Mine)
})

test('a missing slash is added relative to the last segment', () => {
  const location = (path: string) => appendSlashRedirect(createEnviron(path)).location
  assert.equal(location('/a/b'), 'b/')
  assert.equal(location('/a/b?q=%C3%BC'), 'b/?q=%C3%BC')
  assert.equal(location('/'), './')
})
