import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Load } from './support/load.ts'
import { freePort } from './support/nginx.ts'
import { Gunicorn, Site, until } from './support/running-gunicorn.ts'

const clients = 16

/** Answers now at once, now a little later, and gets stuck when asked. */
function app(version: string): string {
  return `const headers = [['Content-Type', 'text/plain']]
const answer = () => ({ status: 200, headers, body: '${version} ' + process.pid })
export const app = (environ) => {
  if (environ.target === '/stuck') for (;;) JSON.stringify(environ.target)
  return Math.random() < 0.5 ? answer() : new Promise((resolve) => setTimeout(() => resolve(answer()), 10))
}
`
}

function config(settings: Readonly<Record<string, unknown>>): string {
  return `export default ${JSON.stringify(settings)}\n`
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

test('under load, nothing is lost by reloads, upgrades, scaling and recycling, and only what a killed worker held', {
  timeout: 90_000,
}, async (t) => {
  const adminPort = await freePort()
  const base = {
    admin_bind: `127.0.0.1:${adminPort}`,
    bind: '127.0.0.1:0',
    workers: 2,
    timeout: 2,
    graceful_timeout: 5,
    pidfile: 'chaos.pid',
  }
  using site = new Site({ 'app.ts': app('v1'), 'gunicorn.conf.mjs': config(base) })
  await using server = new Gunicorn(site, ['app:app'])
  await server.ready()
  await using load = new Load(server.port, clients)
  const enter = async (phase: string, milliseconds: number): Promise<void> => {
    load.phase = phase
    load.bodies.clear()
    await pause(milliseconds)
  }
  const serving = (): Set<number> => new Set([...load.bodies].map((body) => Number(body.split(' ')[1])))
  /** When workers were killed. */
  const kills: number[] = []
  await enter('calm', 1000)

  load.phase = 'HUP'
  site.write('app.ts', app('v2'))
  site.write('gunicorn.conf.mjs', config({ ...base, workers: 3 }))
  server.signal('SIGHUP')
  await until('three workers with the new code', () => {
    const fresh = [...load.bodies].filter((body) => body.startsWith('v2'))
    return fresh.length >= 3
  })
  await enter('HUP', 1000)
  assert.deepEqual(
    [...load.bodies].filter((body) => body.startsWith('v1')),
    [],
    'the old code is gone',
  )
  assert.equal(serving().size, 3)

  load.phase = 'TTIN'
  server.signal('SIGTTIN')
  await until('a fourth worker', () => serving().size === 4)
  load.phase = 'TTOU'
  server.signal('SIGTTOU')
  server.signal('SIGTTOU')
  await pause(1000)
  await enter('TTOU', 700)
  assert.ok(serving().size <= 3, 'signals that come twice may be one')

  load.phase = 'KILL'
  const victim = [...serving()][0]!
  process.kill(victim, 'SIGKILL')
  kills.push(performance.now())
  await server.logged(/was sent SIGKILL! Perhaps out of memory/)
  await enter('after KILL', 1000)

  load.phase = 'stuck'
  const stuck = fetch(`${server.url}/stuck`).catch(() => 'lost')
  await server.logged(/WORKER TIMEOUT[\s\S]*GET \/stuck from 127\.0\.0\.1[\s\S]*at app \(.*app\.ts:4/, 8000)
  kills.push(performance.now())
  assert.equal(await stuck, 'lost')
  await enter('after stuck', 1000)

  load.phase = 'max_requests'
  site.write(
    'gunicorn.conf.mjs',
    config({ ...base, workers: 2, max_requests: 400, max_requests_jitter: 200 }),
  )
  server.signal('SIGHUP')
  await until(
    'three workers that ask to be replaced',
    () => {
      return (server.log.match(/asks to be replaced: it has served \d+ requests/g) ?? []).length >= 3
    },
    30_000,
  )
  site.write('gunicorn.conf.mjs', config({ ...base, workers: 2 }))
  server.signal('SIGHUP')
  await enter('after max_requests', 2000)

  load.phase = 'USR2'
  server.signal('SIGUSR2')
  const before = serving()
  const successor = Number(
    await until('the pid file of the new arbiter', () => {
      try {
        return readFileSync(site.path('chaos.pid.2'), 'utf8').trim()
      } catch {
        return undefined
      }
    }),
  )
  t.after(() => {
    // After a failure nobody else would end it, and its output would keep this process alive.
    if (alive(successor)) process.kill(successor, 'SIGKILL')
  })
  await until('an answer of the new workers', () => [...serving()].some((pid) => !before.has(pid)))
  load.phase = 'TERM of the old arbiter'
  server.signal('SIGTERM')
  assert.equal(await server.exited, 0)
  await server.logged(/Master has been promoted/)
  assert.equal(readFileSync(site.path('chaos.pid'), 'utf8').trim(), String(successor))
  await enter('the new arbiter alone', 1000)
  const health = await until('the admin socket of the new arbiter', () =>
    fetch(`http://127.0.0.1:${adminPort}/health`).catch(() => undefined),
  )
  assert.equal(await health.text(), '2 of 2 workers ready\n')
  await load.stop()
  process.kill(successor, 'SIGTERM')
  await until('the end of the new arbiter', () => !alive(successor))

  const total = [...load.tallies.values()].reduce((sum, { answered }) => sum + answered, 0)
  for (const [phase, { answered, lost }] of load.tallies)
    t.diagnostic(`${phase}: ${answered} answered, ${lost} lost`)
  t.diagnostic(`${total} answered, ${load.losses.length} lost`)
  // What a killed worker held was sent before, and is lost the moment that it dies.
  const unexpected = load.losses.filter(
    ({ sent, ended }) => !kills.some((kill) => sent < kill + 20 && Math.abs(ended - kill) < 300),
  )
  assert.deepEqual(unexpected, [], 'lost although no worker was killed')
  assert.ok(load.losses.length <= 2 * clients, 'no more than what two killed workers can have held')
  assert.ok(total > 1000, `only ${total} requests were answered`)
})
