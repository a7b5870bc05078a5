import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { Server } from '@flask-ts/wsgi/server'
import { abort, Flask, jsonify, request, tuple, urlFor } from 'flask-ts'

const json = { 'Content-Type': 'application/json' }

function jsonApp(): Flask {
  const app = new Flask('app')
  app.post('/json', () => jsonify(request.json))
  return app
}

test('malformed JSON is a 400, whose page tells more in debug mode only', async () => {
  const app = jsonApp()
  const plain = await app.testClient().post('/json', { data: '{', headers: json })
  assert.equal(plain.status, 400)
  assert.match(
    plain.text,
    /<p>The browser \(or proxy\) sent a request that this server could not understand\.<\/p>/,
  )
  app.debug = true
  const debug = await app.testClient().post('/json', { data: '{', headers: json })
  assert.match(debug.text, /Failed to decode JSON object/)
})

test('another content type than JSON is a 415', async () => {
  const answer = await jsonApp()
    .testClient()
    .post('/json', { data: '{}', headers: { 'Content-Type': 'text/plain' } })
  assert.equal(answer.status, 415)
  assert.match(answer.text, /Content-Type was not/)
})

test('a body over the limit is a 413 where the view touches it, and no matter where it does not', async () => {
  const app = new Flask('app')
  app.config.MAX_CONTENT_LENGTH = 10
  app.post('/data', () => String(request.data.length))
  app.post('/ignored', () => 'fine')
  app.post('/raised', () => {
    request.maxContentLength = 100
    return String(request.data.length)
  })
  app.post('/form', () => request.form.get('a', 'none'))
  const client = app.testClient()
  const data = 'x'.repeat(11)
  assert.equal((await client.post('/data', { data })).status, 413)
  assert.equal((await client.post('/data', { data: data.slice(1) })).text, '10')
  assert.equal((await client.post('/ignored', { data })).text, 'fine')
  assert.equal((await client.post('/form', { data: { a: data } })).status, 413)
})

test('an announced body over the limit is not read from the socket', async () => {
  const app = new Flask('app')
  app.config.MAX_CONTENT_LENGTH = 1000
  let read = 0
  app.post('/', () => String(request.data.length))
  const server = new Server((environ) => {
    const { body } = environ
    const counted = Object.create(body, {
      read: {
        value: (limit?: number) => {
          read++
          return body.read(limit)
        },
      },
    })
    return app.wsgiApp(Object.create(environ, { body: { value: counted } }))
  })
  const { port } = await server.listen({ port: 0 })
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\nbegin')
    })
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString('latin1'))
      socket.destroy()
    })
    socket.once('error', reject)
  })
  await server.close({ gracefulTimeout: 0 })
  assert.match(answer, /^HTTP\/1\.1 413 /)
  assert.equal(read, 0)
})

test('a route that streams sees the body piece by piece, under the same limit', async () => {
  const app = new Flask('app')
  app.config.MAX_CONTENT_LENGTH = 10
  app.post('/', { stream: true }, async () => {
    let size = 0
    for await (const chunk of request.stream) size += chunk.length
    return String(size)
  })
  const client = app.testClient()
  assert.equal((await client.post('/', { data: '12345' })).text, '5')
  assert.equal((await client.post('/', { data: 'x'.repeat(11) })).status, 413)
})

test('a handler for unmatched requests sees the body that came with them', async () => {
  const app = new Flask('app')
  app.errorHandler(404, () => tuple(`nothing for ${request.form.get('name', 'nobody')}`, 404))
  const server = new Server((environ) => app.wsgiApp(environ))
  const { port } = await server.listen({ port: 0 })
  const answer = await new Promise<string>((resolve, reject) => {
    const head =
      'POST /none HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\n'
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(head)
      setTimeout(() => socket.write('name=ada'), 30)
    })
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString('latin1'))
      socket.destroy()
    })
    socket.once('error', reject)
  })
  await server.close({ gracefulTimeout: 0 })
  assert.match(answer, /nothing for ada$/)
})

test('a missing form field is a 400 that names it in debug mode only', async () => {
  const app = new Flask('app')
  app.post('/', () => request.form.getItem('name'))
  assert.doesNotMatch((await app.testClient().post('/')).text, /'name'/)
  app.debug = true
  app.config.PROPAGATE_EXCEPTIONS = false
  app.config.TRAP_BAD_REQUEST_ERRORS = false
  assert.match((await app.testClient().post('/')).text, /KeyError: &#39;name&#39;/)
})

test('in debug mode a file that came as text is explained', async () => {
  const app = new Flask('app')
  app.debug = true
  app.post('/', () => request.files.getItem('photo').filename ?? '')
  await assert.rejects(app.testClient().post('/', { data: { photo: 'x.png' } }), {
    name: 'DebugFilesKeyError',
    message: /enctype="multipart\/form-data".*'x\.png'/s,
  })
})

test('an unknown endpoint in urlFor is an error that names it and a likely one', async () => {
  const app = new Flask('app')
  app.testing = true
  app.route('/user', function profile() {
    return urlFor('profil')
  })
  await assert.rejects(app.testClient().get('/user'), {
    name: 'BuildError',
    message: /'profil'.*Did you mean 'profile'/,
  })
})

test('a host that is not trusted is a 400, before any view', async () => {
  const app = new Flask('app')
  app.config.TRUSTED_HOSTS = ['example.test', '.sub.test']
  app.route('/', () => request.host)
  const client = app.testClient()
  assert.equal((await client.get('/', { headers: { Host: 'example.test' } })).text, 'example.test')
  assert.equal((await client.get('/', { headers: { Host: 'a.sub.test' } })).text, 'a.sub.test')
  assert.equal((await client.get('/', { headers: { Host: 'evil.test' } })).status, 400)
})

test('HTTP exceptions can be trapped where no handler takes them', async () => {
  const app = new Flask('app')
  app.testing = true
  app.config.TRAP_HTTP_EXCEPTIONS = true
  app.errorHandler(410, () => tuple('handled', 410))
  app.route('/gone', () => abort(410))
  const client = app.testClient()
  await assert.rejects(client.get('/none'), { name: 'Not Found' })
  assert.equal((await client.get('/gone')).text, 'handled')
})
