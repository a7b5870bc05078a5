/** What a view may return, and what becomes of it. */
import { Flask, jsonify, makeResponse, Response, tuple } from 'flask-ts'

class RuntimeError extends Error {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })

app.route('/', function hello() {
  return 'Hello, Flask and WSGI!'
})

app.route('/html', function html() {
  return '<h1>Größe &amp; Maß</h1>'
})

app.route('/bytes', function rawBytes() {
  return Buffer.from([0x00, 0x01, 0xfe, 0xff])
})

app.route('/empty', function empty() {
  return ''
})

app.route('/dict', function mapping() {
  return { name: 'Ada', born: 1815, tags: ['math', 'poetry'], alive: false, email: null }
})

app.route('/list', function sequence() {
  return [3, 1, 2, { nested: [] }]
})

app.route('/empty-list', function emptyList() {
  return []
})

app.route('/status', function withStatus() {
  return tuple('made', 201)
})

app.route('/status-text', function withStatusText() {
  return tuple('I am a teapot', '418 Short And Stout')
})

app.route('/status-headers', function withStatusAndHeaders() {
  return tuple('see header', 202, { 'X-Job': '42', 'Content-Type': 'text/x-job' })
})

app.route('/headers-dict', function withHeaders() {
  return tuple('two tuple', { 'X-Kind': 'dict' })
})

app.route('/headers-list', function withHeaderList() {
  return tuple('pairs', 200, [
    ['X-Part', 'one'],
    ['X-Part', 'two'],
  ])
})

app.route('/multi-value', function withMultiValue() {
  return tuple('multi', { 'X-Many': ['a', 'b'] })
})

app.route('/dict-status', function dictStatus() {
  return tuple({ error: 'no such thing' }, 404)
})

app.route('/list-headers', function listHeaders() {
  return tuple([1, 2], { 'X-Total-Count': '2' })
})

app.route('/response', function responseObject() {
  return new Response('<note/>', { status: 203, mimetype: 'application/xml' })
})

app.route('/response-override', function responseOverride() {
  return tuple(makeResponse('inner', 200, { 'X-Inner': '1', 'X-Both': 'inner' }), 206, { 'X-Both': 'outer' })
})

app.route('/jsonify-status', function jsonifyStatus() {
  return tuple(jsonify({ ok: true }), 201, { Location: '/jsonify/1' })
})

app.route('/generator', function generator() {
  function* rows() {
    for (let n = 0; n < 3; n++) yield `row ${n}\n`
  }
  return rows()
})

app.route('/generator-typed', function generatorTyped() {
  return tuple(['a,b\n', '1,2\n'].map((chunk) => Buffer.from(chunk)).values(), { 'Content-Type': 'text/csv' })
})

app.route('/wsgi', function wsgiCallable() {
  return (environ: { method: string }) => ({
    status: 299,
    reason: 'Custom',
    headers: [
      ['Content-Type', 'text/plain'],
      ['X-From', 'wsgi'],
    ],
    body: ['raw ', environ.method],
  })
})

app.route('/none', function none() {
  return null
})

app.route('/none-status', function noneStatus() {
  return tuple(null, 200)
})

app.route('/number', function number() {
  return 42
})

app.route('/tuple-four', function tupleFour() {
  return tuple('a', 200, {}, 'too much')
})

app.route('/crash', function crash() {
  throw new RuntimeError('unforeseen')
})
