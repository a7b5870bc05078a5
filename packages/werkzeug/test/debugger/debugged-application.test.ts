import assert from 'node:assert/strict'
import { test } from 'node:test'
import { debuggedApplication } from '@flask-ts/werkzeug/debug'
import { Client, type TestResponse } from '@flask-ts/werkzeug/testing'
import type { Application } from '@flask-ts/wsgi'
import { command, evaluate, HTML, LOCAL, makeClient, open, PIN, unlock } from './command-client.ts'

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
      /^RangeError: no pear in <the> basket\n {4}at Basket\.take \(.*command-client\.ts:\d+:\d+\)\n {9}if \(position < 0\)/,
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

test('the console page evaluates with the names that it is given', async () => {
  const client = makeClient({ consoleNames: () => ({ answer: 42 }) })
  const { text } = await client.get('/console', { headers: HTML })
  const page = { text, secret: /data-secret="([^"]*)"/.exec(text)![1]!, report: 'console' }
  await unlock(client, page)
  assert.equal(await evaluate(client, page, 0, 'const twice = answer * 2; twice'), '84')
  assert.equal(await evaluate(client, page, 0, 'typeof app + twice'), "'function84'")
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
