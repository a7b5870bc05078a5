import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Application } from '@flask-ts/wsgi'
import { translateHead } from '../../src/uwsgi/http-head.ts'
import { InvalidPacket, readPacket } from '../../src/uwsgi/packet.ts'
import { UwsgiServer } from '../../src/uwsgi/uwsgi-server.ts'

function sized(text: string): Buffer {
  const size = Buffer.alloc(2)
  size.writeUInt16LE(Buffer.byteLength(text))
  return Buffer.concat([size, Buffer.from(text)])
}

function packet(variables: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.concat(
    Object.entries(variables).flatMap(([name, value]) => [sized(name), sized(value)]),
  )
  const head = Buffer.alloc(4)
  head.writeUInt16LE(body.length, 1)
  return Buffer.concat([head, body])
}

const usual = { REQUEST_METHOD: 'GET', REQUEST_URI: '/', HTTP_HOST: 'example.org', REMOTE_ADDR: '9.8.7.6' }

test('a packet is read when it is complete, wherever it is cut', () => {
  const bytes = Buffer.concat([packet(usual), Buffer.from('body')])
  for (let size = 0; size < bytes.length - 4; size++) {
    assert.equal(readPacket(bytes.subarray(0, size)), undefined)
  }
  const read = readPacket(bytes)!
  assert.deepEqual(Object.fromEntries(read.variables), usual)
  assert.equal(bytes.toString('latin1', read.end), 'body')
})

test('packets of another kind, and broken ones, are refused', () => {
  assert.throws(() => readPacket(Buffer.from([5, 0, 0, 0])), InvalidPacket)
  assert.throws(() => readPacket(Buffer.from([0, 1, 0, 0, 9])), /a size is cut off/)
  assert.throws(() => readPacket(Buffer.from([0, 3, 0, 0, 9, 0, 65])), /a name or value is cut off/)
})

test('a variable cannot smuggle a field into the head', () => {
  const variables = new Map(Object.entries({ ...usual, HTTP_X: 'a\r\nTransfer-Encoding: chunked' }))
  assert.throws(() => translateHead(variables), InvalidPacket)
  const { head } = translateHead(new Map([...Object.entries(usual), ['HTTP_TRANSFER_ENCODING', 'chunked']]))
  assert.doesNotMatch(head, /transfer/i)
})

test('without REQUEST_URI the target is made of the decoded path', () => {
  const variables = { SCRIPT_NAME: '/shop', PATH_INFO: '/caf\xc3\xa9?', QUERY_STRING: 'a=1', HTTPS: 'on' }
  const translated = translateHead(new Map(Object.entries(variables)))
  assert.match(translated.head, /^GET \/shop\/caf%C3%A9%3F\?a=1 HTTP\/1\.0\r\n/)
  assert.equal(translated.scheme, 'https')
  assert.equal(translated.scriptName, '/shop')
})

async function talk(
  app: Application,
  pieces: readonly Buffer[],
  allowed: readonly string[],
): Promise<string> {
  const server = new UwsgiServer(app, {}, allowed)
  const { port } = await server.listen({ port: 0 })
  const socket = connect(port, '127.0.0.1')
  const closed = once(socket, 'close')
  let received = ''
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
  })
  socket.on('error', () => {})
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  await closed
  await server.close({ gracefulTimeout: 100 })
  return received
}

const echo: Application = async (environ) => {
  const body = new TextDecoder().decode(await environ.body.read())
  const { method, target, remote } = environ
  return { status: 200, headers: [], body: `${method} ${target} ${remote.host} ${body}` }
}

test('a request with a body in pieces is answered in HTTP, and the connection ends', async () => {
  const head = packet({ ...usual, REQUEST_METHOD: 'POST', CONTENT_LENGTH: '5' })
  const pieces = [
    head.subarray(0, 3),
    head.subarray(3, 20),
    head.subarray(20),
    Buffer.from('he'),
    Buffer.from('llo'),
  ]
  const answer = await talk(echo, pieces, ['127.0.0.1'])
  assert.match(answer, /^HTTP\/1\.[01] 200 OK\r\n[\s\S]*\r\n\r\nPOST \/ 9\.8\.7\.6 hello$/)
})

test('strangers are not listened to, and what is no uwsgi gets a 400', async () => {
  assert.equal(await talk(echo, [packet(usual)], ['10.0.0.0/8']), '')
  assert.match(await talk(echo, [Buffer.from('GET / HTTP/1.1\r\n\r\n')], ['*']), /^HTTP\/1\.0 400 /)
})
