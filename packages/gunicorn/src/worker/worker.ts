import type { WsgiServer } from '@flask-ts/wsgi/server'
import { importApp } from '../app/import-app.ts'
import { AppImportError, traceOf } from '../errors.ts'
import { APP_LOAD_ERROR, WORKER_BOOT_ERROR } from '../exit-codes.ts'
import { Logger } from '../logging/logger.ts'
import { type Statsd, statsdOf } from '../logging/statsd.ts'
import type { Config } from '../settings/registry.ts'
import type { WorkerView } from '../settings/server-hooks.ts'
import { Heartbeat } from './heartbeat.ts'
import { watchLoads } from './loaded-modules.ts'
import { makeServer } from './make-server.ts'
import { maxRequests } from './max-requests.ts'
import type { BootMessage, FromWorker } from './messages.ts'
import { become, type Owner, ownerIds, ownerOf } from './privileges.ts'
import { type RequestWork, requestWork } from './request-hooks.ts'
import { startWatchdog, type Watchdog } from './watchdog.ts'

/** How long connections that look idle are still listened to when the worker ends, in milliseconds. */
const drainGrace = 300

/** One worker process: it loads the application, serves, and ends when it is told to. */
export class Worker {
  readonly #boot: BootMessage
  readonly #config: Config
  readonly #log: Logger
  readonly #statsd: Statsd | undefined
  readonly #owner: Owner | undefined
  readonly #view: WorkerView
  #server: WsgiServer | undefined
  #work: RequestWork | undefined
  #ending = false
  #retiring = false
  #watchdog: Watchdog | undefined

  constructor(boot: BootMessage, config: Config) {
    this.#boot = boot
    this.#config = config
    this.#statsd = statsdOf(config)
    this.#owner = ownerOf(config)
    this.#log = new Logger(config, boot.name, this.#statsd, ownerIds(this.#config))
    this.#view = { pid: process.pid, age: boot.age, log: this.#log }
  }

  /** Starts, and tells the arbiter when requests are served. It never rejects. */
  async run(): Promise<void> {
    this.#log.info(`Booting worker with pid: ${process.pid}`)
    this.#listenToSignals()
    let stage: 'app' | 'listen' | 'boot' = 'boot'
    try {
      const heartbeat = await this.#prepare()
      stage = 'app'
      const application = await importApp(this.#boot.app, this.#boot.folder)
      stage = 'boot'
      this.#work = this.#requestWork()
      const server = makeServer(application, this.#config, this.#work.hooks)
      this.#server = server
      heartbeat.watch(server, this.#work.counter)
      stage = 'listen'
      await this.#listen(server)
      stage = 'boot'
      await this.#config.post_worker_init?.(this.#view)
    } catch (error) {
      this.#failed(stage, error)
      return
    }
    // The order to end may have come while the application was loading.
    if (this.#ending) await this.#server?.close({ gracefulTimeout: 0 })
    else this.#send({ type: 'ready' })
  }

  async #prepare(): Promise<Heartbeat> {
    const config = this.#config
    process.umask(config.umask)
    await config.post_fork?.(null, this.#view)
    if (this.#owner !== undefined) become(this.#owner, config.initgroups)
    if (config.reload) watchLoads((file) => this.#send({ type: 'files', files: [file] }))
    const timeout = config.timeout * 1000
    const interval = timeout === 0 ? 1000 : Math.min(1000, timeout / 4)
    // The watchdog's report must be there when the arbiter finds that the time is over.
    this.#watchdog = timeout === 0 ? undefined : await startWatchdog(timeout * 0.9)
    return new Heartbeat({
      interval,
      watchdog: this.#watchdog,
      send: (stats) => this.#send({ type: 'beat', stats }),
      onMemory: (rss) => {
        if (config.max_memory > 0 && rss > config.max_memory) {
          const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MB`
          this.#retire(`it uses ${megabytes(rss)}, more than max_memory (${megabytes(config.max_memory)})`)
        }
      },
    })
  }

  #requestWork(): RequestWork {
    const { max_requests, max_requests_jitter } = this.#config
    return requestWork({
      config: this.#config,
      name: this.#boot.name,
      log: this.#log,
      statsd: this.#statsd,
      view: this.#view,
      owner: ownerIds(this.#config),
      onRequest: maxRequests(max_requests, max_requests_jitter, (limit) =>
        this.#retire(`it has served ${limit} requests (max_requests)`),
      ),
    })
  }

  async #listen(server: WsgiServer): Promise<void> {
    const { backlog, reuse_port } = this.#config
    for (const { fd, host, port } of this.#boot.sockets) {
      if (reuse_port && host !== undefined) await server.listen({ host, port, backlog, reusePort: true })
      else await server.listen({ fd, backlog })
    }
  }

  #failed(stage: 'app' | 'listen' | 'boot', error: unknown): void {
    const isImport = stage === 'app' || error instanceof AppImportError
    const code = (error as NodeJS.ErrnoException | undefined)?.code
    this.#send({ type: 'failed', stage: isImport ? 'app' : stage, message: traceOf(error), code })
    if (stage !== 'listen') this.#log.error(`Exception in worker process\n${traceOf(error)}`)
    void this.#exit(isImport ? APP_LOAD_ERROR : WORKER_BOOT_ERROR)
  }

  #listenToSignals(): void {
    process.on('SIGTERM', () => void this.#end(true))
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => void this.#quit())
    process.on('SIGABRT', () => process.exit(1))
    process.on('SIGUSR1', () => this.#reopenLogs())
    process.on('SIGWINCH', () => {})
    process.on('SIGHUP', () => {})
    process.on('disconnect', () => {
      this.#log.info('The arbiter is gone, shutting down')
      void this.#end(true)
    })
    const broken = (kind: string) => (error: unknown) => {
      this.#log.critical(
        `${kind} in worker process, which ends after the requests in flight\n${traceOf(error)}`,
      )
      void this.#end(true, 1)
    }
    process.on('uncaughtException', broken('Uncaught exception'))
    process.on('unhandledRejection', broken('Unhandled rejection'))
  }

  async #quit(): Promise<void> {
    await this.#config.worker_int?.(this.#view)
    await this.#end(false)
  }

  #reopenLogs(): void {
    this.#log.reopen()
    this.#work?.accessLog?.reopen()
  }

  #retire(reason: string): void {
    if (this.#retiring || this.#ending) return
    this.#retiring = true
    this.#log.info(`Worker ${process.pid} asks to be replaced: ${reason}`)
    this.#send({ type: 'retire', reason })
  }

  async #end(graceful: boolean, status = 0): Promise<void> {
    if (this.#ending && graceful) return
    this.#ending = true
    const gracefulTimeout = graceful ? this.#config.graceful_timeout * 1000 : 0
    await this.#server?.close({ gracefulTimeout, idleGrace: graceful ? drainGrace : 0 })
    await this.#exit(status)
  }

  async #exit(status: number): Promise<never> {
    try {
      await this.#config.worker_exit?.(null, this.#view)
    } catch (error) {
      this.#log.warning(`Exception during worker exit:\n${traceOf(error)}`)
    }
    this.#work?.accessLog?.flush()
    this.#log.info(`Worker exiting (pid: ${process.pid})`)
    // What was sent to the arbiter must be gone before the process is.
    await new Promise((resolve) => setImmediate(resolve))
    await this.#watchdog?.stop()
    process.exit(status)
  }

  #send(message: FromWorker): void {
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }
}
