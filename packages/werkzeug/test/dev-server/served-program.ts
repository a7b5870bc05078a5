import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What a request came back with. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What is sent with a request. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A program in a folder of its own, run by Node, that serves on a free port. */
export class ServedProgram implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'served-'))
  output = ''
  exitCode: number | undefined
  #child: ChildProcess | undefined
  readonly #ended = Promise.withResolvers<number>()

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  start(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): this {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_TEST_CONTEXT: undefined, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    })
    this.#child = child
    child.stdout.on('data', (data) => (this.output += data))
    child.stderr.on('data', (data) => (this.output += data))
    child.on('close', (code, signal) => {
      this.exitCode = code ?? (signal === null ? 1 : 128)
      this.#ended.resolve(this.exitCode)
    })
    return this
  }

  get pid(): number {
    return this.#child!.pid!
  }

  get ended(): Promise<number> {
    return this.#ended.promise
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Waits until the output matches. */
  async until(pattern: RegExp, times = 1): Promise<RegExpMatchArray> {
    const all = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`)
    return this.eventually(() => {
      const found = [...this.output.matchAll(all)]
      return found.length >= times ? found[times - 1]! : undefined
    }, `the output to show ${pattern}`)
  }

  async eventually<T>(
    look: () => T | undefined | Promise<T | undefined>,
    what: string,
    ms = 15_000,
  ): Promise<T> {
    const end = performance.now() + ms
    for (;;) {
      const found = await look()
      if (found !== undefined) return found
      if (performance.now() > end)
        throw new Error(`waited ${ms} ms for ${what}; the output is:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async base(): Promise<string> {
    return (await this.until(/Running on (https?:\/\/127\.0\.0\.1:\d+)/))[1]!
  }

  async pin(): Promise<string> {
    return (await this.until(/PIN: ([\d-]+)/))[1]!
  }

  async get(path: string, sent: Sent = {}): Promise<Answer> {
    const url = (await this.base()) + path
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const outgoing = request(
      url,
      { method: sent.method ?? 'GET', headers: sent.headers ?? {}, agent: false },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (piece) => (text += piece))
        incoming.on('end', () => resolve({ status: incoming.statusCode!, text, headers: incoming.headers }))
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(sent.body)
    return promise
  }

  /** Asks until the text of the answer matches; a connection that is cut by the restart is tried again. */
  async getUntil(path: string, pattern: RegExp, sent: Sent = {}): Promise<Answer> {
    return this.eventually(async () => {
      const answer = await this.get(path, sent).catch(() => undefined)
      return answer !== undefined && pattern.test(answer.text) ? answer : undefined
    }, `${path} to answer ${pattern}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.exitCode === undefined && this.#child !== undefined) {
      this.kill('SIGTERM')
      await this.ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
