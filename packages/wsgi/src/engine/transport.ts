import type { TlsInfo } from '../environ.ts'

/** What the engine needs of a socket: `net.Socket` and `tls.TLSSocket` have it, and so can a test's stand-in. */
export interface Transport {
  readonly writableLength: number
  readonly writableNeedDrain: boolean
  readonly destroyed: boolean
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
  readonly localAddress?: string | undefined
  readonly localPort?: number | undefined
  write(data: string, encoding: 'latin1'): boolean
  write(data: Uint8Array): boolean
  cork(): void
  uncork(): void
  pause(): unknown
  resume(): unknown
  end(): unknown
  destroy(error?: Error): unknown
}

/** What is told of one connection when it is opened: its transport's scheme, and its TLS state where it has one. */
export interface TransportInfo {
  readonly scheme: 'http' | 'https'
  /** The path of the listening Unix socket, for the local address. */
  readonly path?: string | undefined
  tls?(): TlsInfo
  /** Takes the server's listeners off the transport, when it is handed over. */
  release?(): void
}
