import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { test } from 'node:test'
import { makeSelfSignedCertificate, runSimple, ServerOptionError } from '@flask-ts/werkzeug/serving'
import { ServedProgram } from './served-program.ts'

const SERVING = import.meta.resolve('@flask-ts/werkzeug/serving')

function program(host: string, port: string, options: string): ServedProgram {
  const app = "() => ({ status: 200, headers: [['Content-Type', 'text/plain']], body: 'served' })"
  return new ServedProgram({
    'app.ts': `import { runSimple } from '${SERVING}'\nawait runSimple('${host}', ${port}, ${app}, ${options})\n`,
    'public/file.txt': 'a file',
  }).start(['app.ts'])
}

test('the start and each request are told as Werkzeug tells them', async () => {
  await using served = program('127.0.0.1', '0', "{ staticFiles: { '/static': 'public' } }")
  assert.equal((await served.get('/p%C3%A4th?q=%0A')).text, 'served')
  assert.equal((await served.get('/static/file.txt')).text, 'a file')
  await served.until(/file\.txt/)
  assert.match(
    served.output,
    /^WARNING: This is a development server\. .*\n \* Running on http:\/\/127\.0\.0\.1:\d+\nPress CTRL\+C to quit\n/,
  )
  const line =
    /^127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4} \d\d:\d\d:\d\d\] "GET \/päth\?q=%0A HTTP\/1\.1" 200 -$/m
  assert.match(served.output, line)
  assert.doesNotMatch(served.output, /Debugger/)
})

test('nothing of the debugger or the reloader is loaded unless it is wanted', async () => {
  const spy = `
    import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) { process.stdout.write('LOADED ' + url + '\\n'); return next(url, context) } })
  `
  await using served = new ServedProgram({
    'spy.mjs': spy,
    'app.ts': `import { runSimple } from '${SERVING}'\nawait runSimple('127.0.0.1', 0, () => ({ status: 200, headers: [], body: 'x' }))\n`,
  }).start(['--import', './spy.mjs', 'app.ts'])
  await served.get('/')
  assert.match(served.output, /LOADED .*\/dev-server\/run-simple\.ts/)
  assert.doesNotMatch(
    served.output,
    /LOADED .*(?:\/debugger\/|inspector|chokidar|acorn|magic-string|reloader\.ts)/,
  )
})

test('a host that does not exist, or is another machine, ends the process with advice', async () => {
  await using unknown = program('no-such-host.invalid', '0', '{}')
  assert.equal(await unknown.ended, 1)
  assert.match(
    unknown.output,
    /^Name or service not known\nThe host 'no-such-host\.invalid' cannot be resolved\./,
  )
  await using foreign = program('203.0.113.7', '0', '{}')
  assert.equal(await foreign.ended, 1)
  assert.match(
    foreign.output,
    /^Cannot assign requested address\n'203\.0\.113\.7' is not an address of this machine\./,
  )
})

test('impossible options are refused with a remedy', async () => {
  const app = (): never => {
    throw new Error('not called')
  }
  await assert.rejects(runSimple('127.0.0.1', 70000, app), ServerOptionError)
  await assert.rejects(runSimple('127.0.0.1', 0, app, { processes: 4 }), /Use Gunicorn/)
})

test('adhoc makes a certificate on the spot', async () => {
  await using served = program('127.0.0.1', '0', "{ sslContext: 'adhoc' }")
  const base = await served.base()
  assert.match(base, /^https:/)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  request(base, { rejectUnauthorized: false }, (incoming) => {
    let text = ''
    incoming.on('data', (piece) => (text += piece))
    incoming.on('end', () => resolve(text))
  })
    .on('error', reject)
    .end()
  assert.equal(await promise, 'served')
})

test('a certificate made on the spot is good for this machine and the given names, for a year', () => {
  const { cert, key } = makeSelfSignedCertificate(['my.test', '10.0.0.1', 'fe80::12'])
  const certificate = new X509Certificate(cert)
  for (const name of ['localhost', 'my.test']) assert.equal(certificate.checkHost(name), name)
  for (const address of ['127.0.0.1', '::1', '10.0.0.1', 'fe80::12']) {
    assert.ok(certificate.checkIP(address) !== undefined, address)
  }
  assert.ok(certificate.verify(certificate.publicKey))
  assert.match(key, /^-----BEGIN PRIVATE KEY-----/)
  const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000
  assert.ok(days > 364 && days <= 365)
})
