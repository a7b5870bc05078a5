import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { Gunicorn, helloApp, Site, until } from './support/running-gunicorn.ts'

const tcp = ['-b', '127.0.0.1:0']

async function ended(
  site: Site,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<[unknown, string]> {
  await using server = new Gunicorn(site, args, env)
  const status = await server.exited
  return [status, server.log]
}

test('start-up lines are those of Gunicorn, and TERM ends all with status 0', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  await using server = await Gunicorn.serving(site, ['-w', '2', 'app:app'])
  await server.logged(/(Booting worker[\s\S]*){2}/)
  const date = String.raw`\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\]`
  const start = String.raw`^${date} \[${server.pid}\] \[INFO\] Starting gunicorn [\d.]+\n`
  const listening = String.raw`${date} \[${server.pid}\] \[INFO\] Listening at: http://127\.0\.0\.1:\d+ \(${server.pid}\)\n`
  assert.match(
    server.log,
    new RegExp(`${start}${listening}${date} \\[${server.pid}\\] \\[INFO\\] Using worker: native\n`),
  )
  assert.match(server.log, new RegExp(`${date} \\[(\\d+)\\] \\[INFO\\] Booting worker with pid: \\1\n`))
  assert.match(await server.text(), /^hello from \d+$/)
  server.signal('SIGTERM')
  assert.equal(await server.exited, 0)
  assert.match(
    server.log,
    /Handling signal: term\n[\s\S]*Worker exiting \(pid: \d+\)\n[\s\S]*Shutting down: Master\n$/,
  )
})

test('TERM lets a request end that is being answered, and INT does not', async () => {
  using site = new Site({
    'app.mjs': `export const app = () => new Promise((resolve) => setTimeout(
      () => resolve({ status: 200, headers: [], body: 'late' }), 700))`,
  })
  for (const [signal, expected] of [
    ['SIGTERM', 'late'],
    ['SIGINT', 'cut'],
  ] as const) {
    await using server = await Gunicorn.serving(site, ['app:app'])
    const answer = server.text().catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 200))
    server.signal(signal)
    assert.equal(await answer, expected)
    assert.equal(await server.exited, 0)
  }
})

test('an application that cannot be imported ends the start with status 4 and its trace', async () => {
  using site = new Site({ 'app.mjs': 'const x = 1\nthrow new TypeError("broken on purpose")\n' })
  const [status, log] = await ended(site, [...tcp, '-w', '2', 'app:app'])
  assert.equal(status, 4)
  assert.match(
    log,
    /Failed to import the application from .*app\.mjs[\s\S]*TypeError: broken on purpose\n\s+at file:.*app\.mjs:2/,
  )
  assert.match(log, /Reason: App failed to load\./)
})

test('a missing module and a missing name say what there is', async () => {
  using site = new Site({ 'app.mjs': 'export const site = () => {}\nexport const api = () => {}\n' })
  assert.match((await ended(site, [...tcp, 'nothing:app']))[1], /No module named 'nothing'/)
  assert.match(
    (await ended(site, [...tcp, 'app:app']))[1],
    /Failed to find 'app' in .*app\.mjs, which exports api, site/,
  )
})

test('--check-config tells by its status whether configuration and application are sound', async () => {
  using site = new Site({
    'app.mjs': helloApp,
    'broken.mjs': 'throw new Error("no")',
    'bad.conf.mjs': 'export const workers = -1',
  })
  assert.deepEqual(await ended(site, ['--check-config', 'app:app']), [0, ''])
  const [status, log] = await ended(site, ['--check-config', 'broken:app'])
  assert.equal(status, 1)
  assert.match(log, /Error while loading the application[\s\S]*Error: no/)
  const [bad, message] = await ended(site, ['--check-config', '-c', 'bad.conf.mjs', 'app:app'])
  assert.equal(bad, 1)
  assert.match(message, /workers must be a whole number of at least 0, not -1/)
})

test('--print-config, --version and --help print and end', async () => {
  using site = new Site({ 'app.mjs': helloApp })
  assert.match((await ended(site, ['--print-config', '-w', '7', 'app:app']))[1], /^workers += 7$/m)
  assert.match((await ended(site, ['--version']))[1], /^gunicorn \(version \d+\.\d+\.\d+\)\n$/)
  const [status, help] = await ended(site, ['--help'])
  assert.equal(status, 0)
  assert.match(help, /-w, --workers <INT>/)
  assert.doesNotMatch(help, /--threads/)
})

test('a wrong flag, and no application at all, are refused with status 1', async () => {
  using site = new Site({})
  const [status, log] = await ended(site, ['--wrokers', '2', 'app:app'])
  assert.equal(status, 1)
  assert.match(log, /unknown option '--wrokers'\n\(Did you mean --workers\?\)/)
  assert.match((await ended(site, []))[1], /No application module specified/)
})

test('a port that is taken is tried five times, and the reason is given', { timeout: 20_000 }, async () => {
  using site = new Site({ 'app.mjs': helloApp })
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const [status, log] = await ended(site, ['-b', `127.0.0.1:${port}`, 'app:app'])
  other.close()
  assert.equal(status, 1)
  assert.equal(log.match(/another process listens there \(EADDRINUSE\)/g)?.length, 6)
})

test('GUNICORN_CMD_ARGS and the config file are read, and hooks run in their processes', async () => {
  using site = new Site({
    'app.mjs': helloApp,
    'gunicorn.conf.mjs': `import { appendFileSync } from 'node:fs'
      const note = (name) => (...args) => appendFileSync('hooks.txt',
        name + ' ' + args.map((arg) => typeof arg === 'number' ? arg : arg?.age ?? typeof arg).join(' ') + '\\n')
      export const workers = 1
      export const onStarting = note('on_starting')
      export const when_ready = note('when_ready')
      export const preFork = note('pre_fork')
      export const postFork = note('post_fork')
      export const postWorkerInit = note('post_worker_init')
      export const preRequest = note('pre_request')
      export const postRequest = note('post_request')
      export const childExit = note('child_exit')
      export const workerExit = note('worker_exit')
      export const nworkersChanged = note('nworkers_changed')
      export const onExit = note('on_exit')`,
  })
  const { readFileSync } = await import('node:fs')
  {
    await using server = await Gunicorn.serving(site, ['app:app'], {
      GUNICORN_CMD_ARGS: '--workers=2 -n "a b"',
    })
    await until('both workers', () => {
      return readFileSync(site.path('hooks.txt'), 'utf8').match(/post_worker_init/g)?.length === 2
    })
    server.signal('SIGTERM')
    assert.equal(await server.exited, 0)
  }
  const lines = readFileSync(site.path('hooks.txt'), 'utf8').split('\n')
  for (const line of [
    'on_starting object',
    'nworkers_changed object 2 object',
    'when_ready object',
    'pre_fork object 1',
    'pre_fork object 2',
    'post_fork object 1',
    'post_worker_init 1',
    'child_exit object 1',
    'worker_exit object 2',
    'on_exit object',
  ]) {
    assert.ok(lines.includes(line), `${line} is missing in\n${lines.join('\n')}`)
  }
  assert.ok(lines.some((line) => /^pre_request \d object$/.test(line)))
  assert.ok(lines.some((line) => /^post_request \d object object$/.test(line)))
})
