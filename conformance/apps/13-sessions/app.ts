/** Sessions: types, nesting, permanence, cookie flags, tampering, flashing. */
import { Flask, flash, getFlashedMessages, jsonify, Markup, request, session, tuple, UUID } from 'flask-ts'

class KeyError extends Error {}
class RuntimeError extends Error {}
class Thing {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
app.config.update({
  SECRET_KEY: 'fixed for the record',
  SESSION_COOKIE_NAME: 'sid',
  SESSION_COOKIE_SAMESITE: 'Lax',
  SESSION_COOKIE_HTTPONLY: true,
  PERMANENT_SESSION_LIFETIME: 3600,
})

app.route('/', function show() {
  return jsonify({ ...session })
})

app.route('/nothing', function nothing() {
  return 'the session is not touched'
})

app.route('/peek', function peek() {
  return { has: 'user' in session, size: session.size }
})

app.route('/set', { methods: ['POST'] }, function setValues() {
  session.update(request.getJson())
  return jsonify({ modified: session.modified, new: session.new })
})

app.route('/count', function count() {
  session.n = (session.get('n', 0) as number) + 1
  return String(session.n)
})

app.route('/nested', function nested() {
  session.setdefault('list', [])
  const list = session.list as string[]
  list.push(request.args.get('v', { default: 'x' }))
  if (request.args.has('mark')) session.modified = true
  return jsonify(session.list)
})

app.route('/pop', function pop() {
  return jsonify({ popped: session.pop('n', null), again: session.pop('n', 'none') })
})

app.route('/del', { endpoint: 'delete' }, function deleteEntry() {
  if (!('n' in session)) throw new KeyError('n')
  delete session.n
  return 'deleted'
})

app.route('/clear', function clear() {
  session.clear()
  return 'cleared'
})

app.route('/permanent/<int:on>', function permanent({ on }) {
  session.permanent = Boolean(on)
  session.p = 'kept'
  return jsonify({ permanent: session.permanent })
})

app.route('/types', function types() {
  session.when = new Date(Date.UTC(2024, 1, 29, 12, 0, 0))
  session.id = new UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
  session.bytes = Buffer.from([0x00, 0xff])
  session.markup = new Markup('<b>')
  session.tuple = tuple(1, tuple('a'))
  session.dict = { ' t': 'looks like a tag', k: null }
  session.text = 'Größe ✓'
  return 'stored'
})

app.route('/types/back', function typesBack() {
  const when = session.when as Date
  return jsonify({
    when: when.toISOString().replace('.000Z', '+00:00'),
    id: String(session.id),
    bytes: [...(session.bytes as Uint8Array)],
    markup: (session.markup as Markup).__html__(),
    tuple: session.tuple,
    dict: session.dict,
    text: session.text,
    same: session.id instanceof UUID && session.markup instanceof Markup,
  })
})

app.route('/long', function long() {
  session.long = 'abc '.repeat(200)
  return 'compressed'
})

app.route('/flash', function flashSome() {
  flash('saved')
  flash('careful <now>', 'warning')
  return 'flashed'
})

app.route('/flashed', function flashed() {
  return jsonify(getFlashedMessages({ withCategories: true }))
})

app.route('/flashed/twice', function flashedTwice() {
  flash('in the same request')
  return jsonify({ first: getFlashedMessages(), second: getFlashedMessages({ categoryFilter: ['message'] }) })
})

app.route('/crash', function crash() {
  session.before_crash = 1
  throw new RuntimeError()
})

app.route('/unserializable', function unserializable() {
  session.what = new Thing()
  return 'never'
})
