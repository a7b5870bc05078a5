import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BootMessage, FromWorker, StuckReport, WorkerStats } from '../worker/messages.ts'

/**
 * What a worker is doing. `serving` workers take connections; those that are `replaced` still do, until another is
 * ready; `ending` ones have been told to end.
 */
export type WorkerState = 'booting' | 'serving' | 'replaced' | 'ending'

/** What the arbiter is told of a worker. */
export interface WorkerEvents {
  ready(worker: WorkerProcess): void
  retire(worker: WorkerProcess, reason: string): void
  files(files: readonly string[]): void
  exit(worker: WorkerProcess, code: number | null, signal: NodeJS.Signals | null): void
}

/** Why a worker could not start. */
export type BootFailure = Extract<FromWorker, { readonly type: 'failed' }>

/** How a worker is started. */
export interface SpawnOptions {
  readonly boot: BootMessage
  /** Descriptors of the listening sockets, in the order of `boot.sockets`. */
  readonly descriptors: readonly number[]
  readonly env: NodeJS.ProcessEnv
  /** Where its standard streams go, if not where the arbiter's go. */
  readonly output: number | undefined
  readonly generation: number
}

const extension = import.meta.filename.endsWith('.ts') ? 'ts' : 'js'
const program = fileURLToPath(new URL(`../worker/main.${extension}`, import.meta.url))

/** The arbiter's side of one worker. */
export class WorkerProcess {
  readonly #child: ChildProcess
  readonly age: number
  readonly generation: number
  readonly startedAt = performance.now()
  state: WorkerState = 'booting'
  /** When it became ready. */
  readyAt: number | undefined
  lastBeat = performance.now()
  stats: WorkerStats | undefined
  failure: BootFailure | undefined
  report: StuckReport | undefined
  /** When it was found to be stuck. */
  stuckAt: number | undefined
  /** When it has to be gone. */
  deadline = Number.POSITIVE_INFINITY
  /** Whether the arbiter itself has killed it. */
  killed = false

  constructor({ boot, descriptors, env, output, generation }: SpawnOptions, events: WorkerEvents) {
    this.age = boot.age
    this.generation = generation
    const out = output ?? 'inherit'
    const stdio: StdioOptions = ['ignore', out, out, 'ipc', 'pipe', ...descriptors]
    const cwd = boot.folder
    this.#child = spawn(process.execPath, [...process.execArgv, program], { cwd, env, stdio })
    this.#child.on('message', (message) => this.#receive(message as FromWorker, events))
    this.#child.on('exit', (code, signal) => events.exit(this, code, signal))
    // A failed spawn has no process: it is told like one that ended at once.
    this.#child.on('error', (error) => {
      if (this.#child.pid !== undefined) return
      this.failure = { type: 'failed', stage: 'boot', message: error.message }
      events.exit(this, 1, null)
    })
    this.#readReports()
    this.#child.send(boot, () => {})
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  #receive(message: FromWorker, events: WorkerEvents): void {
    this.lastBeat = performance.now()
    switch (message.type) {
      case 'ready':
        this.readyAt = performance.now()
        if (this.state === 'booting') this.state = 'serving'
        events.ready(this)
        return
      case 'beat':
        this.stats = message.stats
        return
      case 'retire':
        events.retire(this, message.reason)
        return
      case 'failed':
        this.failure = message
        return
      case 'files':
        events.files(message.files)
    }
  }

  #readReports(): void {
    let text = ''
    const pipe = this.#child.stdio[4] as NodeJS.ReadableStream
    pipe.setEncoding('utf8')
    pipe.on('error', () => {})
    pipe.on('data', (piece: string) => {
      text += piece
      const end = text.lastIndexOf('\n')
      if (end < 0) return
      this.report = JSON.parse(text.slice(text.lastIndexOf('\n', end - 1) + 1, end))
      text = text.slice(end + 1)
    })
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /**
   * Tells it to end after the requests in flight.
   *
   * @param milliseconds - After which it is killed.
   */
  end(milliseconds: number): void {
    if (this.state === 'ending') return
    this.state = 'ending'
    this.deadline = performance.now() + milliseconds
    this.signal('SIGTERM')
  }

  kill(): void {
    this.killed = true
    this.signal('SIGKILL')
  }
}
