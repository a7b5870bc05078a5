import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Request, Response } from '@flask-ts/werkzeug'
import { DispatcherMiddleware } from '@flask-ts/werkzeug/middleware'
import { Client } from '@flask-ts/werkzeug/testing'

function named(name: string) {
  return Request.application((request) => new Response(`${name}|${request.rootPath}|${request.path}`))
}

test('the longest mount point wins, and the rest of the path is left to its application', async () => {
  const client = new Client(
    DispatcherMiddleware(named('front'), { '/api': named('api'), '/api/v2': named('v2') }),
  )
  assert.equal((await client.get('/api/users')).text, 'api|/api|/users')
  assert.equal((await client.get('/api/v2/users')).text, 'v2|/api/v2|/users')
  assert.equal((await client.get('/api')).text, 'api|/api|/')
  assert.equal((await client.get('/apix')).text, 'front||/apix')
  assert.equal((await client.get('/%61pi/x')).text, 'api|/api|/x')
  assert.equal((await client.get('/api/x', { baseUrl: 'http://h/root' })).text, 'api|/root/api|/x')
})
