import { Blueprint, g, Response, request, tuple } from 'flask-ts'
import { db } from './database.ts'

declare module 'flask-ts' {
  interface AppGlobals {
    startedAt?: number
  }
}

/** What the people and machines that run the shop ask it. The nginx of `deploy/` keeps `/metrics` to itself. */
export const operations = new Blueprint('operations', import.meta)

/** Upper bounds of the histogram in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, Number.POSITIVE_INFINITY]
/** Anybody can send any method: only these get a series of their own, or the series would have no end. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const requests = new Map<string, number>()
const inBounds: number[] = BOUNDS.map(() => 0)
let seconds = 0

operations.beforeAppRequest(function startClock() {
  g.startedAt = performance.now()
})

operations.afterAppRequest(function count(response) {
  const method = METHODS.has(request.method) ? request.method : 'other'
  const labels = `method="${method}",status="${response.status}"`
  requests.set(labels, (requests.get(labels) ?? 0) + 1)
  const taken = (performance.now() - (g.startedAt ?? 0)) / 1000
  seconds += taken
  inBounds[BOUNDS.findIndex((bound) => taken <= bound)]! += 1
  return response
})

/** Alive: this process answers. An orchestrator restarts it if not. */
operations.get('/health', function alive() {
  return { status: 'ok' }
})

/** Ready: the database answers, too. A load balancer sends no requests until then. */
operations.get('/health/ready', async function ready() {
  try {
    await db.session.execute(db.text('SELECT 1'))
    return { status: 'ok' }
  } catch (error) {
    return tuple({ status: 'unavailable', reason: (error as Error).message }, 503)
  }
})

/** Prometheus' text format. Each worker of Gunicorn counts for itself, hence the label. */
operations.get('/metrics', function metrics() {
  const worker = `worker="${process.pid}"`
  const lines = ['# TYPE shop_requests_total counter']
  for (const [labels, count] of requests) lines.push(`shop_requests_total{${worker},${labels}} ${count}`)
  lines.push('# TYPE shop_request_seconds histogram')
  let sum = 0
  BOUNDS.forEach((bound, index) => {
    sum += inBounds[index]!
    const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : bound
    lines.push(`shop_request_seconds_bucket{${worker},le="${le}"} ${sum}`)
  })
  lines.push(`shop_request_seconds_sum{${worker}} ${seconds}`, `shop_request_seconds_count{${worker}} ${sum}`)
  lines.push('# TYPE shop_resident_memory_bytes gauge')
  lines.push(`shop_resident_memory_bytes{${worker}} ${process.memoryUsage.rss()}`)
  return new Response(`${lines.join('\n')}\n`, { contentType: 'text/plain; version=0.0.4; charset=utf-8' })
})
