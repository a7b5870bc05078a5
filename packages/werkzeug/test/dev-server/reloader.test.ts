import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isAlive, ServedProgram } from './served-program.ts'

const SERVING = import.meta.resolve('@flask-ts/werkzeug/serving')

const PROGRAM = `
import { runSimple } from '${SERVING}'
import { text } from './text.ts'
const app = (environ) => {
  if (environ.target === '/pid') return { status: 200, headers: [], body: String(process.pid) }
  if (environ.target === '/crash') setTimeout(() => { throw new Error('late trouble') })
  return { status: 200, headers: [['Content-Type', 'text/html']], body: text }
}
await runSimple('127.0.0.1', 0, app, { useReloader: true, useDebugger: true, assetFolders: ['templates'] })
`

function program(): ServedProgram {
  return new ServedProgram({
    'app.ts': PROGRAM,
    'text.ts': "export const text = 'one'",
    'templates/page.html': 'hello',
  })
}

/** The processes that a process has started, and those that they have. */
function descendants(pid: number): number[] {
  const children: number[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) children.push(Number(name))
    } catch {
      // The process has ended while the list was read.
    }
  }
  return children.flatMap((child) => [child, ...descendants(child)])
}

test('a saved file is served at once, on the same port', async () => {
  await using served = program().start(['app.ts'])
  assert.equal((await served.get('/')).text, 'one')
  for (const word of ['two', 'three']) {
    served.write('text.ts', `export const text = '${word}'`)
    await served.getUntil('/', new RegExp(`^${word}$`))
  }
  assert.match(
    served.output,
    / \* Detected change in '.*text\.ts', reloading\n \* Restarting with chokidar\n/,
  )
  assert.equal(served.output.match(/Running on/g)?.length, 1)
})

test('a file that cannot be parsed shows its line in terminal and browser, until it is mended', async () => {
  await using served = program().start(['app.ts'])
  await served.get('/')
  served.write('text.ts', 'const a = 1\nexport const text = (')
  const page = await served.getUntil('/', /SyntaxError/, { headers: { Accept: 'text/html' } })
  assert.equal(page.status, 500)
  assert.match(page.text, /<b>text\.ts:2<\/b>/)
  assert.match(served.output, /SyntaxError/)
  served.write('text.ts', "export const text = 'mended'")
  await served.getUntil('/', /^mended$/)
})

test('an import that leads nowhere shows the line of the import, and the new file ends the trouble', async () => {
  await using served = program().start(['app.ts'])
  await served.get('/')
  served.write('text.ts', "\nexport { text } from './other.ts'")
  const page = await served.getUntil('/', /Cannot find module/, { headers: { Accept: 'text/html' } })
  assert.match(page.text, /<b>text\.ts:2:\d+<\/b>/)
  served.write('other.ts', "export const text = 'found'")
  await served.getUntil('/', /^found$/)
})

test('an error that nobody caught is shown until the next change', async () => {
  await using served = program().start(['app.ts'])
  await served.get('/crash')
  const page = await served.getUntil('/', /has ended/, { headers: { Accept: 'text/html' } })
  assert.match(page.text, /late trouble/)
  assert.match(served.output, /The program ended with exit code 1, waiting for a change/)
  served.write('text.ts', "export const text = 'again'")
  await served.getUntil('/', /^again$/)
})

test('no process is left behind by a signal', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    await using served = program().start(['app.ts'])
    await served.get('/')
    const started = await served.eventually(() => {
      const found = descendants(served.pid)
      return found.length === 2 ? found : undefined
    }, 'a process that serves and one that stands by')
    served.kill(signal)
    assert.equal(await served.ended, 0)
    assert.deepEqual(started.filter(isAlive), [])
  }
})

test('no process is left behind when the reloader is killed', async () => {
  await using served = program().start(['app.ts'])
  await served.get('/')
  const started = await served.eventually(() => {
    const found = descendants(served.pid)
    return found.length === 2 ? found : undefined
  }, 'a process that serves and one that stands by')
  served.kill('SIGKILL')
  await served.ended
  await served.eventually(() => (started.some(isAlive) ? undefined : true), 'the processes to end')
})

test('a page is told when the program or a template has changed', async () => {
  await using served = program().start(['app.ts'])
  const document = { headers: { 'Sec-Fetch-Dest': 'document' } }
  const page = await served.get('/', document)
  assert.equal(page.text, 'one<script src="/__debugger__/reload.js" defer></script>')
  assert.equal(page.headers['content-length'], String(page.text.length))
  assert.equal((await served.get('/')).text, 'one')
  assert.match(
    (await served.get('/__debugger__/reload.js')).text,
    /EventSource\('\/__debugger__\/reload-events'\)/,
  )
  const controller = new AbortController()
  const events = await fetch(`${await served.base()}/__debugger__/reload-events`, {
    signal: controller.signal,
  })
  let heard = ''
  const listening = (async () => {
    for await (const piece of events.body!) heard += Buffer.from(piece).toString()
  })().catch(() => undefined)
  await served.eventually(
    () => (/event: process\ndata: \w{16}\n/.test(heard) ? true : undefined),
    'the process',
  )
  await served.eventually(() => {
    served.write('templates/page.html', `hello ${performance.now()}`)
    return /event: changed/.test(heard) ? true : undefined
  }, 'the change')
  assert.doesNotMatch(served.output, /Detected change/)
  controller.abort()
  await listening
})

test('a port that is taken ends the reloader with advice', async () => {
  await using first = program().start(['app.ts'])
  const { port } = new URL(await first.base())
  const text = PROGRAM.replace("'127.0.0.1', 0", `'127.0.0.1', ${port}`)
  await using second = new ServedProgram({ 'app.ts': text, 'text.ts': "export const text = ''" }).start([
    'app.ts',
  ])
  assert.equal(await second.ended, 1)
  assert.match(
    second.output,
    new RegExp(`Address already in use\nPort ${port} is in use by another program\\.`),
  )
  assert.doesNotMatch(second.output, /Running on|at .*:\d+:\d+/)
})

test('extra files count as files of the program, excluded ones do not', async () => {
  const text = PROGRAM.replace(
    "assetFolders: ['templates']",
    "extraFiles: ['data.csv'], excludePatterns: ['*/text.ts']",
  )
  await using served = new ServedProgram({
    'app.ts': text,
    'text.ts': "export const text = 'x'",
    'data.csv': '1',
  })
  served.start(['app.ts'])
  const first = (await served.get('/pid')).text
  served.write('text.ts', "export const text = 'y'")
  await served.eventually(async () => {
    served.write('data.csv', String(performance.now()))
    const answer = await served.get('/pid').catch(() => undefined)
    return answer === undefined || answer.text === first ? undefined : true
  }, 'a new process')
  assert.match(served.output, /Detected change in '.*data\.csv'/)
  assert.doesNotMatch(served.output, /Detected change in '.*text\.ts'/)
})
