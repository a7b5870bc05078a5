import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort, hasNginx, hasNginxStream, Nginx } from './support/nginx.ts'
import { Gunicorn, Site } from './support/running-gunicorn.ts'

const certificate = fileURLToPath(new URL('./support/localhost.pem', import.meta.url))

/** What the application saw of a request. */
interface Seen {
  readonly method: string
  readonly scheme: string
  readonly host: string
  readonly client: string
  readonly prefix: string
  readonly path: string
  readonly query: string
  readonly body: string
  readonly custom: string | null
}

/** Tells what a Flask-like application sees: through ProxyFix where a proxy speaks HTTP to it. */
function app(proxyFix: boolean): string {
  const resolve = (name: string): string => JSON.stringify(import.meta.resolve(name))
  return `import { Request } from ${resolve('@flask-ts/werkzeug')}
import { ProxyFix } from ${resolve('@flask-ts/werkzeug/middleware')}
const plain = async (environ) => {
  const bytes = await environ.body.read()
  const request = new Request(environ)
  const seen = { method: request.method, scheme: request.scheme, host: request.host,
    client: request.remoteAddr, prefix: request.rootPath, path: request.path,
    query: request.queryString.toString(), body: bytes.length + ' of ' + new TextDecoder().decode(bytes.subarray(0, 1)),
    custom: environ.headers.get('x-custom') ?? null }
  return { status: 200, headers: [['Content-Type', 'application/json'], ['X-Answer', 'yes']],
    body: JSON.stringify(seen) }
}
export const app = ${proxyFix ? 'ProxyFix(plain, { xFor: 1, xProto: 1, xHost: 1, xPrefix: 1 })' : 'plain'}
`
}

const forwarded = `proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host;`

const tls = `ssl_certificate ${certificate}; ssl_certificate_key ${certificate};`

/** Asks through nginx. */
async function ask(url: string, body = ''): Promise<Seen> {
  const { promise, resolve, reject } = Promise.withResolvers<Seen>()
  const send = url.startsWith('https') ? httpsRequest : httpRequest
  const headers = { host: 'shop.example', 'x-custom': 'own', 'content-length': Buffer.byteLength(body) }
  const method = body === '' ? 'GET' : 'POST'
  const sent = send(url, { method, headers, rejectUnauthorized: false }, (response) => {
    let text = ''
    response.on('data', (piece) => {
      text += piece
    })
    response.on('end', () => {
      if (response.statusCode === 200 && response.headers['x-answer'] === 'yes') resolve(JSON.parse(text))
      else reject(new Error(`status ${response.statusCode}: ${text}`))
    })
  })
  sent.on('error', reject)
  sent.end(body)
  return await promise
}

const usual: Omit<Seen, 'scheme' | 'prefix'> = {
  method: 'POST',
  host: 'shop.example',
  client: '127.0.0.1',
  path: '/caf\u00e9/list',
  query: 'a=1&b=%20',
  body: '300000 of x',
  custom: 'own',
}

/** More than a socket buffer holds, so that it does not come with the head. */
const large = 'x'.repeat(300_000)

const target = '/caf%C3%A9/list?a=1&b=%20'

async function underTest(
  t: TestContext,
  settings: { readonly args: readonly string[]; readonly proxyFix: boolean },
  blocks: (front: number, back: Gunicorn) => { http?: string; stream?: string },
  check: (front: number, back: Gunicorn) => Promise<void>,
): Promise<void> {
  if (!hasNginx(t)) return
  using site = new Site({ 'app.mjs': app(settings.proxyFix) })
  const port = await freePort()
  await using back = new Gunicorn(site, [...settings.args, 'app:app'])
  await back.logged(/Listening at/)
  await using _nginx = await Nginx.start(site, port, blocks(port, back))
  await back.logged(/Booting worker/)
  for (let attempt = 0; ; attempt++) {
    try {
      await check(port, back)
      return
    } catch (error) {
      // Until the worker is ready nginx answers 502.
      if (attempt > 20 || !/status 502|ECONNRESET|hang up/.test(String(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

const tcp = ['-b', '127.0.0.1:0']

test('behind proxy_pass over TCP, the application sees scheme, host, client and prefix of the client', async (t) => {
  await underTest(
    t,
    { args: tcp, proxyFix: true },
    (front, back) => ({
      http: `server { listen 127.0.0.1:${front}; client_max_body_size 1m;
        location /shop/ { ${forwarded} proxy_set_header X-Forwarded-Prefix /shop;
          proxy_pass http://127.0.0.1:${back.port}/; }
        location / { ${forwarded} proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_pass http://127.0.0.1:${back.port}; } }`,
    }),
    async (front) => {
      const seen = await ask(`http://127.0.0.1:${front}${target}`, large)
      assert.deepEqual(seen, { ...usual, scheme: 'http', prefix: '' })
      const shop = await ask(`http://127.0.0.1:${front}/shop${target}`, large)
      assert.deepEqual(shop, { ...usual, scheme: 'http', prefix: '/shop' })
    },
  )
})

test('behind proxy_pass over a Unix socket, likewise', async (t) => {
  await underTest(
    t,
    { args: ['-b', 'unix:back.sock'], proxyFix: true },
    (front, back) => ({
      http: `server { listen 127.0.0.1:${front}; client_max_body_size 1m;
        location / { ${forwarded} proxy_pass http://${/unix:[^ ,]+/.exec(back.log)![0]}; } }`,
    }),
    async (front) => {
      const seen = await ask(`http://127.0.0.1:${front}${target}`, large)
      assert.deepEqual(seen, { ...usual, scheme: 'http', prefix: '' })
    },
  )
})

test('behind TLS of nginx the scheme is https, without ProxyFix as well', async (t) => {
  await underTest(
    t,
    { args: tcp, proxyFix: false },
    (front, back) => ({
      http: `server { listen 127.0.0.1:${front} ssl; client_max_body_size 1m; ${tls}
        location / { ${forwarded} proxy_pass http://127.0.0.1:${back.port}; } }`,
    }),
    async (front) => {
      const seen = await ask(`https://127.0.0.1:${front}${target}`, large)
      assert.deepEqual(seen, { ...usual, scheme: 'https', prefix: '' })
    },
  )
})

test('behind uwsgi_pass everything is seen without any middleware', async (t) => {
  const uwsgiParams = `uwsgi_param QUERY_STRING $query_string; uwsgi_param REQUEST_METHOD $request_method;
    uwsgi_param CONTENT_TYPE $content_type; uwsgi_param CONTENT_LENGTH $content_length;
    uwsgi_param REQUEST_URI $request_uri; uwsgi_param PATH_INFO $document_uri;
    uwsgi_param SERVER_PROTOCOL $server_protocol; uwsgi_param REQUEST_SCHEME $scheme;
    uwsgi_param HTTPS $https if_not_empty; uwsgi_param REMOTE_ADDR $remote_addr;
    uwsgi_param REMOTE_PORT $remote_port; uwsgi_param SERVER_PORT $server_port;
    uwsgi_param SERVER_NAME $server_name;`
  const tlsPort = await freePort()
  await underTest(
    t,
    { args: [...tcp, '--protocol', 'uwsgi'], proxyFix: false },
    (front, back) => ({
      http: `server { listen 127.0.0.1:${front}; listen 127.0.0.1:${tlsPort} ssl; ${tls}
        client_max_body_size 1m; ${uwsgiParams}
        location /shop { ${uwsgiParams} uwsgi_param SCRIPT_NAME /shop; uwsgi_pass 127.0.0.1:${back.port}; }
        location / { uwsgi_pass 127.0.0.1:${back.port}; } }`,
    }),
    async (front) => {
      const seen = await ask(`http://127.0.0.1:${front}${target}`, large)
      assert.deepEqual(seen, { ...usual, scheme: 'http', prefix: '' })
      const shop = await ask(`https://127.0.0.1:${tlsPort}/shop${target}`, large)
      assert.deepEqual(shop, { ...usual, scheme: 'https', prefix: '/shop' })
      const get = await ask(`http://127.0.0.1:${front}/`)
      assert.equal(get.method, 'GET')
    },
  )
})

test('behind the PROXY protocol the client is the one that nginx saw', async (t) => {
  if (!hasNginxStream(t)) return
  let clientPort = 0
  using site = new Site({
    'app.mjs': `export const app = (environ) => ({ status: 200, headers: [['X-Answer', 'yes']],
      body: JSON.stringify([environ.remote, environ.local]) })`,
  })
  const front = await freePort()
  await using back = await Gunicorn.serving(site, ['--proxy-protocol', 'auto', 'app:app'])
  await using _nginx = await Nginx.start(site, front, {
    stream: `server { listen 127.0.0.1:${front}; proxy_pass 127.0.0.1:${back.port}; proxy_protocol on; }`,
  })
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = httpRequest({ port: front, host: '127.0.0.1', agent: false }, (response) => {
      clientPort = sent.socket!.localPort!
      let text = ''
      response.on('data', (piece) => {
        text += piece
      })
      response.on('end', () => resolve(text))
    })
    sent.on('error', reject)
    sent.end()
  })
  assert.deepEqual(JSON.parse(answer), [
    { host: '127.0.0.1', port: clientPort },
    { host: '127.0.0.1', port: front },
  ])
})
