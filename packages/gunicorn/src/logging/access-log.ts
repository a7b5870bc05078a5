import type { ExchangeRecord } from '@flask-ts/wsgi/server'
import type { Config } from '../settings/registry.ts'
import { type AccessFormat, compileAccessFormat } from './access-format.ts'
import { LogFile } from './log-file.ts'
import { syslogOf } from './logger.ts'
import type { Syslog } from './syslog.ts'

/** So many characters are gathered at the most before they are written. */
const batchSize = 32 * 1024

/** The access log of one worker. Lines of one turn of the event loop are written together. */
export class AccessLog {
  readonly #format: AccessFormat
  readonly #file: LogFile | undefined
  readonly #syslog: Syslog | undefined
  #waiting = ''

  constructor(config: Config, name: string, owner?: readonly [number, number]) {
    this.#format = compileAccessFormat(config.access_log_format)
    this.#file = config.accesslog === null ? undefined : new LogFile(config.accesslog, 1, owner)
    this.#syslog = toSyslog(config) ? syslogOf(config, name, 'access') : undefined
  }

  /** Whether the settings want an access log at all. */
  static wanted(config: Config): boolean {
    return config.accesslog !== null || toSyslog(config)
  }

  log(record: ExchangeRecord): void {
    const line = this.#format(record)
    this.#syslog?.send('info', line)
    if (this.#file === undefined) return
    if (this.#waiting === '') setImmediate(() => this.flush())
    this.#waiting += `${line}\n`
    if (this.#waiting.length > batchSize) this.flush()
  }

  /** Writes what was gathered. */
  flush(): void {
    if (this.#waiting === '') return
    const text = this.#waiting
    this.#waiting = ''
    this.#file?.write(text)
  }

  /** Opens the file anew. */
  reopen(): void {
    this.flush()
    this.#file?.reopen()
  }
}

function toSyslog(config: Config): boolean {
  return config.syslog && !config.disable_redirect_access_to_syslog
}
