/** The order of everything that runs around a view. */
import { abort, afterThisRequest, Blueprint, Flask, g, Response, request, tuple, urlFor } from 'flask-ts'

class ValueError extends Error {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
const log: string[] = []
const pages = new Blueprint('pages', import.meta, { urlPrefix: '/<lang>' })
const inner = new Blueprint('inner', import.meta, { urlPrefix: '/in' })

function say(text: string) {
  if (request.endpoint !== 'showLog') log.push(text)
}

app.urlValuePreprocessor(function appValues(endpoint, values) {
  say(
    `app values ${endpoint ?? '-'} ${Object.keys(values ?? {})
      .sort()
      .join(',')}`,
  )
})

app.beforeRequest(function first() {
  say('app before 1')
})

app.beforeRequest(function second() {
  say('app before 2')
  if (request.args.get('stop') === 'app') return tuple('stopped by the app', 403)
})

app.afterRequest(function afterOne(response) {
  say('app after 1')
  response.headers.add('X-Order', 'app 1')
  return response
})

app.afterRequest(function afterTwo(response) {
  say('app after 2')
  response.headers.add('X-Order', 'app 2')
  if (request.args.get('replace')) return new Response('replaced', { status: 299 })
  return response
})

app.teardownRequest(function teardownOne(error) {
  say(`app teardown 1 ${error instanceof Error ? error.message : '-'}`)
})

app.teardownRequest(function teardownTwo() {
  say('app teardown 2')
})

pages.urlValuePreprocessor(function takeLanguage(_endpoint, values) {
  g.lang = values?.lang ?? 'en'
  delete values?.lang
  say(`pages values ${g.lang}`)
})

pages.urlDefaults(function addLanguage(_endpoint, values) {
  values.lang ??= g.get('lang', 'xx')
})

pages.beforeRequest(function pagesBefore() {
  say('pages before')
  if (request.args.get('stop') === 'pages') return { stopped: g.lang }
})

pages.afterRequest(function pagesAfter(response) {
  say('pages after')
  response.headers.add('X-Order', 'pages')
  return response
})

pages.teardownRequest(function pagesTeardown() {
  say('pages teardown')
})

pages.beforeAppRequest(function beforeApp() {
  say('pages before_app')
})

pages.afterAppRequest(function afterApp(response) {
  say('pages after_app')
  return response
})

inner.beforeRequest(function innerBefore() {
  say('inner before')
})

inner.afterRequest(function innerAfter(response) {
  say('inner after')
  return response
})

inner.teardownRequest(function innerTeardown() {
  say('inner teardown')
})

pages.route('/', function home() {
  say('view home')
  return `${urlFor('.about')} ${urlFor('inner_view', { lang: 'zz' })} ${urlFor('pages.inner.deep', { n: 3 })}`
})

pages.route('/about', function about() {
  say('view about')
  afterThisRequest(function late(response) {
    say('after this 1')
    response.headers.add('X-Order', 'this')
    return response
  })
  afterThisRequest(function later(response) {
    say('after this 2')
    return response
  })
  return `about in ${g.lang}`
})

inner.route('/<int:n>', function deep({ n }) {
  say(`view deep ${n}`)
  return `${n} ${request.blueprints.join('+')} ${request.blueprint} ${request.endpoint}`
})

pages.registerBlueprint(inner)
app.registerBlueprint(pages)

app.route('/inner-view', { endpoint: 'inner_view' }, function innerView() {
  return 'inner view'
})

app.route('/boom', function boom() {
  say('view boom')
  throw new ValueError('boom')
})

app.route('/gone', function gone() {
  say('view gone')
  abort(410)
})

app.errorHandler(410, function onGone() {
  say('handler 410')
  return tuple('it is gone', 410)
})

app.errorHandler(500, function onCrash(error) {
  say(`handler 500 ${(error.originalException as Error).constructor.name}`)
  return tuple('crashed', 500)
})

app.route('/log', function showLog() {
  return log.splice(0, log.length)
})
