import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServedProgram } from '../dev-server/served-program.ts'

const SERVING = import.meta.resolve('@flask-ts/werkzeug/serving')

/** A debugger can attach while a request computes: Node lets it interrupt. */
const PROGRAM = `
import inspector from 'node:inspector'
import { runSimple } from '${SERVING}'
const app = ({ target }) => {
  if (target === '/ok') return { status: 200, headers: [], body: 'fine' }
  if (target === '/attached') {
    inspector.open(0, '127.0.0.1')
    const end = Date.now() + 1500
    while (Date.now() < end);
  }
  const local = 5
  throw new Error('thrown ' + local)
}
await runSimple('127.0.0.1', 0, app, { useDebugger: true })
`
const HTML = { headers: { Accept: 'text/html' } }

test('a debugger that attaches in the middle of a request does not stop the server', async () => {
  await using served = new ServedProgram({ 'app.ts': PROGRAM }).start(['app.ts'])
  assert.match((await served.get('/', HTML)).text, /<textarea/)
  const pending = served.get('/attached', HTML)
  const [, address] = await served.until(/Debugger listening on (ws:\S+)/)
  const frontend = new WebSocket(address!)
  await new Promise((resolve) => frontend.addEventListener('open', resolve))
  for (const method of ['Runtime.enable', 'Debugger.enable']) frontend.send(JSON.stringify({ id: 1, method }))
  const page = await pending
  assert.equal(page.status, 500)
  assert.match(page.text, /There are no consoles on this page: another debugger is attached/)
  assert.equal((await served.get('/ok')).text, 'fine')
  assert.match(served.output, /A debugger was attached in the middle of a request\./)
  frontend.close()
})

test('where the inspector is taken from the start the page works without consoles', async () => {
  await using served = new ServedProgram({ 'app.ts': PROGRAM }).start(['--inspect=127.0.0.1:0', 'app.ts'])
  const page = await served.get('/', HTML)
  assert.match(page.text, /There are no consoles here/)
  assert.match(page.text, /<span class="fn">app<\/span>/)
  assert.doesNotMatch(page.text, /<textarea/)
})
