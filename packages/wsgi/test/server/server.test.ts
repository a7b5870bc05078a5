import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import type { Application } from '../../src/application.ts'
import type { ExchangeRecord } from '../../src/engine/hooks.ts'
import { createServer, Server } from '../../src/server.ts'
import { exchange, RawClient, serve } from '../raw-client.ts'

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`
const hello: Application = () => ({ status: 200, headers: [], body: 'hello' })
const fixture = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../fixtures', name))

test('closing ends idle connections at once and lets those in flight end', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = createServer(async (environ) => {
    if (environ.target === '/slow') await promise
    return { status: 200, headers: [], body: environ.target }
  })
  const { port } = await server.listen()
  await using idle = await RawClient.open(port)
  idle.send(get('/quick'))
  await idle.until('/quick')
  await using busy = await RawClient.open(port)
  busy.send(get('/slow'))
  await sleep(20)
  assert.equal(server.counts.active, 1)
  const closed = server.close({ gracefulTimeout: 2000 })
  await idle.end(500)
  resolve()
  const text = await busy.end()
  assert.match(text, /Connection: close\r\n\r\n\/slow$/)
  idle.socket.destroy()
  busy.socket.destroy()
  await closed
  await assert.rejects(RawClient.open(port), { code: 'ECONNREFUSED' })
})

test('a request that crosses the closing is still answered within the grace', async () => {
  const server = new Server(hello)
  const { port } = await server.listen()
  await using late = await RawClient.open(port)
  await using quiet = await RawClient.open(port)
  for (const client of [late, quiet]) {
    client.send(get('/'))
    await client.until('hello')
  }
  const begin = performance.now()
  const closed = server.close({ idleGrace: 150 })
  await sleep(30)
  late.send(get('/'))
  assert.match(await late.end(), /hello[\s\S]*Connection: close\r\n\r\nhello$/)
  await quiet.end()
  late.socket.end()
  quiet.socket.end()
  await closed
  assert.ok(performance.now() - begin >= 140)
})

test('closing cuts what takes longer than the time-out', async () => {
  const server = new Server(() => new Promise(() => {}))
  const { port } = await server.listen()
  await using client = await RawClient.open(port)
  client.send(get('/'))
  await sleep(20)
  const begin = performance.now()
  await server.close({ gracefulTimeout: 80 })
  assert.ok(performance.now() - begin < 1000)
  assert.equal(server.counts.connections, 0)
})

test('hooks tell of connections, requests, refusals and failures', async () => {
  const told: string[] = []
  const records: ExchangeRecord[] = []
  await using running = await serve(
    (environ) => {
      if (environ.target === '/throw') throw new Error('on purpose')
      return hello(environ)
    },
    {
      hooks: {
        connectionOpened: () => told.push('opened'),
        connectionClosed: () => told.push('closed'),
        requestStarted: (environ) => told.push(`start ${environ.target}`),
        requestEnded: (record) => records.push(record),
        refused: (refusal, remote) => told.push(`refused ${refusal.status} ${remote}`),
        failed: (error) => told.push(String(error)),
      },
    },
  )
  await exchange(running.port, `${get('/a')}${get('/throw')}bad\r\n\r\n`)
  await sleep(20)
  assert.deepEqual(told, [
    'opened',
    'start /a',
    'start /throw',
    'Error: on purpose',
    'refused 400 127.0.0.1',
    'closed',
  ])
  assert.deepEqual(
    records.map(({ status, bytes, complete }) => [status, bytes, complete]),
    [
      [200, 5, true],
      [500, 22, true],
    ],
  )
  assert.ok(records[0]!.duration >= 0)
  assert.equal(records[0]!.environ.remote.host, '127.0.0.1')
})

test('a Unix socket is served, and a dead one replaced', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wsgi-'))
  const path = join(folder, 'socket')
  const server = new Server((environ) => ({
    status: 200,
    headers: [],
    body: `${environ.local.host} ${environ.remote.port}`,
  }))
  await server.listen({ path })
  await assert.rejects(new Server(hello).listen({ path }), { code: 'EADDRINUSE' })
  const client = new RawClient(connect({ path, allowHalfOpen: true }))
  client.send(get('/', 'Connection: close\r\n'))
  assert.match(await client.end(), new RegExp(`${path} 0$`))
  client.socket.destroy()
  await server.close()
  await rm(folder, { recursive: true })
})

test('an inherited descriptor is served', async () => {
  const holder = createNetServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  const handle = (holder as unknown as { _handle: { fd: number } })._handle
  const program = `
    import { Server } from ${JSON.stringify(import.meta.resolve('../../src/server.ts'))}
    const server = new Server(() => ({ status: 200, headers: [], body: 'from the child' }))
    await server.listen({ fd: 3 })
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit', handle.fd],
  })
  await once(child.stdout!, 'data')
  holder.close()
  assert.match(await exchange(port, get('/', 'Connection: close\r\n')), /from the child$/)
  child.kill()
  await once(child, 'exit')
})

test('sockets accepted elsewhere are served', async () => {
  const server = new Server(hello)
  const front = createNetServer({ allowHalfOpen: true }, (socket) => server.accept(socket)).listen(
    0,
    '127.0.0.1',
  )
  await once(front, 'listening')
  const { port } = front.address() as { port: number }
  assert.match(await exchange(port, get('/')), /hello$/)
  front.close()
})

const address: Application = ({ remote, local }) => ({
  status: 200,
  headers: [],
  body: `${remote.host} ${remote.port} ${local.host} ${local.port}`,
})

test('the PROXY protocol tells the addresses, in both versions and for every request', async () => {
  await using running = await serve(address, { proxyProtocol: ['127.0.0.0/8'] })
  const v1 = await exchange(running.port, `PROXY TCP4 1.2.3.4 5.6.7.8 1111 80\r\n${get('/')}${get('/')}`)
  assert.equal(v1.split('1.2.3.4 1111 5.6.7.8 80').length - 1, 2)
  const signature = '\r\n\r\n\0\r\nQUIT\n'
  const v2 = `${signature}\x21\x11\0\x0c\x01\x02\x03\x04\x05\x06\x07\x08\x04\x57\0\x50`
  assert.match(await exchange(running.port, v2 + get('/')), /1\.2\.3\.4 1111 5\.6\.7\.8 80$/)
  const six = `${'\0'.repeat(15)}\x01${'\0'.repeat(15)}\x02`
  assert.match(
    await exchange(running.port, `${signature}\x21\x21\0\x24${six}\0\x07\0\x08${get('/')}`),
    /::1 7 ::2 8$/,
  )
  assert.match(await exchange(running.port, `${signature}\x20\0\0\0${get('/')}`), /127\.0\.0\.1 \d+ 127/)
  assert.match(await exchange(running.port, `${signature}\x31\x11\0\0${get('/')}`), /^HTTP\/1.1 400/)
})

test('the PROXY protocol is heard from trusted addresses only', async () => {
  await using running = await serve(address, { proxyProtocol: ['10.0.0.1'] })
  assert.match(
    await exchange(running.port, `PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n${get('/')}`),
    /^HTTP\/1.1 400/,
  )
  assert.match(await exchange(running.port, get('/')), /127\.0\.0\.1/)
})

async function overTls(
  port: number,
  servername: string,
  more: object = {},
): Promise<{ text: string; subject: string }> {
  const ca = await fixture('ca.pem')
  const socket = connectTls({ port, host: '127.0.0.1', servername, ca, ...more })
  await once(socket, 'secureConnect')
  const subject = String(socket.getPeerCertificate().subject.CN)
  const client = new RawClient(socket)
  client.send(get('/', 'Connection: close\r\n'))
  const text = await client.end()
  socket.destroy()
  return { text, subject }
}

test('TLS: names, the certificate of the client, and new certificates without a restart', async () => {
  const [cert, key, otherCert, otherKey] = await Promise.all(
    ['server.pem', 'server.key', 'other.pem', 'other.key'].map(fixture),
  )
  const server = new Server(
    ({ scheme, tls }) => ({
      status: 200,
      headers: [],
      body: `${scheme} ${tls?.serverName} ${tls?.protocol} ${tls?.authorized} ${tls?.clientSubject?.CN ?? 'nobody'}`,
    }),
    {
      tls: {
        cert: cert!,
        key: key!,
        ca: await fixture('ca.pem'),
        clientCertificate: 'optional',
        names: { 'other.test': { cert: otherCert!, key: otherKey! } },
      },
    },
  )
  const { port, url } = await server.listen()
  assert.match(url, /^https:/)
  const plain = await overTls(port, 'localhost')
  assert.match(plain.text, /https localhost TLSv1.3 false nobody$/)
  assert.equal(plain.subject, 'localhost')
  assert.equal((await overTls(port, 'other.test')).subject, 'other.test')
  const client = { cert: await fixture('client.pem'), key: await fixture('client.key') }
  assert.match((await overTls(port, 'localhost', client)).text, /true a client$/)
  server.reloadCertificates({ cert: otherCert!, key: otherKey! })
  assert.equal((await overTls(port, 'localhost', { rejectUnauthorized: false })).subject, 'other.test')
  await server.close({ gracefulTimeout: 50 })
})

test('a PROXY header comes before the TLS handshake', async () => {
  const [cert, key, ca] = await Promise.all(['server.pem', 'server.key', 'ca.pem'].map(fixture))
  const server = new Server(address, { proxyProtocol: '*', tls: { cert: cert!, key: key! } })
  const { port } = await server.listen()
  const raw = connect(port, '127.0.0.1')
  raw.write('PROXY TCP4 1.2.3.4 5.6.7.8 1111 80\r\n')
  const socket = connectTls({ socket: raw, servername: 'localhost', ca: ca! })
  await once(socket, 'secureConnect')
  const client = new RawClient(socket)
  client.send(get('/', 'Connection: close\r\n'))
  assert.match(await client.end(), /1\.2\.3\.4 1111 5\.6\.7\.8 80$/)
  socket.destroy()
  await using bad = await RawClient.open(port)
  bad.send('PROXY TCP4 nonsense\r\n')
  assert.equal(await bad.end(), '')
  await server.close({ gracefulTimeout: 50 })
})

test('a thousand idle connections are cheap and all alive', async () => {
  await using running = await serve(hello)
  const clients = await Promise.all(Array.from({ length: 1000 }, () => RawClient.open(running.port)))
  for (const client of clients) client.send(get('/'))
  await Promise.all(clients.map((client) => client.until('hello')))
  assert.equal(running.server.counts.connections, 1000)
  for (const client of clients) client.socket.destroy()
})
