import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { freePort } from './support/nginx.ts'
import { Gunicorn, helloApp, Site, until } from './support/running-gunicorn.ts'

const slowApp = `export const app = (environ) => environ.target === '/slow'
  ? new Promise((resolve) => setTimeout(() => resolve({ status: 200, headers: [], body: 'slow' }), 1500))
  : { status: environ.target === '/missing' ? 404 : 200, headers: [], body: 'quick' }\n`

test('the admin socket tells health and metrics, and readiness ends with the beginning of the shutdown', async () => {
  using site = new Site({ 'app.mjs': slowApp })
  const port = await freePort()
  const admin = `http://127.0.0.1:${port}`
  await using server = await Gunicorn.serving(site, ['--admin-bind', `127.0.0.1:${port}`, 'app:app'])
  const health = await fetch(`${admin}/health`)
  assert.equal(health.status, 200)
  assert.equal(await health.text(), '1 of 1 workers ready\n')
  await server.text('/missing')
  const metrics = await until('the figures', async () => {
    const text = await (await fetch(`${admin}/metrics`)).text()
    return text.includes('gunicorn_responses_total{class="4xx"} 1') && text
  })
  assert.match(metrics, /^gunicorn_workers\{state="serving"\} 1$/m)
  assert.match(metrics, /^gunicorn_request_duration_seconds_bucket\{le="\+Inf"\} [2-9]$/m)
  assert.match(metrics, /^gunicorn_worker_memory_bytes\{pid="\d+"\} \d{7,}$/m)
  const slow = server.text('/slow')
  await new Promise((resolve) => setTimeout(resolve, 200))
  server.signal('SIGTERM')
  await server.logged(/Handling signal: term/)
  const draining = await fetch(`${admin}/health`)
  assert.equal(draining.status, 503)
  assert.equal(await draining.text(), 'shutting down\n')
  assert.equal(await slow, 'slow')
})

test('StatsD gets the metrics of requests under the names of Gunicorn', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  const socket = createSocket('udp4')
  let received = ''
  socket.on('message', (bytes) => {
    received += `${bytes}\n`
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const host = `127.0.0.1:${socket.address().port}`
  await using server = await Gunicorn.serving(site, [
    '--statsd-host',
    host,
    '--statsd-prefix',
    'shop',
    '--dogstatsd-tags',
    'env:test',
    'app:app',
  ])
  await server.text()
  await until('the metrics', () => received.includes('request.status.200'))
  socket.close()
  assert.match(received, /^shop\.gunicorn\.workers:1\|g\|#env:test$/m)
  assert.match(received, /^shop\.gunicorn\.request\.duration:[\d.]+\|ms\|#env:test$/m)
  assert.match(received, /^shop\.gunicorn\.requests:1\|c\|@1\.0\|#env:test$/m)
})

test('a worker that uses too much memory is replaced without losing its requests', async () => {
  using site = new Site({
    'app.mjs': `const kept = []
      export const app = (environ) => {
        if (environ.target === '/leak') kept.push(Buffer.alloc(200 * 1024 ** 2, 1))
        return { status: 200, headers: [], body: String(process.pid) }
      }`,
  })
  await using server = await Gunicorn.serving(site, ['--max-memory', '250M', 'app:app'])
  const before = await server.text('/leak')
  await until('the new worker', async () => (await server.text()) !== before)
  assert.match(server.log, /asks to be replaced: it uses \d+ MB, more than max_memory \(250 MB\)/)
})

test('an uncaught exception ends the worker after its requests, with the trace in the log', async () => {
  using site = new Site({
    'app.mjs': `export const app = (environ) => new Promise((resolve) => {
      if (environ.target === '/crash') setTimeout(() => { throw new Error('nobody catches this') }, 50)
      setTimeout(() => resolve({ status: 200, headers: [], body: String(process.pid) }), 400)
    })`,
  })
  await using server = await Gunicorn.serving(site, ['app:app'])
  const answer = await server.text('/crash')
  assert.match(answer, /^\d+$/, 'the request in flight is answered')
  await server.logged(/\[CRITICAL\] Uncaught exception[\s\S]*nobody catches this\n\s+at /)
  await until('the new worker', async () => (await server.text().catch(() => answer)) !== answer)
})

test('the access log has a JSON form', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  await using server = await Gunicorn.serving(site, [
    '--access-logfile',
    'access.log',
    '--access-logformat',
    'json',
    'app:app',
  ])
  await server.text('/a%20b?c="d"', { headers: { 'user-agent': 'a "test"' } })
  const line = await until('the line', () =>
    readFileSync(site.path('access.log'), 'utf8')
      .split('\n')
      .find((text) => text.includes('/a%20b')),
  )
  const entry = JSON.parse(line)
  assert.equal(entry.path, '/a b')
  assert.equal(entry.status, 200)
  assert.equal(entry.userAgent, 'a "test"')
  assert.equal(entry.complete, true)
})

test('workers become another user, and can write the logs', { skip: process.getuid?.() !== 0 }, async () => {
  using site = new Site({
    'app.mjs': `export const app = () => ({ status: 200, headers: [],
      body: [process.getuid(), process.getgid(), process.getgroups()].join() })`,
  })
  const { chmodSync } = await import('node:fs')
  chmodSync(site.folder, 0o755)
  await using server = await Gunicorn.serving(site, ['-u', 'nobody', '-g', '65534', 'app:app'])
  assert.equal(await server.text(), '65534,65534,65534')
})

test('--env, --chdir and --capture-output', async () => {
  using site = new Site({})
  const { mkdirSync } = await import('node:fs')
  mkdirSync(site.path('inner'))
  site.write(
    'inner/site.mjs',
    `console.log('printed by the application')
    export default { fetch: () => new Response(process.env.WORD + ' ' + process.cwd()) }`,
  )
  const log = ['--capture-output', '--error-logfile', site.path('error.log'), '--log-level', 'debug']
  const port = await freePort()
  await using _server = new Gunicorn(site, [
    '-b',
    `127.0.0.1:${port}`,
    '--chdir',
    'inner',
    '-e',
    'WORD=a=b',
    ...log,
    'site',
  ])
  const answer = await until('an answer', () =>
    fetch(`http://127.0.0.1:${port}`).then(
      (r) => r.text(),
      () => false,
    ),
  )
  assert.equal(answer, `a=b ${site.path('inner')}`)
  assert.match(readFileSync(site.path('error.log'), 'utf8'), /printed by the application/)
})
