import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Environ, WsgiResponse } from '@flask-ts/wsgi'
import { headersFromPairs } from '@flask-ts/wsgi/engine'
import { parseAppSpec } from '../../src/app/app-spec.ts'
import { toApplication } from '../../src/app/application-kind.ts'
import { importApp } from '../../src/app/import-app.ts'
import { addressTest, trustedScheme } from '../../src/app/trusted-scheme.ts'
import { defaultConfig } from '../../src/settings/registry.ts'
import { Site } from '../support/running-gunicorn.ts'

test('applications are named as in Gunicorn: module, dotted package, path, factory', () => {
  using site = new Site({ 'app.mjs': '', 'other.js': '' })
  const { folder } = site
  assert.deepEqual(parseAppSpec('app:site.app', folder), {
    file: site.path('app.mjs'),
    name: 'site.app',
    args: undefined,
  })
  assert.deepEqual(parseAppSpec('./other.js', folder), {
    file: site.path('other.js'),
    name: undefined,
    args: undefined,
  })
  const call = parseAppSpec(`app:make(1, 'it\\'s', True, None, {"a": [2.5]})`, folder)
  assert.deepEqual(call.args, [1, "it's", true, null, { a: [2.5] }])
  assert.throws(() => parseAppSpec('app:make(x)', folder), {
    name: 'AppImportError',
    message: /only literals/,
  })
  assert.throws(() => parseAppSpec('app:not a name', folder), /Failed to parse 'app:not a name'/)
  assert.throws(() => parseAppSpec('gone:app', folder), /No module named 'gone'/)
})

test('a factory may be asynchronous, and its error is the cause', async () => {
  using site = new Site({
    'app.mjs': `export const make = async (body) => () => ({ status: 200, headers: [], body })
      export const broken = () => { throw new Error('no database') }
      export const number = 7`,
  })
  const app = await importApp("app:make('x')", site.folder)
  assert.deepEqual(await app({} as Environ), { status: 200, headers: [], body: 'x' })
  await assert.rejects(importApp('app:broken()', site.folder), (error: Error) => {
    return error.name === 'AppImportError' && (error.cause as Error).message === 'no database'
  })
  await assert.rejects(importApp('app:number', site.folder), /is no application but number/)
  await assert.rejects(importApp('app:number()', site.folder), /cannot be called/)
  await assert.rejects(importApp('app', site.folder), /exports none of app, application, default/)
})

test('what is no application is not taken for one', async () => {
  for (const value of [undefined, null, 7, 'text', {}, class App {}]) {
    assert.equal(await toApplication(value), undefined)
  }
})

test('addresses are told by networks, and Unix sockets are always among them', () => {
  const isTrusted = addressTest(['10.0.0.0/8', '::1', '192.168.1.7'], 'forwarded_allow_ips')
  assert.deepEqual(
    ['10.2.3.4', '11.0.0.1', '::1', '::2', '192.168.1.7', '::ffff:10.9.9.9', ''].map(isTrusted),
    [true, false, true, false, true, true, true],
  )
  assert.throws(() => addressTest(['nonsense'], 'proxy_allow_ips'), /proxy_allow_ips has 'nonsense'/)
})

test('trusted proxies tell the scheme, others do not, and contradictions are refused', async () => {
  const app = trustedScheme({ ...defaultConfig(), forwarded_allow_ips: ['10.0.0.1'] })!((environ) => ({
    status: 200,
    headers: [],
    body: environ.scheme,
  }))
  const answer = async (host: string, headers: readonly (readonly [string, string])[]): Promise<unknown> => {
    const environ = { scheme: 'http', remote: { host, port: 1 }, headers: headersFromPairs(headers) }
    const { status, body } = await app(environ as unknown as Environ)
    return status === 200 ? body : status
  }
  assert.equal(await answer('10.0.0.1', [['X-Forwarded-Proto', 'https']]), 'https')
  assert.equal(await answer('10.0.0.1', [['X-Forwarded-Proto', 'http']]), 'http')
  assert.equal(await answer('10.0.0.1', [['X-Forwarded-SSL', 'on']]), 'https')
  assert.equal(await answer('10.0.0.1', []), 'http')
  assert.equal(await answer('10.0.0.2', [['X-Forwarded-Proto', 'https']]), 'http')
  const both = [
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-SSL', 'off'],
  ] as const
  assert.equal(await answer('10.0.0.1', both), 400)
})

test('an object with wsgiApp is served by it, though it has fetch as well, and sees what is put around it later', async () => {
  const environ = {} as Environ
  const app = {
    wsgiApp: (): WsgiResponse => ({ status: 200, headers: [], body: 'first' }),
    fetch: () => new Response('fetched'),
  }
  const application = (await toApplication(app))!
  assert.equal((await application(environ)).body, 'first')
  app.wsgiApp = () => ({ status: 200, headers: [], body: 'second' })
  assert.equal((await application(environ)).body, 'second')
})
