import type { ChildProcess } from 'node:child_process'
import { openAdmin } from '../admin/admin-server.ts'
import { metricsPage } from '../admin/metrics.ts'
import { BindError, HaltServer, traceOf } from '../errors.ts'
import { APP_LOAD_ERROR, WORKER_BOOT_ERROR } from '../exit-codes.ts'
import { Logger } from '../logging/logger.ts'
import { Statsd } from '../logging/statsd.ts'
import { Reloader } from '../reloader.ts'
import { applicationFolder, type LoadedConfig } from '../settings/load.ts'
import type { Config } from '../settings/registry.ts'
import { type ArbiterView, serverHooks } from '../settings/server-hooks.ts'
import { version } from '../version.ts'
import { ownerOf } from '../worker/privileges.ts'
import { cpuCount } from './cpu-count.ts'
import { inheritListener, type Listener, makeListeners, removeSocketFiles } from './listeners.ts'
import { PidFile } from './pid-file.ts'
import { Pool } from './pool.ts'
import { workerEnv } from './raw-env.ts'
import { reExecute, type StartContext } from './re-exec.ts'
import { type Inherited, notifySystemd, takeInherited } from './systemd.ts'
import { type BootFailure, WorkerProcess } from './worker-process.ts'

/** How often the arbiter looks after its workers, in milliseconds. */
const tickInterval = 100

/** How often, and how many times, an address that is taken is tried again. */
const bindPause = 1000
const bindAttempts = 5

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
  #loaded: LoadedConfig
  #log: Logger
  #statsd: Statsd | undefined
  #listeners: Listener[] = []
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
    this.#log = this.#makeLogger()
    this.#pool = new Pool(this.#poolOwner())
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

  /** Whether requests can be served. */
  get ready(): boolean {
    return !this.#stopping && this.#pool.ready
  }

  #makeLogger(): Logger {
    const owner = ownerOf(this.#config)
    return new Logger(
      this.#config,
      this.#name,
      this.#statsd,
      owner === undefined ? undefined : [owner.uid, owner.gid],
    )
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
      onHopeless: (failure) => this.#hopeless(failure),
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
    this.#listeners = await this.#makeListeners()
    const urls = this.#listeners.map(({ url }) => url).join(',')
    this.#log.info(`Listening at: ${urls} (${this.pid})`)
    this.#log.info(`Using worker: ${this.#workerClass()}`)
    if (config.admin_bind !== null) await this.#openAdmin(config.admin_bind)
    if (config.reload) this.#watch()
    this.#setWorkers(this.#wantedWorkers(), null)
    config.when_ready?.(this)
  }

  #workerClass(): string {
    const { worker_class, protocol } = this.#config
    if (protocol === 'uwsgi') return 'native (uwsgi)'
    return worker_class === 'http' || worker_class === 'http2' ? worker_class : 'native'
  }

  #wantedWorkers(): number {
    const { workers } = this.#config
    return workers === 'auto' ? cpuCount() : workers
  }

  async #makeListeners(): Promise<Listener[]> {
    const { descriptors } = this.#inherited
    if (descriptors.length > 0) return descriptors.map((fd) => inheritListener(this.#config, fd))
    for (let attempt = 1; ; attempt++) {
      try {
        return await makeListeners(this.#config, this.#config.bind, this.#start.cwd)
      } catch (error) {
        if (!(error instanceof BindError)) throw error
        this.#log.error(error.message)
        if (attempt === bindAttempts || error.code !== 'EADDRINUSE') throw new HaltServer(error.message)
        this.#log.debug('Retrying in 1 second.')
        await new Promise((resolve) => setTimeout(resolve, bindPause))
        if (this.#stopping) throw new HaltServer('stopped while waiting for the address', 0)
      }
    }
  }

  async #openAdmin(bind: string): Promise<void> {
    await openAdmin(bind, this.#start.cwd, {
      isReady: () => this.ready,
      describe: () => {
        if (this.#stopping) return 'shutting down'
        const serving = [...this.#pool.workers].filter(({ state }) => state === 'serving').length
        return `${serving} of ${this.#pool.wanted} workers ready`
      },
      metrics: () =>
        metricsPage({
          wanted: this.#pool.wanted,
          started: this.#pool.started,
          live: [...this.#pool.workers],
          departed: this.#pool.departed,
        }),
    })
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
    const { config, configFile, app } = this.#loaded
    this.#hook('pre_fork', (hook) => hook(this, { pid: 0, age, log: this.#log }))
    const sockets = this.#listeners.map(({ address }, index) => ({
      fd: 5 + index,
      ...(address.kind === 'tcp' ? { host: address.host, port: address.port } : {}),
    }))
    const folder = applicationFolder(config, this.#start.cwd)
    const hasHooks = Object.keys(serverHooks).some((name) => config[name as keyof Config] !== null)
    const boot = {
      type: 'boot',
      config,
      configFile,
      hasHooks,
      app,
      folder,
      age,
      sockets,
      name: this.#name,
    } as const
    const captured = config.capture_output && config.errorlog !== '-'
    const options = {
      boot,
      descriptors: this.#listeners.map(({ fd }) => fd),
      env: workerEnv(process.env, config.raw_env),
      output: captured ? this.#log.file.descriptor : undefined,
      generation,
    }
    return new WorkerProcess(options, {
      ready: (worker) => this.#pool.onReady(worker),
      retire: (worker) => this.#pool.onRetire(worker),
      files: (files) => this.#reloader?.add(files),
      exit: (worker, code, signal) => this.#pool.onExit(worker, code, signal),
    })
  }

  #hopeless(failure: BootFailure | undefined): void {
    if (this.#stopping) return
    if (failure?.stage === 'listen') {
      const { url } = this.#listeners[0]!
      void this.#halt(new HaltServer(new BindError(url, failure.code ?? 'unknown').message))
    } else if (failure?.stage === 'app') {
      void this.#halt(new HaltServer('App failed to load.', APP_LOAD_ERROR))
    } else {
      void this.#halt(new HaltServer('Worker failed to boot.', WORKER_BOOT_ERROR))
    }
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
      old = await this.#changeListeners(before, loaded.config)
      this.#loaded = loaded
    } catch (error) {
      this.#log.error(`The new configuration is not used, the old one stays\n${traceOf(error)}`)
      return
    }
    this.#statsd = statsdOf(this.#config)
    this.#log = this.#makeLogger()
    this.#hook('on_reload', (hook) => hook(this))
    const { pidfile } = this.#config
    if (pidfile !== before.pidfile) {
      this.#pidFile?.unlink()
      this.#pidFile = pidfile === null ? undefined : new PidFile(pidfile, this.pid)
    }
    this.#setTitle()
    this.#setWorkers(this.#wantedWorkers(), this.#pool.wanted)
    this.#pool.renew()
    for (const listener of old) listener.close()
    removeSocketFiles(old)
  }

  /** Binds what is new in the bind setting. @returns What is no longer in it. */
  async #changeListeners(before: Config, now: Config): Promise<Listener[]> {
    const inherited = this.#inherited.descriptors.length > 0
    if (inherited || before.bind.join() === now.bind.join()) return []
    const kept = this.#listeners.filter(({ bind }) => now.bind.includes(bind))
    const added = now.bind.filter((bind) => !kept.some((listener) => listener.bind === bind))
    const fresh = await makeListeners(now, added, this.#start.cwd)
    const dropped = this.#listeners.filter((listener) => !kept.includes(listener))
    this.#listeners = [...kept, ...fresh]
    this.#log.info(`Listening at: ${this.#listeners.map(({ url }) => url).join(',')}`)
    return dropped
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
    const child = reExecute(this.#start, this.#listeners, this.#inherited.systemd)
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
    if (alone && !this.#inherited.systemd) removeSocketFiles(this.#listeners)
    const status = error === undefined ? 0 : error instanceof HaltServer ? error.exitStatus : 1
    const level = status === 0 ? 'info' : 'error'
    this.#log[level](`Shutting down: ${this.#master === 0 ? 'Master' : 'Master.2'}`)
    if (error instanceof HaltServer) this.#log[level](`Reason: ${error.message}`)
    else if (error !== undefined) this.#log.error(traceOf(error))
    this.#pidFile?.unlink()
    this.#hook('on_exit', (hook) => hook(this))
    process.exit(status)
  }

  #hook<N extends 'pre_fork' | 'child_exit' | 'nworkers_changed' | 'on_reload' | 'on_exit' | 'pre_exec'>(
    name: N,
    call: (hook: NonNullable<Config[N]>) => void,
  ): void {
    const hook = this.#config[name]
    if (hook === null) return
    try {
      call(hook as NonNullable<Config[N]>)
    } catch (error) {
      this.#log.error(`The hook ${name} failed\n${traceOf(error)}`)
    }
  }

  #notify(state: string): void {
    notifySystemd(state, (message) => this.#log.warning(message))
  }
}

function statsdOf({ statsd_host, statsd_prefix, dogstatsd_tags }: Config): Statsd | undefined {
  return statsd_host === null ? undefined : new Statsd(statsd_host, statsd_prefix, dogstatsd_tags)
}
