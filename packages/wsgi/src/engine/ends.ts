import type { Address, TlsInfo } from '../environ.ts'
import type { ProxyHeader } from './proxy-protocol.ts'
import type { Transport, TransportInfo } from './transport.ts'

/** Who is at the two ends of a connection, found out when somebody asks. */
export class Ends {
  readonly #transport: Transport
  readonly #info: TransportInfo
  #proxy: ProxyHeader | undefined
  #remote: Address | undefined
  #local: Address | undefined

  constructor(transport: Transport, info: TransportInfo, proxy: ProxyHeader | undefined) {
    this.#transport = transport
    this.#info = info
    this.proxy = proxy
  }

  get scheme(): 'http' | 'https' {
    return this.#info.scheme
  }

  get tls(): TlsInfo | undefined {
    return this.#info.tls?.()
  }

  /** What the PROXY protocol said; its addresses stand for those of the socket. */
  get proxy(): ProxyHeader | undefined {
    return this.#proxy
  }

  set proxy(header: ProxyHeader | undefined) {
    this.#proxy = header === undefined || header.size === 0 ? undefined : header
    this.#remote = undefined
    this.#local = undefined
  }

  get remote(): Address {
    this.#remote ??= this.#proxy?.client ?? {
      host: this.#transport.remoteAddress ?? '',
      port: this.#transport.remotePort ?? 0,
    }
    return this.#remote
  }

  get local(): Address {
    this.#local ??= this.#proxy?.server ?? {
      host: this.#transport.localAddress ?? this.#info.path ?? '',
      port: this.#transport.localPort ?? 0,
    }
    return this.#local
  }
}
