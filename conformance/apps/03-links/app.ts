// biome-ignore-all lint/suspicious/noRedeclare: a view and its parameter may have one name, as in the original
/** urlFor in all its forms. */
import { BuildError } from '@flask-ts/werkzeug/routing'
import { Blueprint, Flask, jsonify, request, tuple, urlFor } from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
const shop = new Blueprint('shop', import.meta, { urlPrefix: '/shop' })

app.route('/', function index() {
  return 'index'
})

app.route('/user/<name>/', function profile({ name }) {
  return `profile of ${name}`
})

app.route('/files/<path:name>', function files({ name }) {
  return name
})

app.route(
  '/n/<int:number>',
  app.route('/n/', { defaults: { number: 0 } }, function number({ number }) {
    return String(number)
  }),
)

app.post('/save', function save() {
  return 'saved'
})

app.route(
  '/both',
  { methods: ['GET'] },
  app.route('/both-post', { methods: ['POST'] }, function both() {
    return request.method
  }),
)

app.route('/year/<int(fixed_digits=4):year>', function year({ year }) {
  return String(year)
})

shop.route('/', function home() {
  return jsonify({ own: urlFor('.home'), item: urlFor('.item', { sku: 'a1' }), site: urlFor('index') })
})

shop.route('/item/<sku>', function item({ sku }) {
  return jsonify({ here: urlFor('.item', { sku }), external: urlFor('.home', { _external: true }) })
})

app.registerBlueprint(shop)

const CASES: Record<string, () => string> = {
  plain: () => urlFor('index'),
  variable: () => urlFor('profile', { name: 'Ada Lovelace' }),
  'slash in string': () => urlFor('profile', { name: 'a/b?c#d' }),
  unicode: () => urlFor('profile', { name: 'žluťoučký' }),
  path: () => urlFor('files', { name: 'a b/c+d&e=f;g@h:i.txt' }),
  default: () => urlFor('number', { number: 0 }),
  number: () => urlFor('number', { number: 5 }),
  digits: () => urlFor('year', { year: 33 }),
  query: () => urlFor('index', { q: 'a b&c', page: 2 }),
  'query list': () => urlFor('index', { tag: ['x', 'y'] }),
  'query none': () => urlFor('index', { a: null, b: '', c: 0 }),
  'query order': () => urlFor('index', { z: 1, a: 2, m: 3 }),
  'query unicode': () => urlFor('index', { q: "é/~!$'()*,;:@" }),
  anchor: () => urlFor('index', { _anchor: 'part 2/é?' }),
  'anchor and query': () => urlFor('profile', { name: 'x', tab: 'y', _anchor: 'z' }),
  external: () => urlFor('profile', { name: 'x', _external: true }),
  scheme: () => urlFor('index', { _external: true, _scheme: 'https' }),
  'scheme alone': () => urlFor('index', { _scheme: 'https' }),
  'scheme relative': () => urlFor('index', { _external: true, _scheme: '' }),
  method: () => urlFor('both', { _method: 'POST' }),
  'method get': () => urlFor('both', { _method: 'GET' }),
  'post rule': () => urlFor('save'),
  static: () => urlFor('static', { filename: 'css/site.css' }),
  'static query': () => urlFor('static', { filename: 'a.js', v: '3' }),
  blueprint: () => urlFor('shop.item', { sku: 'k 1' }),
  'view args not reused': () => urlFor('links', { other: '1' }),
}

app.route('/links/<key>', function links({ key }) {
  try {
    return CASES[key]!()
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    const names = Object.keys(error.values).sort()
    return tuple(`cannot build ${error.endpoint} from [${names.map((name) => `'${name}'`).join(', ')}]`, 422)
  }
})

CASES['missing value'] = () => urlFor('profile')
CASES['unknown endpoint'] = () => urlFor('nothing')
CASES['relative outside a blueprint'] = () => urlFor('.index')

app.route('/self', { methods: ['GET', 'POST'] }, function selfLinks() {
  return jsonify({
    url: request.url,
    base: request.baseUrl,
    root: request.rootUrl,
    host: request.hostUrl,
    path: request.path,
    full: request.fullPath,
    script: request.scriptRoot,
  })
})
