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

test('a request is cut after graceful_timeout, and a worker that is stuck at a reload is killed with a report', async () => {
  const stuckApp = slowApp.replace('(environ) =>', "(environ) => environ.target === '/stuck' ? loop() :")
  using site = new Site({ 'app.mjs': `function loop() { for (;;) JSON.stringify('x') }\n${stuckApp}` })
  await using server = await Gunicorn.serving(site, [
    '--graceful-timeout',
    '0.2',
    '--timeout',
    '1',
    'app:app',
  ])
  const slow = server.text('/slow').catch(() => 'cut')
  await new Promise((resolve) => setTimeout(resolve, 200))
  server.signal('SIGHUP')
  assert.equal(await slow, 'cut')
  const stuck = until('the new worker', () => server.text('/stuck').catch(() => 'cut'))
  await new Promise((resolve) => setTimeout(resolve, 300))
  server.signal('SIGHUP')
  await server.logged(/GET \/stuck[\s\S]*at loop /)
  assert.equal(await stuck, 'cut')
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

test('a burst of connections is shared between the workers, with sockets of their own too', async () => {
  const { connect } = await import('node:net')
  using site = new Site({ 'app.mjs': helloApp })
  for (const more of [[], ['--reuse-port']]) {
    const port = await freePort()
    await using server = new Gunicorn(site, ['-w', '2', '-b', `127.0.0.1:${port}`, ...more, 'app:app'])
    await server.logged(/(Booting worker[\s\S]*){2}/)
    const burst = async (): Promise<Map<string, number>> => {
      const perWorker = new Map<string, number>()
      const sockets = Array.from({ length: 40 }, () => connect(port, '127.0.0.1'))
      await Promise.all(
        sockets.map(async (socket) => {
          socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
          const [bytes] = await once(socket, 'data')
          const pid = /from (\d+)/.exec(String(bytes))![1]!
          perWorker.set(pid, (perWorker.get(pid) ?? 0) + 1)
        }),
      )
      for (const socket of sockets) socket.destroy()
      return perWorker
    }
    const shared = await until('a fair share', async () => {
      const perWorker = await burst().catch(() => new Map<string, number>())
      return perWorker.size === 2 && Math.min(...perWorker.values()) >= 5 && perWorker
    })
    assert.equal(shared.size, 2)
  }
})

test('the PROXY protocol tells the client, from those who may speak it only', async () => {
  const { connect } = await import('node:net')
  using site = new Site({
    'app.mjs': `export const app = ({ remote }) => ({ status: 200, headers: [], body: JSON.stringify(remote) })`,
  })
  for (const [allowed, expected] of [
    ['127.0.0.1', /200 OK[\s\S]*\{"host":"203\.0\.113\.9","port":4711\}$/],
    ['10.0.0.0/8', /^HTTP\/1\.1 400 /],
  ] as const) {
    await using server = await Gunicorn.serving(site, [
      '--proxy-protocol=auto',
      '--proxy-allow-from',
      allowed,
      'app:app',
    ])
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      'PROXY TCP4 203.0.113.9 127.0.0.1 4711 80\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    )
    let text = ''
    for await (const piece of socket) text += piece
    assert.match(text, expected)
  }
})

test('certificates are read anew on HUP, and TLS connections are not lost', async () => {
  const { copyFileSync } = await import('node:fs')
  const { connect } = await import('node:tls')
  const fixtures = (name: string): URL => new URL(`../../wsgi/test/fixtures/${name}`, import.meta.url)
  using site = new Site({ 'app.mjs': helloApp })
  copyFileSync(fixtures('server.pem'), site.path('cert.pem'))
  copyFileSync(fixtures('server.key'), site.path('key.pem'))
  const port = await freePort()
  const args = ['-b', `127.0.0.1:${port}`, '--certfile', 'cert.pem', '--keyfile', 'key.pem', 'app:app']
  await using server = new Gunicorn(site, args)
  const fingerprint = (): Promise<string | undefined> =>
    new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256)
        socket.destroy()
      })
      socket.on('error', () => resolve(undefined))
    })
  const first = await until('TLS', fingerprint)
  await server.logged(/Listening at: https:/)
  copyFileSync(fixtures('other.pem'), site.path('cert.pem'))
  copyFileSync(fixtures('other.key'), site.path('key.pem'))
  server.signal('SIGHUP')
  await until('the new certificate', async () => {
    const now = await fingerprint()
    return now !== undefined && now !== first
  })
})

test('node:http and node:http2 end gracefully as well', async () => {
  using site = new Site({ 'app.mjs': slowApp })
  for (const worker of ['http', 'http2']) {
    const port = await freePort()
    await using server = new Gunicorn(site, ['-k', worker, '-b', `127.0.0.1:${port}`, 'app:app'])
    await server.logged(/Booting worker/)
    const ask = worker === 'http' ? askHttp1 : askHttp2
    assert.equal(await until('an answer', () => ask(port, '/').catch(() => false)), 'quick')
    const slow = ask(port, '/slow')
    await new Promise((resolve) => setTimeout(resolve, 300))
    server.signal('SIGTERM')
    assert.equal(await slow, 'slow')
    assert.equal(await server.exited, 0)
  }
})

async function askHttp1(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text()
}

async function askHttp2(port: number, path: string): Promise<string> {
  const { connect } = await import('node:http2')
  const session = connect(`http://127.0.0.1:${port}`)
  const failed = once(session, 'error').then(([error]) => Promise.reject(error))
  const stream = session.request({ ':path': path })
  let body = ''
  const read = (async () => {
    for await (const piece of stream) body += piece
    session.close()
    return body
  })()
  return await Promise.race([read, failed])
}
