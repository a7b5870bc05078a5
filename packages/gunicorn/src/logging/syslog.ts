import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { SettingError } from '../errors.ts'

const facilities: Readonly<Record<string, number>> = {
  kern: 0,
  user: 1,
  mail: 2,
  daemon: 3,
  auth: 4,
  security: 4,
  syslog: 5,
  lpr: 6,
  news: 7,
  uucp: 8,
  cron: 9,
  authpriv: 10,
  ftp: 11,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
}

/** Severities of syslog (RFC 5424, 6.2.1) for the levels of the error log. */
const severities: Readonly<Record<string, number>> = { critical: 2, error: 3, warning: 4, info: 6, debug: 7 }

/** Where a syslog server is. */
export type SyslogAddress =
  | { readonly kind: 'udp' | 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

/**
 * Reads `udp://host:port`, `tcp://host:port` or `unix://path#stream`.
 *
 * @throws SettingError for anything else.
 */
export function parseSyslogAddress(text: string): SyslogAddress {
  const unix = /^unix:\/\/([^#]+)(?:#(stream|dgram))?$/.exec(text)
  if (unix !== null) {
    if (unix[2] !== 'stream') {
      throw new SettingError(
        `syslog_addr ${text}: Node has no datagram sockets on files: use unix://PATH#stream, or udp://`,
      )
    }
    return { kind: 'unix', path: unix[1]! }
  }
  const inet = /^(udp|tcp):\/\/(\[[^\]]+\]|[^:/]*)(?::(\d+))?$/.exec(text)
  if (inet === null) throw new SettingError(`syslog_addr must be udp://, tcp:// or unix://, not ${text}`)
  const host = inet[2]!.replace(/^\[|\]$/g, '') || 'localhost'
  return { kind: inet[1] as 'udp' | 'tcp', host, port: Number(inet[3] ?? 514) }
}

/** Sends lines to a syslog server, in the form of RFC 3164. What cannot be delivered is dropped. */
export class Syslog {
  readonly #address: SyslogAddress
  readonly #facility: number
  readonly #tag: string
  #udp: UdpSocket | undefined
  #stream: Socket | undefined

  /**
   * @param tag - The program's name: `gunicorn.app.error`.
   * @throws SettingError if the facility is unknown.
   */
  constructor(address: SyslogAddress, facility: string, tag: string) {
    const number = facilities[facility.toLowerCase()]
    if (number === undefined) throw new SettingError(`syslog_facility: unknown facility '${facility}'`)
    this.#address = address
    this.#facility = number
    this.#tag = tag
  }

  send(level: string, message: string): void {
    const priority = this.#facility * 8 + (severities[level] ?? 6)
    const date = new Date()
      .toString()
      .slice(4, 24)
      .replace(/ \d{4} /, ' ')
    const line = `<${priority}>${date} ${hostname()} ${this.#tag}: [${process.pid}] ${message}`
    if (this.#address.kind === 'udp') this.#sendUdp(line, this.#address)
    else this.#sendStream(line)
  }

  #sendUdp(line: string, { host, port }: { readonly host: string; readonly port: number }): void {
    if (this.#udp === undefined) {
      this.#udp = createSocket(host.includes(':') ? 'udp6' : 'udp4')
      this.#udp.on('error', () => {})
      this.#udp.unref()
    }
    this.#udp.send(line, port, host)
  }

  #sendStream(line: string): void {
    if (this.#stream === undefined || this.#stream.destroyed) {
      const address = this.#address
      const target: NetConnectOpts =
        address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port }
      this.#stream = connect(target)
      this.#stream.on('error', () => {})
      this.#stream.unref()
    }
    this.#stream.write(`${line}\n`)
  }
}
