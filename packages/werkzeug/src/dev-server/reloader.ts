import { randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import inspector from 'node:inspector'
import { resolve } from 'node:path'
import type { GoMessage, ServerProcessMessage, ServerProcessSetup } from './reloader-messages.ts'
import type { CertificatePair } from './self-signed.ts'
import { ServerProcess } from './server-process.ts'
import { bindSharedSocket, type SharedSocket } from './shared-socket.ts'
import { SourceWatcher } from './source-watcher.ts'

/** What a reloader is told. */
export interface ReloaderOptions {
  readonly host: string
  readonly port: number
  readonly tls: CertificatePair | undefined
  /** The debugger's PIN; `null` if there is none. */
  readonly pin: string | null
  readonly setup: ServerProcessSetup
  readonly env: NodeJS.ProcessEnv
  readonly extraFiles: readonly string[]
  readonly excludePatterns: readonly string[]
  /** Called whenever a process listens. */
  readonly onReady: (port: number, first: boolean) => void
}

/** When to look for files that were saved before their folders were watched, in milliseconds. */
const CHECK_AFTER_MS = [0, 100, 1000]

type State = 'starting' | 'serving' | 'failed' | 'changing'

/**
 * Runs a program in a process of its own, and begins anew whenever a file of it changes.
 *
 * While one process serves, the next one stands by: it has loaded everything that belongs to the framework, and only
 * waits for the word to load the program. That is what makes a restart quick.
 */
export class Reloader {
  readonly #options: ReloaderOptions
  readonly #watcher: SourceWatcher
  readonly #pinKey = randomBytes(32).toString('hex')
  readonly #ended = Promise.withResolvers<number>()
  #socket: SharedSocket | undefined
  #serving: ServerProcess | undefined
  #standby: ServerProcess | undefined
  #state: State = 'starting'
  #port: number
  #wasReady = false
  #crash: string | undefined
  #changedAgain = false
  #begunAt = 0
  #isFinished = false
  /** Only one process at a time can have the port of `--inspect`. */
  readonly #isInspected = process.execArgv.some((argument) => argument.startsWith('--inspect'))

  constructor(options: ReloaderOptions) {
    this.#options = options
    this.#port = options.port
    this.#watcher = new SourceWatcher(
      {
        changed: (path) => void this.#reload(path),
        assetChanged: (path) => this.#serving?.send({ kind: 'assetsChanged', paths: [path] }),
      },
      options.excludePatterns,
    )
  }

  /**
   * Serves until something ends it.
   *
   * @returns The exit code.
   * @throws Node's error if the host cannot be resolved.
   */
  async run(): Promise<number> {
    const { host, extraFiles } = this.#options
    this.#socket = await bindSharedSocket(host, this.#port)
    if (this.#socket !== undefined) this.#port = this.#socket.port
    for (const file of extraFiles.map((path) => resolve(path))) {
      if (existsSync(file) && statSync(file).isDirectory()) this.#watcher.addTree(file)
      else this.#watcher.add([file])
    }
    if (this.#isInspected) inspector.close()
    process.on('exit', this.#killAll)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void this.#finish(0))
    }
    this.#begin()
    return this.#ended.promise
  }

  readonly #killAll = (): void => {
    this.#serving?.kill()
    this.#standby?.kill()
  }

  async #finish(code: number): Promise<void> {
    this.#isFinished = true
    process.off('exit', this.#killAll)
    const processes = [this.#serving, this.#standby]
    this.#serving = undefined
    this.#standby = undefined
    await Promise.all(processes.map((one) => one?.stop()))
    this.#socket?.close()
    await this.#watcher.close()
    this.#ended.resolve(code)
  }

  #spawn(): ServerProcess {
    const { setup, env } = this.#options
    return new ServerProcess(
      { setup, env, socket: this.#socket?.fd },
      {
        message: (from, message) => this.#heard(from, message),
        ended: (from, code) => this.#processEnded(from, code),
      },
    )
  }

  #begin(): void {
    const next = this.#standby ?? this.#spawn()
    this.#standby = undefined
    this.#serving = next
    this.#state = 'starting'
    const message: Omit<GoMessage, 'kind' | 'fd'> = {
      host: this.#options.host,
      port: this.#port,
      tls: this.#options.tls,
      pin: this.#options.pin,
      pinKey: this.#pinKey,
      crash: this.#crash,
    }
    this.#crash = undefined
    this.#begunAt = Date.now()
    next.go(message, this.#socket !== undefined)
  }

  #heard(from: ServerProcess, message: ServerProcessMessage): void {
    if (message.kind === 'watch') this.#watcher.add(message.files)
    else if (message.kind === 'assets') for (const folder of message.folders) this.#watcher.addAssets(folder)
    else if (message.kind === 'crashed' && from === this.#serving) this.#crash = message.text
    else if (message.kind === 'ready' && from === this.#serving)
      this.#becameReady(message.port, message.failed)
  }

  #becameReady(port: number, failed: boolean): void {
    const first = !this.#wasReady
    this.#wasReady = true
    this.#port = port
    this.#state = failed ? 'failed' : 'serving'
    this.#watcher.anySource = failed
    this.#options.onReady(port, first)
    const since = this.#begunAt
    for (const delay of CHECK_AFTER_MS) {
      setTimeout(() => {
        if (since === this.#begunAt && this.#state !== 'changing') this.#watcher.checkSince(since)
      }, delay).unref()
    }
    if (!this.#isInspected) this.#standby ??= this.#spawn()
  }

  #processEnded(from: ServerProcess, code: number): void {
    if (from === this.#standby) this.#standby = undefined
    if (from !== this.#serving || this.#state === 'changing') return
    this.#serving = undefined
    if (code === 0 || !this.#wasReady) {
      void this.#finish(code)
      return
    }
    process.stderr.write(` * The program ended with exit code ${code}, waiting for a change\n`)
    this.#watcher.anySource = true
    this.#crash ??= `The program ended with exit code ${code}.`
    this.#begin()
  }

  async #reload(path: string): Promise<void> {
    this.#changedAgain = true
    if (this.#state === 'changing') return
    process.stderr.write(` * Detected change in '${path}', reloading\n`)
    this.#state = 'changing'
    while (this.#changedAgain) {
      this.#changedAgain = false
      const old = this.#serving
      await old?.stop()
    }
    if (this.#isFinished) return
    process.stderr.write(' * Restarting with chokidar\n')
    this.#crash = undefined
    this.#begin()
  }
}
