/** Streams, the contexts that live in them, g, and the order of signals. */
import {
  beforeRenderTemplate,
  currentApp,
  Flask,
  flash,
  g,
  gotRequestException,
  hasAppContext,
  hasRequestContext,
  messageFlashed,
  Response,
  renderTemplate,
  request,
  requestFinished,
  requestStarted,
  requestTearingDown,
  session,
  streamTemplate,
  streamTemplateString,
  streamWithContext,
  templateRendered,
  tuple,
} from 'flask-ts'

class KeyError extends Error {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
app.secretKey = 'a stream is a river'
const log: string[] = []

function note(name: string) {
  return (_sender: object, extra: object) => {
    if (request.path !== '/log') log.push(`${name} ${Object.keys(extra).sort().join(' ')}`.trim())
  }
}

requestStarted.connect(note('started'), app)
requestFinished.connect(note('finished'), app)
requestTearingDown.connect(note('tearing_down'), app)
gotRequestException.connect(note('exception'), app)
messageFlashed.connect(note('flashed'), app)
templateRendered.connect(note('rendered'), app)
beforeRenderTemplate.connect(note('before_render'), app)

app.beforeRequest(function begin() {
  g.steps = ['before']
  if (request.path !== '/log') log.push('before_request')
})

app.afterRequest(function end(response) {
  if (request.path !== '/log') log.push('after_request')
  return response
})

app.teardownRequest(function leave(error) {
  if (request.path !== '/log')
    log.push(`teardown_request ${error instanceof Error ? error.constructor.name : '-'}`)
})

app.teardownAppcontext(function leaveApp() {
  if (request.path !== '/log') log.push('teardown_appcontext')
})

app.route('/log', function showLog() {
  return log.splice(0, log.length)
})

app.route('/plain', function plain() {
  const steps = g.steps as string[]
  steps.push('view')
  return {
    steps: g.steps,
    user: g.get('user', 'nobody'),
    has: 'steps' in g,
    popped: g.pop('steps'),
    after: 'steps' in g,
    setdefault: g.setdefault('n', 5),
    names: [...g].sort(),
  }
})

app.route('/contexts', function contexts() {
  return { app: hasAppContext(), request: hasRequestContext(), name: currentApp.name }
})

app.route('/numbers', function numbers() {
  function* produce() {
    for (let n = 0; n < Number(request.args.get('n', { default: 3 })); n++) {
      log.push(`yield ${n}`)
      yield `${n};`
    }
  }
  return tuple(streamWithContext(produce()), { 'Content-Type': 'text/plain' })
})

app.route('/decorated', function decorated() {
  const produce = streamWithContext(function* produce() {
    yield request.args.getItem('name')
    yield ' '
    yield String(session.get('who', '-'))
  })
  return new Response(produce(), { mimetype: 'text/plain' })
})

app.route('/sized', function sized() {
  return new Response(['ab', 'c'].values(), { headers: { 'Content-Length': '3' } })
})

app.route('/closing', function closing() {
  const response = new Response(['x', 'y'].values())
  response.callOnClose(() => log.push('closed'))
  return response
})

app.route('/template', function template() {
  return streamTemplate('rows.html', { rows: ['a', '<b>', 'c'] })
})

app.route('/template-string', function templateString() {
  return streamTemplateString('{% for n in range(3) %}{{ n }} {{ request.path }}\n{% endfor %}')
})

app.route('/render', function render() {
  flash('hello')
  return renderTemplate('rows.html', { rows: [] })
})

app.route('/fail', function fail() {
  throw new KeyError('no')
})

app.route('/events', function events() {
  function* produce() {
    for (const n of [1, 2]) yield `id: ${n}\ndata: tick ${n}\n\n`
  }
  return new Response(produce(), { mimetype: 'text/event-stream', headers: { 'Cache-Control': 'no-cache' } })
})
