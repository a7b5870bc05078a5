import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { createServer as createTcp } from 'node:net'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Gunicorn, helloApp, Site, until } from './support/running-gunicorn.ts'

function askUnix(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: '/' }, (response) => {
      response.setEncoding('utf8')
      response.once('data', resolve)
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('HUP with broken code keeps the old workers, says why, and slows down', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  await using server = await Gunicorn.serving(site, ['app:app'])
  const before = await server.text()
  site.write('app.mjs', 'throw new Error("typing mistake")')
  server.signal('SIGHUP')
  await server.logged(/A worker failed, 2 in a row now: AppImportError: Failed to import/)
  await server.logged(/The next one starts in 0\.5 s\. 1 other worker goes on serving\./)
  assert.equal(await server.text(), before)
  site.write('app.mjs', helloApp)
  server.signal('SIGHUP')
  await until('the new worker', async () => (await server.text()) !== before)
})

test('HUP with a broken config file keeps the old one', async () => {
  using site = new Site({ 'app.mjs': helloApp, 'gunicorn.conf.mjs': 'export const workers = 1' })
  await using server = await Gunicorn.serving(site, ['app:app'])
  const before = await server.text()
  site.write('gunicorn.conf.mjs', 'export const workers = "many"')
  server.signal('SIGHUP')
  await server.logged(/The new configuration is not used[\s\S]*workers must be a whole number/)
  assert.equal(await server.text(), before)
})

test('HUP moves to a new address', async () => {
  using site = new Site({ 'app.mjs': helloApp, 'gunicorn.conf.mjs': 'export const bind = "unix:one.sock"' })
  await using server = new Gunicorn(site, ['app:app'])
  await until('an answer', () => askUnix(site.path('one.sock')).catch(() => false))
  site.write('gunicorn.conf.mjs', 'export const bind = "unix:two.sock"')
  server.signal('SIGHUP')
  await until('an answer', () => askUnix(site.path('two.sock')).catch(() => false))
  assert.equal(existsSync(site.path('one.sock')), false)
  server.signal('SIGTERM')
  await server.exited
  assert.equal(existsSync(site.path('two.sock')), false, 'the file of the socket is removed at the end')
})

test('a Unix socket has the mode of the mask, and one that was left behind is replaced', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  const args = ['-b', 'unix:app.sock', '-m', '0o117', 'app:app']
  {
    await using server = new Gunicorn(site, args)
    await until('an answer', () => askUnix(site.path('app.sock')).catch(() => false))
    assert.equal(statSync(site.path('app.sock')).mode & 0o777, 0o660)
    process.kill(server.pid, 'SIGKILL')
    await server.exited
    await until('the end of its worker', () => server.log.includes('Worker exiting'))
  }
  assert.equal(existsSync(site.path('app.sock')), true)
  await using server = new Gunicorn(site, args)
  assert.match(await until('an answer', () => askUnix(site.path('app.sock')).catch(() => false)), /hello/)
  assert.match(server.log, /Listening at: unix:.*app\.sock/)
})

test('workers end when their arbiter was killed', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  await using server = await Gunicorn.serving(site, ['app:app'])
  const worker = server.workers[0]!
  process.kill(server.pid, 'SIGKILL')
  await server.exited
  await until('the end of the worker', () => {
    try {
      process.kill(worker, 0)
      return false
    } catch {
      return true
    }
  })
})

test('USR1 opens the logs anew', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  const args = ['--access-logfile', 'access.log', '--error-logfile', 'error.log', '-p', 'app.pid', 'app:app']
  await using server = new Gunicorn(site, ['-b', 'unix:app.sock', ...args])
  await until('an answer', () => askUnix(site.path('app.sock')).catch(() => false))
  assert.equal(readFileSync(site.path('app.pid'), 'utf8'), `${server.pid}\n`)
  for (const name of ['access.log', 'error.log']) renameSync(site.path(name), site.path(`${name}.1`))
  server.signal('SIGUSR1')
  await until('the new logs', () => existsSync(site.path('access.log')) && existsSync(site.path('error.log')))
  await askUnix(site.path('app.sock'))
  const line = await until('a line', () => readFileSync(site.path('access.log'), 'utf8') || undefined)
  assert.match(
    line,
    /^- - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "GET \/ HTTP\/1\.1" 200 \d+ "-" "-"\n$/,
  )
  server.signal('SIGTERM')
  await server.exited
  assert.match(readFileSync(site.path('error.log'), 'utf8'), /Shutting down: Master/)
  assert.equal(existsSync(site.path('app.pid')), false)
})

test('--reload replaces the workers when a module or an extra file changes, and waits for broken code', async () => {
  using site = new Site({
    'app.mjs': `import { word } from './word.mjs'
      export const app = () => ({ status: 200, headers: [], body: word })`,
    'word.mjs': 'export const word = "one"',
    'page.html': 'x',
  })
  const args = ['--reload', '--reload-extra-file', '*.html', 'app:app']
  await using server = await Gunicorn.serving(site, args)
  assert.equal(await server.text(), 'one')
  site.write('word.mjs', 'export const word = ')
  await server.logged(/Worker reloading: .*word\.mjs modified[\s\S]*SyntaxError/)
  site.write('word.mjs', 'export const word = "two"')
  await until('the new code', async () => (await server.text()) === 'two')
  site.write('page.html', 'yy')
  await server.logged(/Worker reloading: .*page\.html modified/)
})

test('--daemon goes to the background and is ruled through its pid file', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  const args = ['-D', '-b', 'unix:app.sock', '-p', 'app.pid', '--error-logfile', 'error.log', 'app:app']
  await using server = new Gunicorn(site, args)
  assert.equal(await server.exited, 0)
  await until('an answer', () => askUnix(site.path('app.sock')).catch(() => false))
  const pid = Number(readFileSync(site.path('app.pid'), 'utf8'))
  assert.notEqual(pid, server.pid)
  process.kill(pid, 'SIGTERM')
  await until('its end', () => !existsSync(site.path('app.pid')))
})

test('sockets of systemd are taken over', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  const listener = createTcp().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as { port: number }
  const { fd } = (listener as unknown as { _handle: { fd: number } })._handle
  const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url))
  // The shell knows the process id beforehand, as systemd does.
  const script = `LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$1" app:app`
  const child = spawn('/bin/sh', ['-c', script, process.execPath, bin], {
    cwd: site.folder,
    stdio: ['ignore', 'ignore', 'pipe', fd],
  })
  let log = ''
  child.stderr!.on('data', (text) => {
    log += text
  })
  listener.close()
  await until('the workers', () => log.includes('Booting worker'))
  const answer = await until('an answer', () =>
    fetch(`http://127.0.0.1:${port}`).then(
      (r) => r.text(),
      () => undefined,
    ),
  )
  assert.match(answer, /hello/)
  assert.match(log, new RegExp(`Listening at: http://127\\.0\\.0\\.1:${port} `))
  child.kill('SIGTERM')
  assert.equal((await once(child, 'exit'))[0], 0)
})
