import type { Snapshot } from '../admin/metrics.ts'
import { traceOf } from '../errors.ts'
import type { Logger } from '../logging/logger.ts'
import type { WorkerStats } from '../worker/messages.ts'
import { CrashLoop } from './crash-loop.ts'
import { describeStuck } from './stuck.ts'
import { sumStats } from './sum-stats.ts'
import type { BootFailure, WorkerProcess } from './worker-process.ts'

/** How long a worker must have served to count as sound, in milliseconds. */
const soundAfter = 2000

/** How long a process may take at the least from its start to its first heartbeat, in milliseconds. */
const startPatience = 10_000

/** How long the arbiter waits for the watchdog's report about a stuck worker, in milliseconds. */
const reportPatience = 1500

/** How much longer than its own grace a worker that ends may take before it is killed, in milliseconds. */
const killMargin = 1500

/** What a pool is told, and what it asks of the arbiter. */
export interface PoolOwner {
  readonly log: Logger
  /** Starts a process. */
  spawn(age: number, generation: number): WorkerProcess
  /** A worker is about to be killed, because it is stuck. */
  onAbort(worker: WorkerProcess): void
  /** A worker has ended. */
  onExit(worker: WorkerProcess): void
  /** A worker cannot start and none ever could: there is no point in going on. */
  onHopeless(failure: BootFailure | undefined): void
  readonly timeout: number
  readonly gracefulTimeout: number
  /** Whether the first worker must be ready before the others are started. */
  readonly firstAlone: boolean
  /** Whether a broken application is waited for instead of given up. */
  readonly patient: boolean
}

/** The workers: as many as are wanted, of the present generation, each replaced when it dies. */
export class Pool {
  readonly workers = new Set<WorkerProcess>()
  readonly #owner: PoolOwner
  readonly #crashes = new CrashLoop()
  #age = 0
  #generation = 0
  #everReady = false
  #ending = false
  wanted = 0
  /** Counters of all workers that are gone. */
  departed: WorkerStats | undefined
  /** Workers started since the start. */
  started = 0

  constructor(owner: PoolOwner) {
    this.#owner = owner
  }

  /** Whether at least one worker serves. */
  get ready(): boolean {
    return !this.#ending && this.#serving().length > 0
  }

  /** Whether it is coming to its end. */
  get ending(): boolean {
    return this.#ending
  }

  /** Its figures at this moment. */
  get snapshot(): Snapshot {
    return { wanted: this.wanted, started: this.started, live: [...this.workers], departed: this.departed }
  }

  #serving(): WorkerProcess[] {
    return [...this.workers].filter(({ state }) => state === 'serving' || state === 'replaced')
  }

  #isCurrent(worker: WorkerProcess): boolean {
    return (
      worker.generation === this.#generation && (worker.state === 'booting' || worker.state === 'serving')
    )
  }

  /** Begins a new generation: workers of the one before go when their successors are ready. */
  renew(): void {
    this.#generation++
    this.#crashes.reset()
    for (const worker of this.workers) {
      if (worker.state === 'booting') worker.end(0)
      else if (worker.state === 'serving') worker.state = 'replaced'
    }
    this.manage()
  }

  /** Starts and ends workers until there are as many as wanted. */
  manage(): void {
    if (this.#ending) return
    const current = [...this.workers].filter((worker) => this.#isCurrent(worker))
    current.sort((a, b) => a.age - b.age)
    const surplus = current.length - this.wanted
    for (const worker of current.slice(0, Math.max(0, surplus))) this.#end(worker)
    for (let missing = -surplus; missing > 0 && this.#mayStart(); missing--) this.#start()
    this.#settle()
  }

  #mayStart(): boolean {
    if (this.#crashes.wait(performance.now()) > 0) return false
    // While workers keep failing, and at the start of an application that is checked first, one is tried at a time.
    const oneByOne = this.#crashes.failures > 0 || (this.#owner.firstAlone && !this.#everReady)
    return !oneByOne || ![...this.workers].some(({ state }) => state === 'booting')
  }

  #start(): void {
    this.started++
    this.workers.add(this.#owner.spawn(++this.#age, this.#generation))
  }

  #end(worker: WorkerProcess): void {
    worker.end(this.#owner.gracefulTimeout + killMargin)
  }

  /** Ends workers whose successors are ready, the oldest first. */
  #settle(): void {
    const ready = [...this.workers].filter(
      (worker) => worker.state === 'serving' && worker.generation === this.#generation,
    )
    const replaced = [...this.workers]
      .filter(({ state }) => state === 'replaced')
      .sort((a, b) => a.age - b.age)
    const surplus = ready.length + replaced.length - this.wanted
    for (const worker of replaced.slice(0, Math.max(0, surplus))) this.#end(worker)
  }

  onReady(worker: WorkerProcess): void {
    if (worker.generation !== this.#generation && worker.state === 'serving') worker.state = 'replaced'
    this.#everReady = true
    this.manage()
  }

  onRetire(worker: WorkerProcess): void {
    if (worker.state !== 'serving') return
    worker.state = 'replaced'
    this.manage()
  }

  onExit(worker: WorkerProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (!this.workers.delete(worker)) return
    if (worker.stats !== undefined) this.departed = sumStats(this.departed, worker.stats)
    this.#logExit(worker, code, signal)
    this.#owner.onExit(worker)
    if (this.#ending || worker.state === 'ending') return
    const now = performance.now()
    if (worker.readyAt === undefined && !this.#everReady && !this.#owner.patient && !worker.killed) {
      this.#owner.onHopeless(worker.failure)
      return
    }
    if (worker.readyAt === undefined || now - worker.readyAt < soundAfter) this.#slowDown(worker, now)
    this.manage()
  }

  #logExit(
    { pid, killed, state, stats }: WorkerProcess,
    code: number | null,
    signal: NodeJS.Signals | null,
  ): void {
    const { log } = this.#owner
    if (signal === 'SIGKILL' && !killed) {
      const lost = `At its last heartbeat it was answering ${stats?.active ?? 0} requests.`
      log.error(`Worker (pid:${pid}) was sent SIGKILL! Perhaps out of memory? ${lost}`)
    } else if (signal !== null && !killed) {
      const line = `Worker (pid:${pid}) was sent ${signal}!`
      if (state === 'ending') log.info(line)
      else log.warning(line)
    } else if (code !== null && code !== 0) {
      log.error(`Worker (pid:${pid}) exited with code ${code}.`)
    }
  }

  #slowDown({ failure }: WorkerProcess, now: number): void {
    const delay = this.#crashes.failed(now)
    const reason = failure === undefined ? 'it died soon after its start' : failure.message.split('\n')[0]
    const others = this.#serving().length
    const rest = others > 0 ? ` ${others} other worker${others === 1 ? ' goes' : 's go'} on serving.` : ''
    const when = delay === 0 ? 'at once' : `in ${delay / 1000} s`
    this.#owner.log.error(
      `A worker failed, ${this.#crashes.failures} in a row now: ${reason}. The next one starts ${when}.${rest}`,
    )
  }

  /** Looks after time-outs. To be called several times a second. */
  tick(): void {
    const now = performance.now()
    for (const worker of this.workers) {
      if (now > worker.deadline) {
        if (!worker.killed) this.#owner.log.warning(this.#describeLate(worker, now))
        worker.kill()
      } else if (this.#owner.timeout > 0 && worker.state !== 'ending') {
        this.#checkBeat(worker, now)
      }
      const sound = worker.readyAt !== undefined && now - worker.readyAt > soundAfter
      if (sound && worker.generation === this.#generation) this.#crashes.reset()
    }
    this.manage()
  }

  #describeLate({ pid, lastBeat, report, stats }: WorkerProcess, now: number): string {
    const line = `Worker (pid:${pid}) did not end in time and is killed; it was answering ${stats?.active ?? 0} requests`
    const silence = now - lastBeat
    const isStuck = this.#owner.timeout > 0 && silence > this.#owner.timeout
    return isStuck ? `${line}\n${describeStuck(pid, silence, report)}` : line
  }

  #checkBeat(worker: WorkerProcess, now: number): void {
    const silence = now - worker.lastBeat
    // Until its first heartbeat a process is starting, which takes its time on a busy machine.
    const patience =
      worker.stats === undefined ? Math.max(this.#owner.timeout, startPatience) : this.#owner.timeout
    if (silence <= patience) {
      worker.stuckAt = undefined
      worker.report = undefined
      return
    }
    if (worker.killed) return
    worker.stuckAt ??= now
    if (worker.report === undefined && now - worker.stuckAt < reportPatience) return
    this.#owner.log.critical(describeStuck(worker.pid, silence, worker.report))
    try {
      this.#owner.onAbort(worker)
    } catch (error) {
      this.#owner.log.error(`The hook worker_abort failed\n${traceOf(error)}`)
    }
    worker.kill()
  }

  /** Sends a signal to every worker. */
  signalAll(signal: NodeJS.Signals): void {
    for (const worker of this.workers) worker.signal(signal)
  }

  /** Ends all workers without replacing them, and goes on with an empty pool. */
  endAll(): void {
    this.wanted = 0
    for (const worker of this.workers) this.#end(worker)
  }

  /**
   * Ends all workers for good.
   *
   * @param milliseconds - How long they have; then they are killed.
   */
  async stop(graceful: boolean, milliseconds: number): Promise<void> {
    this.#ending = true
    this.hurry(graceful ? 'SIGTERM' : 'SIGQUIT')
    const until = performance.now() + milliseconds
    while (this.workers.size > 0) {
      if (performance.now() > until) for (const worker of this.workers) worker.kill()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Tells all workers to end by a signal. */
  hurry(signal: 'SIGTERM' | 'SIGQUIT'): void {
    for (const worker of this.workers) {
      worker.state = 'ending'
      worker.signal(signal)
    }
  }
}
