import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Request, Response, redirect } from '@flask-ts/werkzeug'
import { FileStorage } from '@flask-ts/werkzeug/datastructures'
import { ProxyFix } from '@flask-ts/werkzeug/middleware'
import {
  Client,
  ClientRedirectError,
  CookiesDisabledError,
  RedirectNotFollowedError,
} from '@flask-ts/werkzeug/testing'
import type { Application } from '@flask-ts/wsgi'

function application(view: (request: Request) => Response | Promise<Response>): Application {
  return Request.application(view)
}

test('a request goes to the application and the answer comes back whole', async () => {
  const client = new Client(application((request) => new Response(`${request.method} ${request.fullPath}`)))
  const response = await client.post('/a b?x=1')
  assert.equal(response.status, 200)
  assert.equal(response.text, 'POST /a b?x=1')
  assert.deepEqual([...response.data], [...Buffer.from('POST /a b?x=1')])
  assert.equal(response.request.path, '/a b')
})

test('JSON is sent and read', async () => {
  const echo = application(
    (request) => new Response(JSON.stringify(request.json), { mimetype: 'application/json' }),
  )
  const response = await new Client(echo).post('/', { json: { a: [1, null] } })
  assert.deepEqual(response.json, { a: [1, null] })
})

test('a form with texts only is urlencoded, one with a file is multipart', async () => {
  const client = new Client(
    application((request) => {
      const file = request.files.get('file')
      const parts = [
        request.mimetype,
        request.form.getlist('tag').join('+'),
        file?.filename,
        file?.read(),
        file?.mimetype,
      ]
      return new Response(parts.map(String).join(' '))
    }),
  )
  const texts = await client.post('/', { data: { tag: ['a', 'b c'] } })
  assert.equal(texts.text, 'application/x-www-form-urlencoded a+b c undefined undefined undefined')
  const withTuple = await client.post('/', { data: { tag: 'a', file: [Buffer.from('hello'), 'x.png'] } })
  assert.equal(withTuple.text, 'multipart/form-data a x.png hello image/png')
  const storage = new FileStorage('hi', { filename: 'y.txt', contentType: 'text/plain' })
  const withStorage = await client.post('/', { data: { tag: 1, file: storage } })
  assert.equal(withStorage.text, 'multipart/form-data 1 y.txt hi text/plain')
})

test('cookies are kept and sent where their domain and path fit', async () => {
  const client = new Client(
    application((request) => {
      const response = new Response([...request.cookies.items()].map((pair) => pair.join('=')).join(','))
      if (request.path === '/set') {
        response.setCookie('a', 'ü;')
        response.setCookie('below', '1', { path: '/below' })
      }
      if (request.path === '/delete') response.deleteCookie('a')
      return response
    }),
  )
  await client.get('/set')
  assert.equal((await client.get('/')).text, 'a=ü;')
  assert.equal((await client.get('/below/x')).text, 'a=ü;,below=1')
  assert.equal((await client.get('/belowx')).text, 'a=ü;')
  assert.equal((await client.get('/', { baseUrl: 'http://other.test/' })).text, '')
  assert.equal(client.getCookie('a')?.decodedValue, 'ü;')
  await client.get('/delete')
  assert.equal(client.getCookie('a'), undefined)
  client.setCookie('mine', 'x', { domain: 'example.com', originOnly: false })
  assert.equal((await client.get('/', { baseUrl: 'http://sub.example.com' })).text, 'mine=x')
  client.deleteCookie('mine', { domain: 'example.com' })
  assert.equal((await client.get('/', { baseUrl: 'http://sub.example.com' })).text, '')
})

test('a client without cookies says so', () => {
  const client = new Client(
    application(() => new Response()),
    { useCookies: false },
  )
  assert.throws(() => client.getCookie('a'), CookiesDisabledError)
})

test('redirects are followed with their history, and 303 becomes a GET without body', async () => {
  const client = new Client(
    application((request) => {
      if (request.path === '/first') return redirect('/second?x=1')
      if (request.path === '/second') return redirect('third/', 302)
      return new Response(
        `${request.method} ${request.fullPath} ${request.contentType} ${request.data.length}`,
      )
    }),
  )
  const response = await client.post('/first', { json: { a: 1 }, followRedirects: true })
  assert.equal(response.text, 'GET /third/? undefined 0')
  assert.deepEqual(
    response.history.map((step) => [step.status, step.location]),
    [
      [303, '/second?x=1'],
      [302, 'third/'],
    ],
  )
})

test('307 and 308 keep method and body', async () => {
  const client = new Client(
    application((request) => {
      if (request.path === '/old') return redirect('/new', 308)
      return new Response(`${request.method} ${request.form.get('a')}`)
    }),
  )
  const response = await client.put('/old', { data: { a: 'kept' }, followRedirects: true })
  assert.equal(response.text, 'PUT kept')
})

test('a redirect keeps the mount point', async () => {
  const client = new Client(
    application((request) => {
      if (request.path === '/a') return redirect(`${request.rootPath}/b`)
      return new Response(`${request.rootPath} ${request.path}`)
    }),
  )
  const response = await client.get('/a', { baseUrl: 'http://localhost/mount', followRedirects: true })
  assert.equal(response.text, '/mount /b')
})

test('redirects in a circle and out of the application are refused', async () => {
  const client = new Client(application((request) => redirect(request.args.get('to') ?? '/')))
  await assert.rejects(client.get('/', { followRedirects: true }), ClientRedirectError)
  const away = client.get('/', { queryString: { to: 'http://elsewhere.test/' }, followRedirects: true })
  await assert.rejects(away, RedirectNotFollowedError)
  const below = client.get('/', { queryString: { to: 'http://sub.localhost/' }, followRedirects: true })
  await assert.rejects(below, /subdomain/)
})

test('an unbuffered answer can be read piece by piece', async () => {
  let closed = false
  async function* endless(): AsyncGenerator<string> {
    try {
      for (let count = 0; ; count++) yield `${count};`
    } finally {
      closed = true
    }
  }
  const client = new Client(application(() => new Response(endless())))
  const response = await client.get('/', { buffered: false })
  let text = ''
  for await (const piece of response.encodedParts()) {
    text += piece
    if (text.length > 5) break
  }
  response.close()
  assert.equal(text, '0;1;2;')
  assert.equal(closed, true)
})

test('what the application throws comes out of the client', async () => {
  const client = new Client(() => {
    throw new RangeError('broken')
  })
  await assert.rejects(client.get('/'), { message: 'broken' })
})

test('middleware sees each request of a chain as the client sent it', async () => {
  const app = ProxyFix(
    application((request) =>
      request.path === '/a' ? redirect('/b') : new Response(request.remoteAddr ?? ''),
    ),
  )
  const headers = { 'X-Forwarded-For': '192.0.2.7' }
  const response = await new Client(app).get('/a', { headers, followRedirects: true })
  assert.equal(response.text, '192.0.2.7')
})
