import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import { CORS, crossOrigin } from '@flask-ts/flask-cors'
import { Server } from '@flask-ts/wsgi/server'
import { abort, Flask, jsonify, redirect, request } from 'flask-ts'
import { type Browser, chromium, type Page } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'
const isThere = existsSync(CHROMIUM)
const skip = isThere || process.env.CI === 'true' ? false : 'skipped: there is no Chromium on this machine'

/** The options of the page's `fetch` that are used here. */
interface FetchOptions {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly credentials?: 'include'
  readonly mode?: 'no-cors'
}

/** What a script of the page does, and what the browser lets it have. */
interface Situation {
  readonly name: string
  readonly path: string
  readonly init?: FetchOptions
  /** The text that the script reads, or what it may not: `blocked`. */
  readonly expected: string
  /** What the script does with an answer. Default: reads its text. */
  readonly read?: 'status' | `header ${string}`
}

const json = { 'Content-Type': 'application/json' }

const situations: readonly Situation[] = [
  { name: 'a simple request that all may read', path: '/open/text', expected: 'text' },
  { name: 'a simple POST', path: '/open/text', init: { method: 'POST', body: 'x=1' }, expected: 'posted' },
  {
    name: 'JSON needs a preflight, which is admitted',
    path: '/open/json',
    init: { method: 'POST', headers: json, body: '{"n":1}' },
    expected: '{"n":1}',
  },
  { name: 'a PUT needs a preflight', path: '/open/text', init: { method: 'PUT' }, expected: 'put' },
  { name: 'a DELETE needs a preflight', path: '/open/text', init: { method: 'DELETE' }, expected: 'deleted' },
  {
    name: 'a header of one’s own needs a preflight',
    path: '/open/text',
    init: { headers: { 'X-Token': 't' } },
    expected: 'text',
  },
  {
    name: 'credentials with an answer that does not admit them',
    path: '/open/text',
    init: { credentials: 'include' },
    expected: 'blocked',
  },
  { name: 'a resource of this origin only', path: '/own/text', expected: 'text' },
  {
    name: 'the same with credentials',
    path: '/own/text',
    init: { credentials: 'include' },
    expected: 'text',
  },
  {
    name: 'cookies that were set come back with credentials',
    path: '/own/cookie',
    init: { credentials: 'include' },
    expected: 'first',
  },
  {
    name: 'the second time they are there',
    path: '/own/cookie',
    init: { credentials: 'include' },
    expected: 'again',
  },
  { name: 'without credentials they stay at home', path: '/own/cookie', expected: 'first' },
  {
    name: 'a preflight with credentials',
    path: '/own/json',
    init: { method: 'PUT', credentials: 'include', headers: json, body: '{"n":2}' },
    expected: '{"n":2}',
  },
  {
    name: 'a method that the resource does not admit',
    path: '/own/text',
    init: { method: 'DELETE' },
    expected: 'blocked',
  },
  {
    name: 'a header that the resource admits',
    path: '/own/text',
    init: { headers: { 'X-Token': 't' } },
    expected: 'text',
  },
  {
    name: 'a header that it does not admit',
    path: '/own/text',
    init: { headers: { 'X-Other': 't' } },
    expected: 'blocked',
  },
  { name: 'an origin that is refused', path: '/other/text', expected: 'blocked' },
  {
    name: 'a refused origin whose script does not want to read',
    path: '/other/text',
    init: { mode: 'no-cors' },
    expected: '',
  },
  { name: 'a path without CORS', path: '/closed/text', expected: 'blocked' },
  { name: 'a 404 can be read', path: '/open/missing', read: 'status', expected: '404' },
  { name: 'a 403 of the view can be read', path: '/open/forbidden', read: 'status', expected: '403' },
  { name: 'a crash can be read as the 500 that it is', path: '/open/crash', read: 'status', expected: '500' },
  { name: 'an answer of middleware can be read', path: '/open/maintenance', read: 'status', expected: '503' },
  { name: 'a redirect within the API is followed', path: '/open/moved', expected: 'text' },
  { name: 'a redirect to where CORS does not hold', path: '/open/moved-to-closed', expected: 'blocked' },
  { name: 'a header that is exposed', path: '/open/headers', read: 'header X-Total', expected: '42' },
  { name: 'a header that is not', path: '/open/headers', read: 'header X-Hidden', expected: 'null' },
  { name: 'a decorated view', path: '/decorated', init: { method: 'PUT' }, expected: 'decorated' },
  { name: 'a decorated view that refuses', path: '/decorated-other', expected: 'blocked' },
  { name: 'an origin that a function admits', path: '/function/text', expected: 'text' },
  { name: 'an origin that a pattern admits', path: '/pattern/text', expected: 'text' },
]

function makeApi(pageOrigin: string): Flask {
  const app = new Flask('api')
  app.logger.level = 'silent'
  new CORS(app, {
    resources: {
      '/open/.*': { exposeHeaders: ['X-Total'] },
      '/own/.*': {
        origins: [pageOrigin],
        supportsCredentials: true,
        methods: ['GET', 'PUT'],
        allowHeaders: ['X-Token', 'Content-Type'],
      },
      '/other/.*': { origins: ['https://other.example'] },
      '/function/.*': { origins: (origin) => origin === pageOrigin },
      '/pattern/.*': { origins: [/http:\/\/127\.0\.0\.1:\d+$/] },
    },
  })
  for (const folder of ['open', 'own', 'other', 'closed', 'function', 'pattern']) {
    app.route(
      `/${folder}/text`,
      { methods: ['GET', 'POST', 'PUT', 'DELETE'], endpoint: `${folder}_text` },
      () => {
        return { GET: 'text', HEAD: '', POST: 'posted', PUT: 'put', DELETE: 'deleted' }[request.method] ?? ''
      },
    )
    app.route(`/${folder}/json`, { methods: ['POST', 'PUT'], endpoint: `${folder}_json` }, () =>
      jsonify(request.json),
    )
  }
  app.get('/own/cookie', () => {
    const response = new app.responseClass(request.cookies.get('seen') === undefined ? 'first' : 'again')
    response.setCookie('seen', 'yes')
    return response
  })
  app.get('/open/forbidden', () => abort(403))
  app.get('/open/crash', () => {
    throw new Error('a crash')
  })
  app.get('/open/moved', () => redirect('/open/text'))
  app.get('/open/moved-to-closed', () => redirect('/closed/text'))
  app.get(
    '/open/headers',
    () => new app.responseClass('headers', { headers: { 'X-Total': '42', 'X-Hidden': '1' } }),
  )
  app.route(
    '/decorated',
    { methods: ['PUT'] },
    crossOrigin({ origins: pageOrigin })(() => 'decorated'),
  )
  app.get(
    '/decorated-other',
    crossOrigin({ origins: 'https://other.example' })(() => 'decorated'),
  )
  const inner = app.wsgiApp
  app.wsgiApp = (environ) =>
    environ.target === '/open/maintenance'
      ? { status: 503, headers: [], body: 'closed for an hour' }
      : inner(environ)
  return app
}

suite('what a browser lets a page have of an API', { skip }, () => {
  const page = new Flask('page')
  page.get('/', () => '<!doctype html><title>page</title>')
  const pageServer = new Server((environ) => page.wsgiApp(environ))
  let apiServer: Server
  let browser: Browser
  let tab: Page
  let api: string

  before(async () => {
    const { port } = await pageServer.listen({ host: '127.0.0.1', port: 0 })
    const app = makeApi(`http://127.0.0.1:${port}`)
    apiServer = new Server((environ) => app.wsgiApp(environ))
    const { port: apiPort } = await apiServer.listen({ host: '127.0.0.1', port: 0 })
    api = `http://127.0.0.1:${apiPort}`
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
    })
    tab = await browser.newPage()
    await tab.goto(`http://127.0.0.1:${port}/`)
  })
  after(async () => {
    await browser?.close()
    await pageServer.close()
    await apiServer?.close()
  })

  for (const { name, path, init, expected, read } of situations) {
    test(name, async () => {
      const got = await tab.evaluate(
        async ([url, options, what]) => {
          try {
            const answer = await fetch(url, options)
            if (what === 'status') return String(answer.status)
            if (what?.startsWith('header ')) return String(answer.headers.get(what.slice(7)))
            return (await answer.text()).trim()
          } catch {
            return 'blocked'
          }
        },
        [api + path, init ?? {}, read] as [string, FetchOptions, string | undefined],
      )
      assert.equal(got, expected)
    })
  }
})
