/** Blueprints: prefixes, nesting, own templates and static files, names, hooks, several registrations. */
import { join } from 'node:path'
import {
  Blueprint,
  currentApp,
  Flask,
  renderTemplate,
  renderTemplateString,
  request,
  tuple,
  urlFor,
} from 'flask-ts'

const HERE = process.env.APP_ROOT!
export const app = new Flask(import.meta, { rootPath: HERE })
const shop = new Blueprint('shop', import.meta, {
  rootPath: join(HERE, 'shopfront'),
  templateFolder: 'templates',
  staticFolder: 'static',
  urlPrefix: '/shop',
})
const admin = new Blueprint('admin', import.meta, {
  rootPath: join(HERE, 'admin'),
  templateFolder: 'templates',
  staticFolder: 'static',
  staticUrlPath: '/files',
})
const users = new Blueprint('users', import.meta, { urlPrefix: '/users' })
const page = new Blueprint('page', import.meta)
const bare = new Blueprint('bare', import.meta, { cliGroup: null })

app.route('/', function index() {
  return renderTemplate('index.html', { who: 'app' })
})

shop.route('/', function front() {
  return renderTemplate('shop/front.html', { items: ['pen', 'ink & paper'] })
})

shop.route('/shadow', function shadow() {
  return renderTemplate('index.html', { who: 'shop' })
})

shop.route('/only', function only() {
  return renderTemplate('only-shop.html')
})

shop.contextProcessor(function shopValues() {
  return { currency: '€' }
})

shop.appContextProcessor(function globalValues() {
  return { brand: 'Acme' }
})

shop.appTemplateFilter('money', (value: number) => (value / 100).toFixed(2))

shop.appTemplateGlobal(function shout(text: string) {
  return text.toUpperCase()
})

shop.appTemplateTest('cheap', (value: number) => value < 500)

app.route('/filters', function filters() {
  return renderTemplateString(
    "{{ 1234|money }} {{ shout('x') }} {{ 100 is cheap }} {{ brand }} [{{ currency }}]",
  )
})

admin.route('/', function dashboard() {
  return renderTemplate('admin/dashboard.html')
})

admin.beforeRequest(function guard() {
  if (request.args.get('key') !== 'k') return tuple('no key', 401)
})

admin.route('/links', function links() {
  return {
    self: urlFor('.dashboard'),
    users: urlFor('.users.listing'),
    shop: urlFor('shop.front'),
    static: urlFor('.static', { filename: 'a.txt' }),
    app: urlFor('index'),
  }
})

users.route('/', function listing() {
  return {
    endpoint: request.endpoint,
    blueprint: request.blueprint,
    blueprints: request.blueprints,
    me: urlFor('.listing'),
    one: urlFor('.one', { name: 'x' }),
    up: urlFor('admin.dashboard'),
  }
})

users.route(
  '/<name>',
  { defaults: { tab: 'info' } },
  users.route('/<name>/<tab>', function one({ name, tab }) {
    return { name, tab }
  }),
)

page.route('/', function show() {
  return `${request.endpoint} ${urlFor('.show')} ${request.urlRule!.rule}`
})

bare.route('/where', function where() {
  return `${bare.name} in ${currentApp.name}`
})

bare.recordOnce(function remember(state) {
  state.app.config.BARE = `${state.urlPrefix ?? '-'} ${state.options.extra}`
})

bare.appErrorHandler(404, function everywhere() {
  return tuple(`no page for ${request.path} (${currentApp.config.BARE})`, 404)
})

admin.registerBlueprint(users)
app.registerBlueprint(shop)
app.registerBlueprint(admin, { urlPrefix: '/admin' })
app.registerBlueprint(page, { urlPrefix: '/a' })
app.registerBlueprint(page, { urlPrefix: '/b', name: 'second' })
app.registerBlueprint(bare, { extra: 'more' })
