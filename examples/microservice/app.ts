/** A small service as it runs in a cluster: health, readiness, metrics, proxied headers, graceful stop. */
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { ProxyFix } from '@flask-ts/werkzeug/middleware'
import { Server } from '@flask-ts/wsgi/server'
import { Flask, g, request, tuple } from 'flask-ts'

export const app = new Flask(import.meta)
app.config.fromPrefixedEnv()
// One proxy stands in front, and tells the client's address and scheme.
app.wsgiApp = ProxyFix(app.wsgiApp, { xFor: 1, xProto: 1 })

const delay = monitorEventLoopDelay()
delay.enable()
const requests = new Map<string, number>()
const seconds = new Map<string, number>()
let stopping = false

app.beforeRequest(() => {
  g.begin = performance.now()
})

app.afterRequest((response) => {
  // By endpoint and not by path: every path would be a series of its own.
  const labels = `endpoint="${request.endpoint ?? 'none'}",status="${response.status}"`
  requests.set(labels, (requests.get(labels) ?? 0) + 1)
  seconds.set(labels, (seconds.get(labels) ?? 0) + (performance.now() - Number(g.begin)) / 1000)
  return response
})

/** Whether the process lives: an orchestrator restarts it if not. */
app.get('/healthz', () => ({ status: 'ok' }))

/** Whether it wants requests: not any more once it has been told to stop. */
app.get('/readyz', () => (stopping ? tuple({ status: 'stopping' }, 503) : { status: 'ready' }))

/** For Prometheus. */
app.get('/metrics', function metrics() {
  const lines = [
    '# TYPE http_requests_total counter',
    ...Array.from(requests, ([labels, count]) => `http_requests_total{${labels}} ${count}`),
    '# TYPE http_request_seconds_total counter',
    ...Array.from(seconds, ([labels, sum]) => `http_request_seconds_total{${labels}} ${sum}`),
    '# TYPE event_loop_delay_seconds gauge',
    `event_loop_delay_seconds ${delay.mean / 1e9}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
  ]
  return tuple(`${lines.join('\n')}\n`, { 'Content-Type': 'text/plain; version=0.0.4' })
})

app.get('/convert/<float(signed=True):celsius>', ({ celsius }) => ({ fahrenheit: (celsius * 9) / 5 + 32 }))

app.get('/whoami', () => ({ address: request.remoteAddr, secure: request.isSecure }))

if (import.meta.main) {
  const server = new Server((environ) => app.wsgiApp(environ))
  const { url } = await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 5000) })
  console.log(`Listening on ${url}`)
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  // Load balancers look at /readyz every few seconds; what is under way is answered to its end.
  stopping = true
  await new Promise((resolve) => setTimeout(resolve, Number(process.env.GRACE_MS ?? 0)))
  await server.close()
  process.exit()
}
