import type { ChildProcess } from 'node:child_process'
import { AdminSocket } from '../admin/admin-socket.ts'
import { HaltServer, traceOf } from '../errors.ts'
import { Logger } from '../logging/logger.ts'
import { type Statsd, statsdOf } from '../logging/statsd.ts'
import { Reloader } from '../reloader.ts'
import { applicationFolder, type LoadedConfig } from '../settings/load.ts'
import type { Config } from '../settings/registry.ts'
import type { ArbiterView } from '../settings/server-hooks.ts'
import { version } from '../version.ts'
import { ownerIds } from '../worker/privileges.ts'
import { type ArbiterHook, callHook } from './call-hook.ts'
import { wantedWorkers, workerClassName } from './config-facts.ts'
import { haltReason } from './halt-reason.ts'
import { type Listener, removeSocketFiles } from './listeners.ts'
import { PidFile } from './pid-file.ts'
import { Pool } from './pool.ts'
import { reExecute, type StartContext } from './re-exec.ts'
import { Sockets } from './sockets.ts'
import { spawnOptions } from './spawn-options.ts'
import { type Inherited, notifySystemd, takeInherited } from './systemd.ts'
import { WorkerProcess } from './worker-process.ts'

/** How often the arbiter looks after its workers, in milliseconds. */
const tickInterval = 100

/**
 * The arbiter: it holds the listening sockets and keeps as many workers alive as are wanted. It serves no request.
 *
 * @see https://docs.gunicorn.org/en/stable/design.html
 */
export class Arbiter implements ArbiterView {
  readonly pid: number = process.pid
  readonly #start: StartContext
  readonly #reload: () => Promise<LoadedConfig>
  readonly #inherited: Inherited
  readonly #pool: Pool
  readonly #admin: AdminSocket
  #loaded: LoadedConfig
  #log: Logger
  #statsd: Statsd | undefined
  readonly #sockets: Sockets
  #pidFile: PidFile | undefined
  /** The process id of the arbiter that this one is to replace; 0 for none. */
  #master: number
  #successor: ChildProcess | undefined
  #reloader: Reloader | undefined
  #stopping = false
  #lastWorkers = -1

  /**
   * @param reload - Reads the configuration anew, for HUP.
   */
  constructor(loaded: LoadedConfig, start: StartContext, reload: () => Promise<LoadedConfig>) {
    this.#loaded = loaded
    this.#start = start
    this.#reload = reload
    this.#inherited = takeInherited()
    this.#master = this.#inherited.arbiter
    this.#statsd = statsdOf(loaded.config)
    this.#log = new Logger(this.#config, this.#name, this.#statsd, ownerIds(this.#config))
    this.#sockets = new Sockets(start.cwd, this.#inherited.descriptors)
    this.#pool = new Pool(this.#poolOwner())
    this.#admin = new AdminSocket(start.cwd, this.#pool)
  }

  get log(): Logger {
    return this.#log
  }

  get numWorkers(): number {
    return this.#pool.wanted
  }

  get #config(): Config {
    return this.#loaded.config
  }

  get #name(): string {
    return this.#config.proc_name ?? this.#loaded.app
  }

  #poolOwner(): ConstructorParameters<typeof Pool>[0] {
    const arbiter = this
    return {
      get log() {
        return arbiter.#log
      },
      get timeout() {
        return arbiter.#config.timeout * 1000
      },
      get gracefulTimeout() {
        return arbiter.#config.graceful_timeout * 1000
      },
      get firstAlone() {
        return arbiter.#config.preload_app
      },
      get patient() {
        return arbiter.#config.reload
      },
      spawn: (age, generation) => this.#spawn(age, generation),
      onAbort: ({ pid, age }) => void this.#config.worker_abort?.({ pid, age, log: this.#log }),
      onExit: ({ pid, age }) => this.#hook('child_exit', (hook) => hook(this, { pid, age, log: this.#log })),
      onHopeless: (failure) => void this.#halt(haltReason(failure, this.#sockets.urls)),
    }
  }

  /** Listens, starts the workers, and looks after them until a signal ends it. */
  async run(): Promise<void> {
    try {
      await this.#begin()
    } catch (error) {
      await this.#halt(error)
      return
    }
    setInterval(() => this.#tick(), tickInterval)
    this.#pool.manage()
    this.#notify('READY=1\nSTATUS=Gunicorn arbiter booted')
  }

  async #begin(): Promise<void> {
    const config = this.#config
    this.#log.info(`Starting gunicorn ${version}`)
    for (const line of this.#loaded.ignored) this.#log.info(`A setting has no meaning on Node: ${line}`)
    this.#setTitle()
    if (config.pidfile !== null) {
      this.#pidFile = new PidFile(config.pidfile + (this.#master === 0 ? '' : '.2'), this.pid)
    }
    config.on_starting?.(this)
    await this.#sockets.open(config, this.#log, () => this.#stopping)
    this.#log.info(`Listening at: ${this.#sockets.urls} (${this.pid})`)
    this.#log.info(`Using worker: ${workerClassName(config)}`)
    await this.#admin.open(config.admin_bind, this.#master !== 0, this.#log)
    if (config.reload) this.#watch()
    this.#setWorkers(wantedWorkers(this.#config), null)
    config.when_ready?.(this)
  }

  #watch(): void {
    const reloader = new Reloader(this.#config.reload_engine === 'poll', (file) => {
      this.#log.info(`Worker reloading: ${file} modified`)
      this.#pool.renew()
    })
    reloader.addPatterns(this.#config.reload_extra_files, applicationFolder(this.#config, this.#start.cwd))
    this.#reloader = reloader
  }

  #spawn(age: number, generation: number): WorkerProcess {
    this.#hook('pre_fork', (hook) => hook(this, { pid: 0, age, log: this.#log }))
    const log = this.#log.file.descriptor
    const options = spawnOptions(this.#loaded, this.#start.cwd, this.#sockets.listeners, log, age, generation)
    return new WorkerProcess(options, {
      ready: (worker) => this.#pool.onReady(worker),
      retire: (worker) => this.#pool.onRetire(worker),
      files: (files) => this.#reloader?.add(files),
      exit: (worker, code, signal) => this.#pool.onExit(worker, code, signal),
    })
  }

  #tick(): void {
    if (this.#stopping) return
    if (this.#master !== 0 && process.ppid !== this.#master) this.#promote()
    this.#pool.tick()
    const { size } = this.#pool.workers
    if (size !== this.#lastWorkers) {
      this.#lastWorkers = size
      this.#log.debug(`${size} workers`)
      this.#statsd?.gauge('gunicorn.workers', size)
    }
  }

  /** The arbiter before this one is gone: its place is taken. */
  #promote(): void {
    this.#log.info('Master has been promoted.')
    this.#master = 0
    void this.#admin.openWaiting(this.#log)
    if (this.#config.pidfile !== null) this.#pidFile?.rename(this.#config.pidfile)
    this.#setTitle()
  }

  #setTitle(): void {
    process.title = `gunicorn: master [${this.#name}${this.#master === 0 ? '' : '.2'}]`
  }

  #setWorkers(now: number, before: number | null): void {
    this.#pool.wanted = now
    this.#hook('nworkers_changed', (hook) => hook(this, now, before))
  }

  /** HUP: new configuration, new workers; the old ones end when the new ones are ready. */
  async reload(): Promise<void> {
    this.#log.info(`Hang up: ${this.#master === 0 ? 'Master' : 'Master.2'}`)
    const before = this.#config
    let old: Listener[] = []
    try {
      const loaded = await this.#reload()
      old = await this.#sockets.change(before, loaded.config, this.#log)
      this.#loaded = loaded
    } catch (error) {
      this.#log.error(`The new configuration is not used, the old one stays\n${traceOf(error)}`)
      return
    }
    this.#statsd = statsdOf(this.#config)
    this.#log.file.close()
    this.#log = new Logger(this.#config, this.#name, this.#statsd, ownerIds(this.#config))
    this.#hook('on_reload', (hook) => hook(this))
    const { pidfile } = this.#config
    if (pidfile !== before.pidfile) {
      this.#pidFile?.unlink()
      this.#pidFile = pidfile === null ? undefined : new PidFile(pidfile, this.pid)
    }
    this.#setTitle()
    this.#setWorkers(wantedWorkers(this.#config), this.#pool.wanted)
    this.#pool.renew()
    removeSocketFiles(old)
    for (const listener of old) listener.close()
  }

  /** TTIN and TTOU: one worker more or less. */
  changeWorkers(by: 1 | -1): void {
    const { wanted } = this.#pool
    if (wanted + by < 1) return
    this.#setWorkers(wanted + by, wanted)
    this.#pool.manage()
  }

  /** USR1: opens the log files anew, here and in the workers. */
  reopenLogs(): void {
    this.#log.reopen()
    this.#pool.signalAll('SIGUSR1')
  }

  /** USR2: starts another arbiter on the same sockets. */
  upgrade(): void {
    if (this.#successor !== undefined) {
      this.#log.warning('USR2 signal ignored. Child exists.')
      return
    }
    if (this.#master !== 0) {
      this.#log.warning('USR2 signal ignored. Parent exists.')
      return
    }
    this.#hook('pre_exec', (hook) => hook(this))
    const child = reExecute(this.#start, this.#sockets.listeners, this.#inherited.systemd)
    this.#successor = child
    child.on('exit', () => {
      this.#successor = undefined
    })
    child.on('error', (error) => this.#log.error(`The new arbiter cannot be started: ${error.message}`))
  }

  /** WINCH: ends the workers of a daemon gracefully. */
  endWorkers(): void {
    if (!this.#config.daemon && this.#successor === undefined) {
      this.#log.debug('SIGWINCH ignored. Not daemonized')
      return
    }
    this.#log.info('graceful stop of workers')
    this.#pool.endAll()
  }

  /** TERM, INT and QUIT: ends everything. A second, quick order hurries a slow end. */
  async stop(graceful: boolean): Promise<void> {
    if (!this.#stopping) {
      await this.#halt(undefined, graceful)
    } else if (!graceful) {
      this.#log.info('Quick shutdown requested')
      this.#pool.hurry('SIGQUIT')
    }
  }

  async #halt(error: unknown, graceful = true): Promise<void> {
    this.#stopping = true
    this.#notify('STOPPING=1')
    await this.#pool.stop(graceful, (graceful ? this.#config.graceful_timeout * 1000 : 0) + 2000)
    const alone = this.#successor === undefined && this.#master === 0
    if (alone && !this.#inherited.systemd) removeSocketFiles(this.#sockets.listeners)
    const status = error === undefined ? 0 : error instanceof HaltServer ? error.exitStatus : 1
    const level = status === 0 ? 'info' : 'error'
    this.#log[level](`Shutting down: ${this.#master === 0 ? 'Master' : 'Master.2'}`)
    if (error instanceof HaltServer) this.#log[level](`Reason: ${error.message}`)
    else if (error !== undefined) this.#log.error(traceOf(error))
    this.#pidFile?.unlink()
    this.#hook('on_exit', (hook) => hook(this))
    process.exit(status)
  }

  #hook<N extends ArbiterHook>(name: N, call: (hook: NonNullable<Config[N]>) => void): void {
    callHook(this.#config, this.#log, name, call)
  }

  #notify(state: string): void {
    notifySystemd(state, (message) => this.#log.warning(message))
  }
}
