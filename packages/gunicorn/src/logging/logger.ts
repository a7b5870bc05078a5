import type { Config } from '../settings/registry.ts'
import { errorLogDate } from './dates.ts'
import { LogFile } from './log-file.ts'
import type { Statsd } from './statsd.ts'
import { parseSyslogAddress, Syslog } from './syslog.ts'

/** The levels of the error log, from the least important on. */
const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const
type Level = (typeof levels)[number]

/** The error log. Its lines look as Gunicorn's: `[date] [pid] [LEVEL] message`. */
export class Logger {
  readonly file: LogFile
  readonly #threshold: number
  readonly #syslog: Syslog | undefined
  readonly #statsd: Statsd | undefined

  constructor(config: Config, name: string, statsd?: Statsd, owner?: readonly [number, number]) {
    this.file = new LogFile(config.errorlog, 2, owner)
    this.#threshold = levels.indexOf(config.loglevel)
    this.#syslog = config.syslog ? syslogOf(config, name, 'error') : undefined
    this.#statsd = statsd
  }

  debug(message: string): void {
    this.#log('debug', message)
  }

  info(message: string): void {
    this.#log('info', message)
  }

  warning(message: string): void {
    this.#log('warning', message)
  }

  error(message: string): void {
    this.#log('error', message)
  }

  critical(message: string): void {
    this.#log('critical', message)
  }

  /** Opens the file anew. */
  reopen(): void {
    this.file.reopen()
  }

  #log(level: Level, message: string): void {
    if (level !== 'debug' && level !== 'info') this.#statsd?.increment(`gunicorn.log.${level}`)
    if (levels.indexOf(level) < this.#threshold) return
    this.file.write(`${errorLogDate(new Date())} [${process.pid}] [${level.toUpperCase()}] ${message}\n`)
    this.#syslog?.send(level, message)
  }
}

/** The syslog that the settings describe. */
export function syslogOf(config: Config, name: string, log: 'error' | 'access'): Syslog {
  const prefix = config.syslog_prefix ?? name.replaceAll(':', '.')
  return new Syslog(
    parseSyslogAddress(config.syslog_addr),
    config.syslog_facility,
    `gunicorn.${prefix}.${log}`,
  )
}
