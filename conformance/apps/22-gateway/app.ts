/** A microservice behind a proxy and below a mount: health, metrics, forwarded headers, request ids. */
import { DispatcherMiddleware, ProxyFix } from '@flask-ts/werkzeug/middleware'
import { Flask, g, jsonify, Response, request, session, tuple, urlFor } from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
app.config.update({ SECRET_KEY: 'gate', APPLICATION_ROOT: '/app', SESSION_COOKIE_SAMESITE: 'Lax' })
const counts = new Map<string, { key: [string, string, number]; n: number }>()
let ids = 1
const ready: Record<string, boolean> = { db: true, queue: false }
const admin = new Flask('admin', { rootPath: app.rootPath })

app.beforeRequest(function begin() {
  g.request_id = request.headers.get('X-Request-ID') || `gen-${ids++}`
})

app.afterRequest(function finish(response) {
  const key: [string, string, number] = [request.method, request.endpoint ?? 'none', response.statusCode]
  const count = counts.get(key.join(' ')) ?? { key, n: 0 }
  count.n += 1
  counts.set(key.join(' '), count)
  response.headers.set('X-Request-ID', g.request_id as string)
  response.headers.setdefault('X-Content-Type-Options', 'nosniff')
  return response
})

app.get('/healthz', function health() {
  return { status: 'ok' }
})

app.get('/readyz', function readiness() {
  const failed = Object.keys(ready)
    .filter((name) => !ready[name])
    .sort()
  return failed.length > 0
    ? tuple({ status: 'unavailable', failed }, 503, { 'Retry-After': '5' })
    : { status: 'ready' }
})

app.put('/readyz/<name>', { endpoint: 'set_ready' }, function setReady({ name }) {
  ready[name] = request.getJson() === true
  return tuple('', 204)
})

app.get('/metrics', function metrics() {
  const lines = [
    '# HELP requests_total Requests by method, endpoint and status.',
    '# TYPE requests_total counter',
  ]
  const sorted = [...counts.values()].sort(({ key: a }, { key: b }) =>
    a[0] !== b[0] ? (a[0] < b[0] ? -1 : 1) : a[1] !== b[1] ? (a[1] < b[1] ? -1 : 1) : a[2] - b[2],
  )
  for (const { key, n } of sorted) {
    lines.push(`requests_total{method="${key[0]}",endpoint="${key[1]}",status="${key[2]}"} ${n}`)
  }
  return new Response(`${lines.join('\n')}\n`, { contentType: 'text/plain; version=0.0.4; charset=utf-8' })
})

app.get('/whoami', function whoami() {
  const forwarded = request.headers.has('X-Forwarded-For')
  return jsonify({
    remote: forwarded ? request.remoteAddr : '-',
    host: request.host,
    scheme: request.scheme,
    secure: request.isSecure,
    root: request.rootUrl,
    script: request.rootPath,
    path: request.path,
    url: request.url,
    route: forwarded ? request.accessRoute : [],
    link: urlFor('health'),
    full: urlFor('health', { _external: true }),
  })
})

app.get('/login', function login() {
  session.who = 'svc'
  return 'in'
})

app.get('/slash/', function slash() {
  return 'slash'
})

admin.get('/', { endpoint: 'admin_home' }, function adminHome() {
  return jsonify({
    script: request.scriptRoot,
    path: request.path,
    link: urlFor('admin_page', { n: 1 }),
    full: urlFor('admin_page', { n: 2, _external: true }),
  })
})

admin.get('/page/<int:n>/', { endpoint: 'admin_page' }, function adminPage({ n }) {
  return `admin page ${n}`
})

app.wsgiApp = ProxyFix(
  DispatcherMiddleware(app.wsgiApp, {
    '/admin': admin.wsgiApp,
    '/admin/deep': admin.wsgiApp,
    '/app': app.wsgiApp,
  }),
  { xFor: 1, xProto: 1, xHost: 1, xPrefix: 1 },
)
