import type { Socket } from 'node:net'
import type { Transport } from '@flask-ts/wsgi/engine'
import type { TranslatedHead } from './http-head.ts'

/** A socket whose ends are those that the proxy told of. */
export class SocketTransport implements Transport {
  readonly #socket: Socket
  readonly remoteAddress: string
  readonly remotePort: number
  readonly localAddress: string
  readonly localPort: number

  constructor(socket: Socket, { remote, local }: Pick<TranslatedHead, 'remote' | 'local'>) {
    this.#socket = socket
    this.remoteAddress = remote.host
    this.remotePort = remote.port
    this.localAddress = local.host
    this.localPort = local.port
  }

  get writableLength(): number {
    return this.#socket.writableLength
  }

  get writableNeedDrain(): boolean {
    return this.#socket.writableNeedDrain
  }

  get destroyed(): boolean {
    return this.#socket.destroyed
  }

  write(data: string | Uint8Array, encoding?: 'latin1'): boolean {
    return typeof data === 'string' ? this.#socket.write(data, encoding) : this.#socket.write(data)
  }

  cork(): void {
    this.#socket.cork()
  }

  uncork(): void {
    this.#socket.uncork()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.end()
  }

  destroy(error?: Error): void {
    this.#socket.destroy(error)
  }
}
