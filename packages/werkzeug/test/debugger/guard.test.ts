import assert from 'node:assert/strict'
import { test } from 'node:test'
import { debuggedApplication } from '@flask-ts/werkzeug/debug'
import { Client } from '@flask-ts/werkzeug/testing'
import { app, command, evaluate, HTML, LOCAL, makeClient, open, PIN, unlock } from './command-client.ts'

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

test('a site that may read the page finds neither the secret nor a console in it', async () => {
  const headers = { ...HTML, Origin: 'http://elsewhere.example' }
  const { text } = await makeClient().get('/pear', { headers })
  assert.match(text, /<h1>RangeError<\/h1>/)
  assert.match(text, /data-secret=""/)
  assert.doesNotMatch(text, /<textarea/)
})
