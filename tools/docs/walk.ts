import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { type Block, blocksOf } from './blocks.ts'
import type { Page } from './pages.ts'

const COMMAND_PATIENCE_MS = 60_000
const SERVER_PATIENCE_MS = 15_000

/** The ports that pages speak of; others, which are free, take their places. */
const PORTS = ['5000', '8000'] as const

/** Says which block failed, and how. */
export class WalkError extends Error {
  override readonly name = 'WalkError'

  constructor(block: Block, what: string) {
    super(`${block.page}:${block.line} ${what}`)
  }
}

async function freePort(): Promise<string> {
  const { promise, resolve: done } = Promise.withResolvers<string>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => done(String(port)))
  })
  return promise
}

function answers(port: string): Promise<boolean> {
  const { promise, resolve: done } = Promise.withResolvers<boolean>()
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('connect', () => socket.destroy() && done(true)).on('error', () => done(false))
  return promise
}

/** Whether the lines of the expected text are in the output, in their order; `...` stands for anything. */
function contains(output: string, expected: string): boolean {
  let at = 0
  for (const line of expected.split('\n').map((text) => text.trim())) {
    if (line === '' || line === '...') continue
    const found = output.indexOf(line, at)
    if (found < 0) return false
    at = found + line.length
  }
  return true
}

/** A reader who follows pages to the letter, in a folder of their own. */
class Reader implements AsyncDisposable {
  readonly #home = mkdtempSync(join(tmpdir(), 'docs-walk-'))
  readonly #ports: ReadonlyMap<string, string>
  #folder = this.#home
  #output = ''
  #server: ChildProcess | undefined
  /** Where the server listens. */
  #port = ''

  constructor(ports: ReadonlyMap<string, string>) {
    this.#ports = ports
    for (const name of ['npm', 'npx']) {
      const shim = join(this.#home, '.bin', name)
      mkdirSync(dirname(shim), { recursive: true })
      writeFileSync(shim, `#!/bin/sh\nexec node ${resolve('tools/docs/offline-npm.ts')} ${name} "$@"\n`)
      chmodSync(shim, 0o755)
    }
  }

  get #env(): NodeJS.ProcessEnv {
    const bin = join(this.#home, '.bin')
    const path = [bin, resolve('node_modules/.bin'), process.env.PATH].join(delimiter)
    return {
      ...process.env,
      NODE_TEST_CONTEXT: undefined,
      PATH: path,
      OFFLINE_NPM: bin,
      NO_COLOR: '1',
      FLASK_RUN_PORT: this.#ports.get('5000'),
      GUNICORN_CMD_ARGS: `--bind 127.0.0.1:${this.#ports.get('8000')}`,
    }
  }

  #withPorts(text: string): string {
    return PORTS.reduce((changed, port) => changed.replaceAll(`:${port}`, `:${this.#ports.get(port)}`), text)
  }

  async follow(block: Block): Promise<void> {
    if (block.flags.has('shown')) return
    if (block.file !== undefined) this.#write(block)
    else if (block.flags.has('output')) this.#compare(block)
    else if (block.language === 'sh' && block.flags.has('serve')) await this.#serve(block)
    else if (block.language === 'sh') this.#run(block)
  }

  #write(block: Block): void {
    const path = join(this.#folder, block.file!)
    mkdirSync(dirname(path), { recursive: true })
    if (block.flags.has('continue')) appendFileSync(path, block.text)
    else writeFileSync(path, block.text)
  }

  #compare(block: Block): void {
    const expected = this.#withPorts(block.text)
    if (!contains(this.#output, expected)) {
      throw new WalkError(block, `expects\n${expected}\nand the output is\n${this.#output}`)
    }
  }

  #run(block: Block): void {
    const where = join(this.#home, '.where')
    const script = `set -eo pipefail\n${this.#withPorts(block.text)}pwd > '${where}'\n`
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: this.#folder,
      env: this.#env,
      encoding: 'utf8',
      timeout: COMMAND_PATIENCE_MS,
    })
    this.#output = stdout + stderr
    if (status !== 0) throw new WalkError(block, `ends with ${status}:\n${this.#output}`)
    this.#folder = readFileSync(where, 'utf8').trim()
  }

  async #serve(block: Block): Promise<void> {
    await this.#stop()
    const port = this.#ports.get(block.text.includes('gunicorn') ? '8000' : '5000')!
    this.#port = port
    let output = ''
    const script = `exec ${this.#withPorts(block.text).trim()}`
    const server = spawn('bash', ['-c', script], { cwd: this.#folder, env: this.#env, detached: true })
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (output += data))
    this.#server = server
    const deadline = performance.now() + SERVER_PATIENCE_MS
    while (!(await answers(port))) {
      if (server.exitCode !== null || performance.now() > deadline) {
        throw new WalkError(block, `does not answer on port ${port}:\n${output}`)
      }
      await new Promise((done) => setTimeout(done, 50))
    }
    this.#output = output
  }

  async #stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined || server.exitCode !== null) return
    const ended = new Promise((done) => server.once('exit', done))
    // The group: what npx has started hears of it too.
    process.kill(-server.pid!, 'SIGTERM')
    const patience = setTimeout(() => process.kill(-server.pid!, 'SIGKILL'), 5000)
    await ended
    clearTimeout(patience)
    // What npx had started may end after it, and must not be taken for its successor.
    while (await answers(this.#port)) await new Promise((done) => setTimeout(done, 20))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop()
    rmSync(this.#home, { recursive: true, force: true })
  }
}

/**
 * Follows pages from their text: writes the files that blocks with `file=` are, runs the commands of `sh` blocks, starts
 * those that are marked `serve`, and compares what they print with the `output` blocks behind them.
 *
 * @throws WalkError - at the first block that does not do what its page says.
 */
export async function walk(pages: readonly Page[]): Promise<void> {
  const ports = new Map<string, string>()
  for (const port of PORTS) ports.set(port, await freePort())
  await using reader = new Reader(ports)
  for (const { path, text } of pages) {
    for (const block of blocksOf(path, text)) await reader.follow(block)
  }
}
