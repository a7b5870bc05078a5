import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DebuggerOptions, debuggedApplication } from '@flask-ts/werkzeug/debug'
import { Client, type TestResponse } from '@flask-ts/werkzeug/testing'
import type { Application } from '@flask-ts/wsgi'

const PIN = '111-222-333'
const LOCAL = { Host: 'localhost:5000' }
const HTML = { ...LOCAL, Accept: 'text/html,*/*;q=0.8' }

class Basket {
  readonly #items: string[] = ['apple']

  take(wanted: string): string {
    const position = this.#items.indexOf(wanted)
    if (position < 0) throw new RangeError(`no ${wanted} in <the> basket`)
    return this.#items[position]!
  }
}

function shop(wanted: string): string {
  const basket = new Basket()
  const password = 'hunter2'
  let note = 'first'
  note += password.length
  return basket.take(wanted) + note
}

const app: Application = ({ target }) => {
  if (target === '/ok') return { status: 200, headers: [], body: 'fine' }
  const query = target.slice(1)
  if (query === 'cause') {
    try {
      shop('pear')
    } catch (error) {
      throw new Error('selling failed', { cause: error })
    }
  }
  if (query === 'all') return Promise.any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))])
  return { status: 200, headers: [], body: shop(query) }
}

function makeClient(options: DebuggerOptions = {}): Client {
  return new Client(debuggedApplication(app, { pin: PIN, log: false, ...options }), { useCookies: true })
}

interface Page {
  readonly secret: string
  readonly report: string
  readonly text: string
}

async function open(client: Client, path = '/pear'): Promise<Page> {
  const { text } = await client.get(path, { headers: HTML })
  const read = (name: string): string => new RegExp(`data-${name}="([^"]*)"`).exec(text)?.[1] ?? ''
  return { text, secret: read('secret'), report: read('report') }
}

function command(
  client: Client,
  page: Page,
  name: string,
  body: object,
  headers = {},
): Promise<TestResponse> {
  return client.post(`/__debugger__/${name}`, {
    baseUrl: 'http://localhost:5000',
    headers: { 'X-Debugger-Secret': page.secret, ...headers },
    json: { report: page.report, ...body },
  })
}

async function evaluate(client: Client, page: Page, frame: number, source: string): Promise<string> {
  const response = await command(client, page, 'eval', { frame, source })
  if (response.statusCode !== 200) return String(response.statusCode)
  const { value } = response.json as { value: [string, string][] }
  return value.map(([, text]) => text).join('')
}

async function unlock(client: Client, page: Page): Promise<void> {
  assert.deepEqual((await command(client, page, 'pin', { pin: PIN })).json, { auth: true, exhausted: false })
}

test('what does not fail is not touched', async () => {
  assert.equal((await makeClient().get('/ok')).text, 'fine')
})

test('the page shows each frame with its source and variables, secrets and markup disarmed', async () => {
  const { text } = await open(makeClient())
  assert.match(text, /<h1>RangeError<\/h1><p class="message">no pear in &lt;the&gt; basket<\/p>/)
  assert.match(text, /<span class="fn">Basket\.take<\/span>/)
  assert.match(text, /<span class="fn">shop<\/span>/)
  assert.match(text, /<dt>wanted<\/dt><dd>&#39;pear&#39;<\/dd>/)
  assert.match(text, /<dt>note<\/dt><dd>&#39;first7&#39;<\/dd>/)
  assert.match(text, /<dt>password<\/dt><dd>&#39;\[redacted\]&#39;<\/dd>/)
  assert.doesNotMatch(text, /in <the> basket/)
})

test('the page may run its own script and nothing else, and is not kept', async () => {
  const { headers, statusCode } = await makeClient().get('/pear', { headers: HTML })
  assert.equal(statusCode, 500)
  const policy = headers.get('Content-Security-Policy')!
  assert.match(policy, /^default-src 'none'; script-src 'nonce-[\w+/=]{24}' 'self'; style-src 'nonce-/)
  assert.match(policy, /frame-ancestors 'none'$/)
  assert.equal(headers.get('Cache-Control'), 'no-store')
})

test('the error is told in the form that the client takes', async () => {
  const client = makeClient()
  const ask = (accept?: string): Promise<TestResponse> =>
    client.get('/pear', { headers: { ...LOCAL, ...(accept === undefined ? {} : { Accept: accept }) } })
  for (const accept of [undefined, '*/*', 'text/plain']) {
    const { text, mimetype } = await ask(accept)
    assert.equal(mimetype, 'text/plain')
    assert.match(
      text,
      /^RangeError: no pear in <the> basket\n {4}at Basket\.take \(.*debugged-application\.test\.ts:\d+:\d+\)\n {9}if \(position < 0\)/,
    )
  }
  const json = (await ask('application/json')).json as {
    error: { type: string; frames: { function: string }[] }
    debugger: string
  }
  assert.equal(json.error.type, 'RangeError')
  assert.equal(json.error.frames[1]!.function, 'shop')
  const { pathname } = new URL(json.debugger)
  assert.match((await client.get(pathname, { headers: HTML })).text, /<h1>RangeError<\/h1>/)
  const markdown = (await ask('text/markdown')).text
  assert.match(markdown, /^# RangeError\n\n```\nno pear in <the> basket\n```\n\n### `Basket\.take` at /)
  assert.match(markdown, /\n> *\d+ \| {5}if \(position < 0\)/)
  assert.match(markdown, /password = '\[redacted\]'/)
  assert.match(markdown, /## Request\n\n```http\nGET http:\/\/localhost:5000\/pear\n/)
})

test('causes and the errors of an AggregateError have parts of their own', async () => {
  const client = makeClient()
  const cause = (await open(client, '/cause')).text
  assert.match(cause, /<h1>Error<\/h1><p class="message">selling failed<\/p>/)
  assert.match(cause, /<div class="relation">Caused by<\/div><h1>RangeError<\/h1>/)
  const all = (await open(client, '/all')).text
  assert.match(all, /<h1>AggregateError<\/h1>/)
  assert.match(all, /Error 1 of 2<\/div><h1>Error<\/h1><p class="message">a<\/p>/)
  assert.match(all, /Error 2 of 2<\/div><h1>Error<\/h1><p class="message">b<\/p>/)
})

test('a console evaluates in its frame, and changes what it finds there', async () => {
  const client = makeClient()
  const page = await open(client)
  await unlock(client, page)
  assert.equal(
    await evaluate(client, page, 0, '[wanted, position, this.#items]'),
    "[ 'pear', -1, [ 'apple' ] ]",
  )
  assert.equal(await evaluate(client, page, 1, 'note'), "'first7'")
  assert.equal(await evaluate(client, page, 1, 'note = "second"'), "'second'")
  assert.equal(await evaluate(client, page, 1, 'note'), "'second'")
  assert.equal(await evaluate(client, page, 1, 'basket.take("apple")'), "'apple'")
  assert.equal(await evaluate(client, page, 1, 'await Promise.resolve(wanted)'), "'pear'")
  const { json } = await command(client, page, 'complete', { frame: 1, source: '1 + basket.ta' })
  assert.deepEqual(json, { from: 11, items: ['take'] })
  const names = (await command(client, page, 'complete', { frame: 1, source: 'no' })).json as {
    items: string[]
  }
  assert.deepEqual(names.items, ['note'])
})

test('an endless loop in a console is ended', async () => {
  const client = makeClient()
  const page = await open(client)
  await unlock(client, page)
  assert.match(
    await evaluate(client, page, 0, 'while (true) {}'),
    /^EvaluationTimeout: stopped after 2000 ms/,
  )
  assert.equal((await client.get('/ok')).text, 'fine')
})

test('the last ten reports are kept', async () => {
  const client = makeClient()
  const page = await open(client)
  await unlock(client, page)
  for (let count = 0; count < 10; count++) await open(client)
  assert.match(await evaluate(client, page, 0, '1'), /only the last ten are kept/)
})

test('nothing is evaluated without the PIN', async () => {
  const client = makeClient()
  const page = await open(client)
  assert.equal(await evaluate(client, page, 0, '1'), '401')
  const refused = await command(client, page, 'pin', { pin: '999-999-999' })
  assert.deepEqual(refused.json, { auth: false, exhausted: false })
  assert.equal(refused.headers.has('Set-Cookie'), false)
  await unlock(client, page)
  assert.equal(await evaluate(client, page, 0, '1 + 1'), '2')
})

test('the cookie is for this path only, and cannot be forged or read', async () => {
  const client = makeClient()
  const page = await open(client)
  const cookie = (await command(client, page, 'pin', { pin: '111222333' })).headers.get('Set-Cookie')!
  assert.match(
    cookie,
    /^__wzd[0-9a-f]{20}=\d+\.[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/__debugger__\/; Max-Age=604800$/,
  )
  const stranger = new Client(debuggedApplication(app, { pin: PIN, log: false }), { useCookies: false })
  const other = await open(stranger)
  const stolen = await command(
    stranger,
    other,
    'eval',
    { frame: 0, source: '1' },
    { Cookie: cookie.split(';')[0]! },
  )
  assert.equal(stolen.statusCode, 401)
})

test('after ten wrong PINs the right one is wrong too, and so are cookies given before', async () => {
  const client = makeClient()
  const page = await open(client)
  await unlock(client, page)
  const answers = []
  for (let count = 0; count < 10; count++)
    answers.push((await command(client, page, 'pin', { pin: String(count) })).json)
  assert.deepEqual(answers.at(8), { auth: false, exhausted: false })
  assert.deepEqual(answers.at(9), { auth: false, exhausted: true })
  assert.deepEqual((await command(client, page, 'pin', { pin: PIN })).json, { auth: false, exhausted: true })
  assert.equal(await evaluate(client, page, 0, '1'), '401')
})

test('requests without the secret of the process are not known', async () => {
  const client = makeClient()
  const page = await open(client)
  for (const headers of [{ 'X-Debugger-Secret': '' }, { 'X-Debugger-Secret': 'x'.repeat(27) }]) {
    assert.equal((await command(client, page, 'pin', { pin: PIN }, headers)).statusCode, 404)
  }
  const get = await client.get('/__debugger__/eval', {
    headers: { ...LOCAL, 'X-Debugger-Secret': page.secret },
  })
  assert.equal(get.statusCode, 404)
})

test('other host names and other origins get nothing', async () => {
  const client = makeClient()
  const page = await open(client)
  for (const headers of [
    { Host: 'evil.example' },
    { Host: 'localhost.evil.example' },
    { Origin: 'http://evil.example' },
  ]) {
    assert.equal((await command(client, page, 'pin', { pin: PIN }, headers)).statusCode, 400)
  }
  const foreign = await client.get('/pear', { headers: { Host: 'evil.example', Accept: 'text/html' } })
  assert.equal(foreign.statusCode, 400)
  assert.doesNotMatch(foreign.text, /basket|secret|hunter2/i)
  assert.equal((await client.get('/console', { headers: { Host: 'evil.example' } })).statusCode, 400)
})

test('hosts that are named are trusted, with this machine under all its names', async () => {
  const client = makeClient({ trustedHosts: ['my.test'] })
  for (const host of ['my.test:5000', 'localhost', 'shop.localhost:80', '127.0.0.1:1', '[::1]:5000']) {
    assert.equal((await client.get('/pear', { headers: { Host: host } })).statusCode, 500, host)
  }
})

test('the console page evaluates with the names that it is given', async () => {
  const client = makeClient({ consoleNames: () => ({ answer: 42 }) })
  const { text } = await client.get('/console', { headers: HTML })
  const page = { text, secret: /data-secret="([^"]*)"/.exec(text)![1]!, report: 'console' }
  await unlock(client, page)
  assert.equal(await evaluate(client, page, 0, 'const twice = answer * 2; twice'), '84')
  assert.equal(await evaluate(client, page, 0, 'typeof app + twice'), "'function84'")
})

test('consoles can be turned off', async () => {
  const client = makeClient({ evalex: false })
  const page = await open(client)
  assert.match(page.text, /Consoles are turned off\./)
  assert.doesNotMatch(page.text, /<textarea|<script/)
  assert.equal((await client.get('/console', { headers: HTML })).statusCode, 500)
})

test('the debugger refuses to run in production', () => {
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    assert.throws(() => debuggedApplication(app), { name: 'DebuggerInProduction' })
  } finally {
    process.env.NODE_ENV = NODE_ENV
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
  }
})

test('a thousand errors that are thrown and caught stay within a capped cost', async () => {
  const busy: Application = () => {
    let caught = 0
    for (let at = 0; at < 1000; at++) {
      try {
        JSON.parse('{')
      } catch {
        caught++
      }
    }
    return { status: 200, headers: [], body: String(caught) }
  }
  const client = new Client(debuggedApplication(busy, { pin: PIN, log: false }))
  const start = performance.now()
  assert.equal((await client.get('/')).text, '1000')
  assert.ok(performance.now() - start < 400)
})
