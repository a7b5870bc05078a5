/** Subdomain matching below SERVER_NAME, urlFor across subdomains, and blueprints on a subdomain. */
import { Blueprint, Flask, g, jsonify, renderTemplate, request, urlFor } from 'flask-ts'

export const app = new Flask(import.meta, { subdomainMatching: true, rootPath: process.env.APP_ROOT })
app.config.update({
  SERVER_NAME: 'example.test',
  SECRET_KEY: 'hosts',
  SESSION_COOKIE_DOMAIN: '.example.test',
})
const api = new Blueprint('api', import.meta, { subdomain: 'api', urlPrefix: '/v1' })
const tenant = new Blueprint('tenant', import.meta, { subdomain: '<account>.tenants' })

app.route('/', function home() {
  return 'home'
})

app.route('/', { subdomain: 'www' }, function www() {
  return 'www'
})

app.addUrlRule('/', 'user_home', ({ user }: { user: string }) => `home of ${user}`, { subdomain: '<user>' })

app.addUrlRule(
  '/links',
  'user_links',
  ({ user }: { user: string }) =>
    jsonify({
      same: urlFor('user_links', { user }),
      other: urlFor('user_home', { user: 'else' }),
      home: urlFor('home'),
      api: urlFor('api.status'),
      full: urlFor('user_home', { user, _external: true }),
      static: urlFor('static', { filename: 'a.css' }),
    }),
  { subdomain: '<user>' },
)

app.route('/links', function links() {
  return jsonify({
    home: urlFor('home'),
    home_full: urlFor('home', { _external: true }),
    www: urlFor('www'),
    user: urlFor('user_home', { user: 'ada' }),
    api: urlFor('api.item', { number: 3, q: 'x' }),
    tenant: urlFor('tenant.show', { account: 'acme' }),
    secure: urlFor('www', { _scheme: 'https' }),
  })
})

api.route('/status', function status() {
  return jsonify({
    host: request.host,
    root: request.rootUrl,
    own: urlFor('.status'),
    home: urlFor('home'),
    subdomain: request.blueprint,
  })
})

api.route('/item/<int:number>/', function item({ number }) {
  return { item: number }
})

tenant.urlValuePreprocessor(function pullAccount(_endpoint, values) {
  g.account = values!.account
  delete values!.account
})

tenant.urlDefaults(function pushAccount(_endpoint, values) {
  values.account ??= g.get('account')
})

tenant.route('/', function show() {
  return renderTemplate('tenant.html')
})

tenant.route('/next', function after() {
  return `${urlFor('.show')} ${urlFor('.show', { account: 'other' })}`
})

app.registerBlueprint(api)
app.registerBlueprint(tenant)
