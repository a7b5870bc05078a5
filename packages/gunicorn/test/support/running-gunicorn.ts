import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../src/bin.ts', import.meta.url))

/** A folder with files in it that is removed with the scope. */
export class Site implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'gunicorn-'))

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text)
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A program that is whole: one application that answers with its process id. */
export const helloApp = `export const app = (environ) => ({
  status: 200, headers: [['Content-Type', 'text/plain']], body: 'hello from ' + process.pid,
})\n`

/** Waits until something is so. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  milliseconds = 10_000,
): Promise<T> {
  const end = performance.now() + milliseconds
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`timed out waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The command `gunicorn`, running. */
export class Gunicorn implements AsyncDisposable {
  readonly child: ChildProcess
  log = ''
  readonly exited: Promise<number | NodeJS.Signals>

  constructor(site: Site, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [bin, ...args], {
      cwd: site.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        this.log += text
      })
    }
    this.exited = once(this.child, 'exit').then(([code, signal]) => code ?? signal)
  }

  /** Starts it, and waits until all its workers serve. */
  static async serving(
    site: Site,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Gunicorn> {
    const server = new Gunicorn(site, ['-b', '127.0.0.1:0', ...args], env)
    try {
      await server.ready()
      return server
    } catch (error) {
      // Nobody else would end it.
      await server[Symbol.asyncDispose]()
      throw new Error(`${(error as Error).message}; the log is\n${server.log}`)
    }
  }

  get pid(): number {
    return this.child.pid!
  }

  /** Where it listens, as its log says. */
  get port(): number {
    return Number(/Listening at: \w+:\/\/[^ ,]*:(\d+)/.exec(this.log)?.[1])
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Waits until requests are answered. */
  async ready(): Promise<void> {
    await this.logged(/Listening at/)
    if (!Number.isNaN(this.port)) {
      await until('an answer', () =>
        fetch(this.url).then(
          (response) => response.arrayBuffer(),
          () => undefined,
        ),
      )
    }
  }

  /** Waits until the log holds a text. */
  async logged(text: RegExp, milliseconds?: number): Promise<string> {
    try {
      return await until(String(text), () => text.exec(this.log)?.[0], milliseconds)
    } catch (error) {
      throw new Error(`${(error as Error).message}; the log is\n${this.log}`)
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** Process ids of workers, in the order of their start, the dead included. */
  get workers(): number[] {
    return [...this.log.matchAll(/Booting worker with pid: (\d+)/g)].map((match) => Number(match[1]))
  }

  async text(path = '/', init?: RequestInit): Promise<string> {
    return (await fetch(this.url + path, init)).text()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGQUIT')
    await this.exited
  }
}
