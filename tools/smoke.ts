/**
 * Starts each example in a process of its own, asks it for a page, and stops it: `npm run smoke`.
 *
 * An example says in its `smoke.json` how it is started, what is asked and what the answer must hold.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

interface Check {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Default 200. */
  readonly status?: number
  /** Text that the body must contain. */
  readonly contains?: string
}

interface Smoke {
  /** The command; `{port}` stands for the port. `node` is the Node that runs this. */
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly checks: readonly Check[]
}

const PATIENCE_MS = 20_000

function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
  return promise
}

function start(folder: string, smoke: Smoke, port: number): { child: ChildProcess; output: () => string } {
  const fill = (text: string): string => text.replace('{port}', String(port))
  const [program, ...args] = smoke.command.map(fill)
  const env = Object.fromEntries(Object.entries(smoke.env ?? {}).map(([name, value]) => [name, fill(value)]))
  const child = spawn(program === 'node' ? process.execPath : program!, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  return { child, output: () => output }
}

async function firstAnswer(url: string, check: Check, child: ChildProcess): Promise<Response> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      const { method, headers, body } = check
      return await fetch(url + check.path, { method, headers, body, redirect: 'manual' } as RequestInit)
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

async function run(folder: string): Promise<void> {
  const smoke: Smoke = JSON.parse(readFileSync(join(folder, 'smoke.json'), 'utf8'))
  const port = await freePort()
  const { child, output } = start(folder, smoke, port)
  try {
    for (const check of smoke.checks) {
      const response = await firstAnswer(`http://127.0.0.1:${port}`, check, child)
      const body = await response.text()
      const status = check.status ?? 200
      if (response.status !== status || !body.includes(check.contains ?? '')) {
        throw new Error(`${check.path} answered ${response.status}, ${JSON.stringify(body.slice(0, 300))}`)
      }
    }
  } catch (error) {
    throw new Error(`${folder}: ${(error as Error).message}\n${output()}`, { cause: error })
  } finally {
    await stop(child)
  }
}

function stop(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (child.exitCode !== null) return Promise.resolve()
  const patience = setTimeout(() => child.kill('SIGKILL'), 5000)
  child.on('exit', () => {
    clearTimeout(patience)
    resolve()
  })
  child.kill('SIGTERM')
  return promise
}

let failed = 0
const folders = readdirSync('examples')
  .map((name) => join('examples', name))
  .filter((folder) => existsSync(join(folder, 'smoke.json')))
for (const folder of folders) {
  try {
    await run(folder)
    console.log(`ok     ${folder}`)
  } catch (error) {
    failed++
    console.log(`FAILED ${(error as Error).message}`)
  }
}
console.log(`${folders.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 || folders.length === 0 ? 1 : 0
