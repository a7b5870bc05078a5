import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ServedProgram } from './served-program.ts'

const FLASK = import.meta.resolve('flask-ts')
const CORS = import.meta.resolve('@flask-ts/flask-cors')
const BIN = fileURLToPath(import.meta.resolve('flask-ts').replace('index.ts', 'cli/bin.ts'))

const PROGRAM = `
import { Flask } from '${FLASK}'
import { CORS } from '${CORS}'
export const app = new Flask(import.meta)
new CORS(app)
app.route('/', () => process.env.WORD ?? 'none')
app.route('/fail', () => { throw new Error('failed') })
app.get('/only', () => '')
await app.run()
`
const CLEAN = { FLASK_DEBUG: undefined, FLASK_APP: undefined }

function program(): ServedProgram {
  return new ServedProgram({ 'app.ts': PROGRAM, '.env': 'WORD=first' })
}

test('flask run --debug watches, debugs, and reads .env anew', async () => {
  await using served = program().start([BIN, 'run', '--debug', '-p', '0'], CLEAN)
  await served.getUntil('/', /^first$/)
  assert.match(served.output, /^ \* Serving Flask app 'app'\n \* Debug mode: on\nWARNING: /)
  const page = await served.get('/fail', {
    headers: { Accept: 'text/html', Origin: 'http://elsewhere.example' },
  })
  assert.match((await served.get('/fail', { headers: { Accept: 'text/html' } })).text, /<textarea/)
  assert.doesNotMatch(page.text, /<textarea/)
  assert.equal(page.headers['access-control-allow-origin'], 'http://elsewhere.example')
  assert.match((await served.get('/only', { method: 'POST' })).text, /takes GET, HEAD, OPTIONS, not POST/)
  served.write('.env', 'WORD=second')
  await served.getUntil('/', /^second$/)
})

test('a program that cannot be imported is shown until it is mended', async () => {
  await using served = new ServedProgram({ 'app.ts': `import '${FLASK}'\nmissing()\n` })
  served.start([BIN, 'run', '--debug', '-p', '0'], CLEAN)
  const page = await served.get('/', { headers: { Accept: 'text/html' } })
  assert.match(page.text, /<h1>ReferenceError<\/h1><p class="message">missing is not defined<\/p>/)
  assert.match(page.text, /<b>app\.ts:2:1<\/b>/)
  served.write('app.ts', PROGRAM)
  await served.getUntil('/', /^none$/)
})

test('without debug mode there is neither reloader nor debugger', async () => {
  await using served = program().start([BIN, 'run', '-p', '0'], CLEAN)
  const page = await served.get('/fail', { headers: { Accept: 'text/html' } })
  assert.equal(page.status, 500)
  assert.match(page.text, /<h1>Internal Server Error<\/h1>/)
  assert.match(served.output, / \* Debug mode: off\n/)
  assert.match(served.output, /Ignoring a call to 'app\.run\(\)'/)
  assert.doesNotMatch(served.output, /Debugger/)
})

test('contradicting options and a missing application end the command', async () => {
  const cases: [args: string[], message: RegExp][] = [
    [
      ['--cert', 'adhoc', '--key', 'k.pem'],
      /Error: Invalid value for '--key': When '--cert' is 'adhoc', '--key' is not used\./,
    ],
    [['--cert', 'c.pem'], /Error: Invalid value for '--key': Required when using '--cert'\./],
    [['--key', 'k.pem'], /Error: Invalid value for '--key': '--cert' must also be specified\./],
  ]
  for (const [args, message] of cases) {
    await using served = program().start([BIN, 'run', ...args], CLEAN)
    assert.equal(await served.ended, 2)
    assert.match(served.output, message)
  }
  await using empty = new ServedProgram({}).start([BIN, 'run', '--debug', '-p', '0'], CLEAN)
  assert.equal(await empty.ended, 2)
  assert.match(empty.output, /Error: Could not locate a Flask application\./)
})

test('app.run serves in debug mode with a certificate made on the spot', async () => {
  const text = PROGRAM.replace('app.run()', "app.run({ debug: true, port: 0, sslContext: 'adhoc' })")
  await using served = new ServedProgram({ 'app.ts': text }).start(['app.ts'], CLEAN)
  assert.match(await served.base(), /^https:/)
  await served.until(/Debugger PIN: /)
})
