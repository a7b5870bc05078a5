import { createSocket, type Socket } from 'node:dgram'
import { SettingError } from '../errors.ts'
import type { Config } from '../settings/registry.ts'

/** Sends metrics to a StatsD server by UDP, under Gunicorn's names. */
export class Statsd {
  readonly #host: string
  readonly #port: number
  readonly #prefix: string
  readonly #tags: string
  readonly #socket: Socket
  #waiting: string[] = []

  /**
   * @param address - `HOST:PORT`.
   * @param prefix - What names begin with.
   * @param tags - DogStatsD's, with commas between them.
   */
  constructor(address: string, prefix: string, tags: string) {
    const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(address)
    if (match === null) throw new SettingError(`statsd_host must be HOST:PORT, not ${address}`)
    this.#host = match[1]!.replace(/^\[|\]$/g, '')
    this.#port = Number(match[2])
    this.#prefix = prefix === '' ? '' : `${prefix.replace(/\.+$/, '')}.`
    this.#tags = tags === '' ? '' : `|#${tags}`
    this.#socket = createSocket(this.#host.includes(':') ? 'udp6' : 'udp4')
    this.#socket.on('error', () => {})
    this.#socket.unref()
  }

  gauge(name: string, value: number): void {
    this.#send(`${name}:${value}|g`)
  }

  increment(name: string, value = 1): void {
    this.#send(`${name}:${value}|c|@1.0`)
  }

  timer(name: string, milliseconds: number): void {
    this.#send(`${name}:${milliseconds}|ms`)
  }

  /** The metrics of one request. */
  request(status: number, milliseconds: number): void {
    this.timer('gunicorn.request.duration', milliseconds)
    this.increment('gunicorn.requests')
    this.increment(`gunicorn.request.status.${status}`)
  }

  /** Metrics of one moment go out in one datagram, as StatsD allows. */
  #send(metric: string): void {
    this.#waiting.push(`${this.#prefix}${metric}${this.#tags}`)
    if (this.#waiting.length === 1) setImmediate(() => this.#flush())
    else if (this.#waiting.length >= 20) this.#flush()
  }

  #flush(): void {
    if (this.#waiting.length === 0) return
    const datagram = this.#waiting.join('\n')
    this.#waiting = []
    this.#socket.send(datagram, this.#port, this.#host)
  }
}

/** The StatsD client that the settings describe, `undefined` for none. */
export function statsdOf({ statsd_host, statsd_prefix, dogstatsd_tags }: Config): Statsd | undefined {
  return statsd_host === null ? undefined : new Statsd(statsd_host, statsd_prefix, dogstatsd_tags)
}
