/** Everything that a request says: query, forms, files, JSON, cookies, headers, limits. */
import { createHash } from 'node:crypto'
import { int } from '@flask-ts/werkzeug/datastructures'
import { secureFilename } from '@flask-ts/werkzeug/security'
import { Flask, jsonify, request } from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
app.config.update({ MAX_CONTENT_LENGTH: 80_000, MAX_FORM_MEMORY_SIZE: 66_000, MAX_FORM_PARTS: 6 })

app.route('/args', function args() {
  return jsonify({
    flat: request.args.toDict(),
    lists: request.args.toDict({ flat: false }),
    pairs: [...request.args.items({ multi: true })],
    page: request.args.get('page', { default: 1, type: int }),
    tags: request.args.getlist('tag'),
    numbers: request.args.getlist('n', { type: int }),
    query: request.queryString,
  })
})

app.route('/required', function required() {
  return `found ${request.args.getItem('q')}`
})

app.route('/form', { methods: ['POST', 'PUT'] }, function form() {
  return jsonify({
    form: request.form.toDict({ flat: false }),
    values: request.values.toDict({ flat: false }),
    size: request.contentLength ?? null,
    type: request.mimetype,
    params: request.mimetypeParams,
  })
})

app.route('/form-required', { methods: ['POST'] }, function formRequired() {
  return `name ${request.form.getItem('name')}`
})

app.route('/upload', { methods: ['POST'] }, function upload() {
  const found = Array.from(request.files.items({ multi: true }), ([field, file]) => ({
    field,
    name: file.filename,
    safe: secureFilename(file.filename!),
    type: file.contentType ?? null,
    mimetype: file.mimetype,
    sha1: createHash('sha1').update(file.read()).digest('hex'),
  }))
  return jsonify({ files: found, form: request.form.toDict({ flat: false }) })
})

app.route('/json', { methods: ['POST', 'PUT', 'PATCH'] }, function readJson() {
  return jsonify({ got: request.json, is_json: request.isJson })
})

app.route('/json-silent', { methods: ['POST'] }, function readJsonSilent() {
  return jsonify({ got: request.getJson({ silent: true }) ?? null })
})

app.route('/json-force', { methods: ['POST'] }, function readJsonForce() {
  return jsonify({ got: request.getJson({ force: true }), is_json: request.isJson })
})

app.route('/data', { methods: ['POST'] }, function data() {
  return jsonify({
    data: request.getData({ asText: true }),
    form: request.form.toDict(),
    again: request.getData().length,
  })
})

app.route('/data-after-form', { methods: ['POST'] }, function dataAfterForm() {
  return jsonify({ form: request.form.toDict(), data: request.data.toString() })
})

app.route('/tight', { methods: ['POST'] }, function tight() {
  request.maxContentLength = 64
  request.maxFormParts = 2
  return jsonify({ form: request.form.toDict(), data: request.getData({ asText: true }) })
})

app.route('/stream', { methods: ['POST'], stream: true }, async function stream() {
  let size = 0
  for await (const chunk of request.stream) size += chunk.length
  return jsonify({ size, announced: request.contentLength ?? null })
})

app.route('/cookies', function cookies() {
  return jsonify(request.cookies.toDict({ flat: false }))
})

app.route('/headers', function headers() {
  const accept = request.acceptMimetypes
  return jsonify({
    agent: request.userAgent.string,
    custom: request.headers.get('x-custom') ?? null,
    missing: request.headers.get('X-No') ?? null,
    best: accept.bestMatch(['application/json', 'text/html']) ?? null,
    accepts_html: accept.acceptHtml,
    types: Array.from(accept, ([kind]) => kind),
    languages: [...request.acceptLanguages.values()],
    language: request.acceptLanguages.bestMatch(['de', 'en', 'fr']) ?? null,
    referrer: request.referrer ?? null,
    auth: request.authorization
      ? {
          type: request.authorization.type,
          user: request.authorization.username ?? null,
          token: request.authorization.token ?? null,
        }
      : null,
    ranges: request.range?.ranges ?? null,
    if_match: request.ifNoneMatch.toHeader(),
    cache: request.cacheControl.maxAge ?? null,
    charset: request.mimetypeParams.charset ?? null,
  })
})

app.route('/meta', { methods: ['GET', 'POST', 'DELETE'] }, function meta() {
  return jsonify({
    method: request.method,
    path: request.path,
    host: request.host,
    scheme: request.scheme,
    secure: request.isSecure,
    endpoint: request.endpoint,
    blueprint: request.blueprint,
    length: request.contentLength ?? null,
    type: request.contentType ?? null,
  })
})
