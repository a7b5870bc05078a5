// biome-ignore-all lint/suspicious/noRedeclare: a view and its parameter may have one name, as in the original
/** Rules, converters, methods, trailing slashes and what is answered without a view. */
import { Flask, request, tuple } from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })

app.route('/', function index() {
  return 'index'
})

app.route('/user/<name>', function user({ name }) {
  return `user ${name}`
})

app.route('/user/admin', function admin() {
  return 'the admin'
})

app.route('/post/<int:post_id>', function post({ post_id }) {
  return { post: post_id }
})

app.route('/signed/<int(signed=True):number>', function signed({ number }) {
  return { number }
})

app.route('/year/<int(fixed_digits=4):year>', function year({ year }) {
  return { year }
})

app.route('/age/<int(min=1, max=130):age>', function age({ age }) {
  return { age }
})

app.route('/price/<float:price>', function price({ price }) {
  return price.toFixed(2)
})

app.route('/temp/<float(signed=True, max=60.5):celsius>', function temperature({ celsius }) {
  return celsius.toFixed(1)
})

app.route('/code/<string(length=3):code>', function code({ code }) {
  return `code ${code}`
})

app.route('/nick/<string(minlength=2, maxlength=5):nick>', function nick({ nick }) {
  return `nick ${nick}`
})

app.route("/colour/<any(red, green, 'dark blue'):colour>", function colour({ colour }) {
  return `colour ${colour}`
})

app.route('/item/<uuid:key>', function item({ key }) {
  return String(key)
})

app.route('/file/<path:name>', function file({ name }) {
  return `file ${name}`
})

app.route('/file/<path:name>/edit', function editFile({ name }) {
  return `edit ${name}`
})

app.route('/<lang>/page/<int:number>.<any(html, json):ext>', function page({ lang, number, ext }) {
  return { lang, number, ext }
})

app.route('/folder/', function folder() {
  return 'folder'
})

app.route('/folder/<name>/', { strictSlashes: false }, function loose({ name }) {
  return `loose ${name}`
})

app.route('/leaf', function leaf() {
  return 'leaf'
})

app.route(
  '/list',
  { defaults: { number: 1 } },
  app.route('/list/<int:number>', function listing({ number }) {
    return `list ${number}`
  }),
)

app.route('/multi', { methods: ['GET', 'POST'] }, function multi() {
  return `${request.method} multi`
})

app.post('/only-post', function onlyPost() {
  return 'posted'
})

app.route('/thing', { methods: ['PUT', 'delete', 'PATCH'] }, function thing() {
  return `${request.method} thing`
})

app.get('/thing', function getThing() {
  return 'GET thing'
})

app.route('/own-options', { methods: ['GET', 'OPTIONS'] }, function ownOptions() {
  return tuple(`${request.method} by hand`, { Allow: 'GET, TEA' })
})

app.route('/no-options', { provideAutomaticOptions: false }, function noOptions() {
  return 'no options'
})

app.addUrlRule('/about', 'about', () => 'about', { redirectTo: '/leaf' })
app.addUrlRule('/old/<int:post_id>', 'old', null, { redirectTo: '/post/<post_id>' })

app.route('/match', function match() {
  return { endpoint: request.endpoint, rule: request.urlRule!.rule, args: request.viewArgs }
})

app.route('/größe/<name>', function unicodeRule({ name }) {
  return `größe ${name}`
})
