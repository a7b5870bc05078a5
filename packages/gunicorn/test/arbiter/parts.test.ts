import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { metricsPage } from '../../src/admin/metrics.ts'
import { parseBind, showAddress } from '../../src/arbiter/address.ts'
import { cpuCount } from '../../src/arbiter/cpu-count.ts'
import { CrashLoop } from '../../src/arbiter/crash-loop.ts'
import { PidFile } from '../../src/arbiter/pid-file.ts'
import { workerEnv } from '../../src/arbiter/raw-env.ts'
import { describeStuck } from '../../src/arbiter/stuck.ts'
import { sumStats } from '../../src/arbiter/sum-stats.ts'
import { takeInherited } from '../../src/arbiter/systemd.ts'
import { maxRequests } from '../../src/worker/max-requests.ts'
import { RequestCounter } from '../../src/worker/request-counter.ts'
import { Site } from '../support/running-gunicorn.ts'

test('addresses are read and shown as in Gunicorn', () => {
  const read = (text: string): string => showAddress(parseBind(text, '/srv'), 'http')
  assert.equal(read('127.0.0.1:80'), 'http://127.0.0.1:80')
  assert.equal(read(':80'), 'http://0.0.0.0:80')
  assert.equal(read('LocalHost'), 'http://localhost:8000')
  assert.equal(read('[::1]:80'), 'http://[::1]:80')
  assert.equal(read('unix:run/a.sock'), 'unix:/srv/run/a.sock')
  assert.equal(read('fd://3'), 'fd://3')
  assert.throws(() => parseBind('a:b', '/'), /Invalid address 'a:b'/)
  assert.throws(() => parseBind('a:70000', '/'), /not a valid port number/)
})

test('auto counts processors, and no more than the limit of the container, in both kinds of control groups', () => {
  using site = new Site({ 'cpu.max': '150000 100000' })
  assert.equal(cpuCount(site.folder, 8), 2)
  assert.equal(cpuCount(site.folder, 1), 1)
  site.write('cpu.max', 'max 100000')
  assert.equal(cpuCount(site.folder, 8), 8)
  using old = new Site({})
  mkdirSync(old.path('cpu'))
  old.write('cpu/cpu.cfs_quota_us', '50000')
  old.write('cpu/cpu.cfs_period_us', '100000')
  assert.equal(cpuCount(old.folder, 8), 1)
  assert.equal(cpuCount(old.path('nowhere'), 3), 3)
})

test('workers that keep failing are started ever more slowly, up to half a minute', () => {
  const crashes = new CrashLoop()
  const delays = Array.from({ length: 9 }, () => crashes.failed(1000))
  assert.deepEqual(delays, [0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  assert.equal(crashes.wait(11_000), 20_000)
  crashes.reset()
  assert.equal(crashes.wait(1000), 0)
})

test('a pid file of a running process is respected, and a stale one replaced', () => {
  using site = new Site({ 'other.pid': `${process.ppid}\n`, 'stale.pid': '999999999\n' })
  assert.throws(() => new PidFile(site.path('other.pid'), process.pid), /Already running on PID/)
  const file = new PidFile(site.path('stale.pid'), process.pid)
  file.rename(site.path('new.pid'))
  assert.equal(readFileSync(site.path('new.pid'), 'utf8'), `${process.pid}\n`)
  site.write('new.pid', '1\n')
  file.unlink()
  assert.equal(readFileSync(site.path('new.pid'), 'utf8'), '1\n', 'it belongs to another by now')
})

test('inherited sockets are taken out of the environment', () => {
  const systemd: Record<string, string | undefined> = { LISTEN_FDS: '2', LISTEN_PID: '7', OTHER: 'x' }
  assert.deepEqual(takeInherited(systemd, 7), { descriptors: [3, 4], systemd: true, arbiter: 0 })
  assert.deepEqual(systemd, { OTHER: 'x' })
  assert.deepEqual(
    takeInherited({ LISTEN_FDS: '2', LISTEN_PID: '8' }, 7).descriptors,
    [],
    'meant for another',
  )
  const upgrade = { GUNICORN_PID: '5', GUNICORN_FD: '3,4' }
  assert.deepEqual(takeInherited(upgrade, 7), { descriptors: [3, 4], systemd: false, arbiter: 5 })
  assert.deepEqual(upgrade, {})
})

test('raw_env is NAME=VALUE, with whatever stands in the value', () => {
  assert.equal(workerEnv({ A: '1' }, ['B=2=3']).B, '2=3')
  assert.throws(() => workerEnv({}, ['nonsense']), /must be NAME=VALUE/)
})

test('max_requests is reached once, somewhere within the jitter', () => {
  const limits: number[] = []
  for (let round = 0; round < 50; round++) {
    const count = maxRequests(10, 5, (limit) => limits.push(limit))!
    for (let request = 0; request < 40; request++) count()
  }
  assert.equal(limits.length, 50)
  assert.ok(limits.every((limit) => limit >= 10 && limit <= 15))
  assert.ok(new Set(limits).size > 1)
  assert.equal(
    maxRequests(0, 5, () => {}),
    undefined,
  )
})

test('a report about a stuck worker says what can be known', () => {
  const text = describeStuck(7, 2300, { delay: 2100, stack: '    at loop (app.ts:3:1)', requests: ['GET /'] })
  assert.match(
    text,
    /WORKER TIMEOUT \(pid:7\): no sign of life for 2\.3 s\nThe event loop has been stuck for 2\.1 s/,
  )
  assert.match(text, /latest first:\n {4}GET \/\nIt was here:\n {4}at loop/)
  assert.match(describeStuck(7, 1, { delay: 1, stack: undefined, requests: [] }), /inside native code/)
  assert.match(describeStuck(7, 1, undefined), /watchdog is silent too/)
})

test('counters of workers that are gone stay in the metrics', () => {
  const counter = new RequestCounter()
  counter.add(200, 3, 10)
  counter.add(503, 20_000, 5)
  counter.add(0, 1, 0)
  const stats = { connections: 3, active: 1, connectionsTotal: 5, requestsTotal: 7, rss: 9, loopDelay: 20 }
  const gone = sumStats(sumStats(undefined, { ...stats, requests: counter }), { ...stats, requests: counter })
  const page = metricsPage({
    wanted: 1,
    started: 3,
    live: [{ pid: 4, state: 'serving', stats }],
    departed: gone,
  })
  assert.match(page, /^gunicorn_requests_total 21$/m)
  assert.match(page, /^gunicorn_connections\{pid="4"\} 3$/m)
  assert.match(page, /^gunicorn_responses_total\{class="2xx"\} 2$/m)
  assert.match(page, /^gunicorn_responses_total\{class="none"\} 2$/m)
  assert.match(page, /^gunicorn_request_duration_seconds_bucket\{le="0\.005"\} 4$/m)
  assert.match(page, /^gunicorn_request_duration_seconds_count 6$/m)
  assert.match(page, /^gunicorn_response_bytes_total 30$/m)
})
