import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { blocksOf } from '../../docs/blocks.ts'
import { readPage } from '../../docs/pages.ts'

const PYTHON = '/usr/bin/python3'
const FLASK = resolve('packages/flask/src/cli/bin.ts')

/** What the page's set-up needs and this machine does not have; `false` if it has everything. */
function whatIsMissing(): string | false {
  if (spawnSync(PYTHON, ['-c', 'import flask']).status !== 0) return "needs Debian's python3-flask"
  if (spawnSync('nginx', ['-v']).status !== 0) return 'needs nginx'
  return false
}

function freePort(): Promise<string> {
  const { promise, resolve: done } = Promise.withResolvers<string>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => done(String(port)))
  })
  return promise
}

/** Asks until the server behind nginx answers something else than 502. */
async function patiently(url: string): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await fetch(url).catch((error: unknown) => error as Error)
    if (response instanceof Response && response.status !== 502) return response
    if (tries > 200) throw new Error(`${url} does not answer`, { cause: response })
    await new Promise((done) => setTimeout(done, 50))
  }
}

/** Writes the page's files, with free ports in the place of those of the page. */
async function writeFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const ports = new Map<string, string>()
  for (const port of ['5000', '5001', '8080']) ports.set(port, await freePort())
  const page = readPage('docs/migration.md')
  for (const { file, text } of blocksOf(page.path, page.text)) {
    if (file === undefined) continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    let changed = text
    for (const [from, to] of ports) changed = changed.replaceAll(`127.0.0.1:${from}`, `127.0.0.1:${to}`)
    writeFileSync(join(folder, file), changed)
  }
  return ports
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

const missing = whatIsMissing()
const skip = process.env.CI === 'true' ? false : missing

test('who logs in on the Python side is logged in on the TypeScript side', { skip }, async () => {
  // Below the repository, so that the program finds the packages.
  const parent = resolve('tmp')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'migration-'))
  const processes: ChildProcess[] = []
  const start = (program: string, ...args: string[]): void => {
    processes.push(spawn(program, args, { cwd: folder, stdio: 'ignore' }))
  }
  try {
    const ports = await writeFiles(folder)
    const python = ['-m', 'flask', '--app', 'legacy/app.py']
    execFileSync(PYTHON, [...python, 'init-db'], { cwd: folder })
    start(PYTHON, ...python, 'run', '-p', ports.get('5001')!)
    start(process.execPath, FLASK, '--app', 'app', 'run', '-p', ports.get('5000')!)
    start('nginx', '-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr')
    const site = `http://127.0.0.1:${ports.get('8080')}`
    assert.match(await (await patiently(`${site}/legacy`)).text(), /Old page.*Hello, stranger!/s)
    assert.equal((await patiently(`${site}/profile`)).status, 401)

    const login = await fetch(`${site}/login`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'ada', password: 'analytical' }),
      redirect: 'manual',
    })
    const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!
    for (const [path, title] of [
      ['/profile', 'New page'],
      ['/legacy', 'Old page'],
    ]) {
      const page = await fetch(site + path, { headers: { cookie } })
      assert.equal(await page.text(), `<title>${title}</title>\n<p>Hello, ada!</p>`)
    }

    const logout = await fetch(`${site}/logout`, { method: 'POST', headers: { cookie } })
    assert.match(logout.headers.getSetCookie()[0]!, /^session=;/)
  } finally {
    await Promise.all(processes.map(stop))
    rmSync(folder, { recursive: true, force: true })
  }
})
