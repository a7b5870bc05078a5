import { createServer, type Server as NetServer, type Socket } from 'node:net'
import type { Application } from '@flask-ts/wsgi'
import { Connection, Engine } from '@flask-ts/wsgi/engine'
import {
  type BoundAddress,
  type CloseOptions,
  type ListenTarget,
  resolveLimits,
  type ServerCounts,
  type ServerOptions,
  type WsgiServer,
} from '@flask-ts/wsgi/server'
import { addressTest } from '../app/trusted-scheme.ts'
import { translateHead } from './http-head.ts'
import { InvalidPacket, readPacket } from './packet.ts'
import { SocketTransport } from './socket-transport.ts'

/** The most mount points that are told apart; a proxy has a handful of them. */
const mostMounts = 64

/**
 * Serves the uwsgi protocol, as `uwsgi_pass` of nginx speaks it: one request a connection, its variables in binary
 * form, its response in HTTP's.
 */
export class UwsgiServer implements WsgiServer {
  readonly #application: Application
  readonly #options: ServerOptions
  readonly #allowed: (host: string) => boolean
  readonly #engines = new Map<string, Engine>()
  readonly #servers: NetServer[] = []
  readonly #sockets = new Map<Socket, Connection | undefined>()
  #connectionsTotal = 0
  #emptied: PromiseWithResolvers<void> | undefined
  #ticker: NodeJS.Timeout | undefined

  /**
   * @param allowed - Who may connect: addresses, networks, or `*`.
   */
  constructor(application: Application, options: ServerOptions, allowed: readonly string[]) {
    this.#application = application
    this.#options = options
    this.#allowed = addressTest(allowed, 'uwsgi_allow_ips')
  }

  get counts(): ServerCounts {
    let active = 0
    for (const connection of this.#sockets.values()) if (connection?.busy === true) active++
    let requestsTotal = 0
    for (const engine of this.#engines.values()) requestsTotal += engine.requests
    return {
      connections: this.#sockets.size,
      active,
      connectionsTotal: this.#connectionsTotal,
      requestsTotal,
    }
  }

  async listen(target: ListenTarget = {}): Promise<BoundAddress> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket))
    const { fd, path, host = '127.0.0.1', port = 0, backlog, reusePort } = target
    const place = fd !== undefined ? { fd } : path !== undefined ? { path } : { host, port, reusePort }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    server.once('error', reject)
    server.listen({ ...place, backlog }, resolve)
    await promise
    server.off('error', reject)
    this.#servers.push(server)
    const address = server.address()
    if (address === null || typeof address === 'string') {
      return { host: address ?? '', port: 0, url: `uwsgi+unix:${address ?? ''}` }
    }
    return { host: address.address, port: address.port, url: `uwsgi://${address.address}:${address.port}` }
  }

  #accept(socket: Socket): void {
    if (!this.#allowed(socket.remoteAddress ?? '')) {
      socket.destroy()
      return
    }
    this.#sockets.set(socket, undefined)
    this.#connectionsTotal++
    this.#startTicking()
    let input: Buffer = Buffer.alloc(0)
    const onData = (bytes: Buffer): void => {
      input = input.length === 0 ? bytes : Buffer.concat([input, bytes])
      try {
        const packet = readPacket(input)
        if (packet === undefined) return
        socket.off('data', onData)
        this.#begin(socket, packet.variables, input.subarray(packet.end))
      } catch (error) {
        if (!(error instanceof InvalidPacket)) throw error
        socket.end('HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n')
      }
    }
    socket.on('data', onData)
    socket.on('error', () => {})
    const { headTimeout } = this.#options.limits ?? {}
    const timer = setTimeout(() => {
      if (this.#sockets.get(socket) === undefined) socket.destroy()
    }, headTimeout ?? 30_000)
    socket.on('close', () => {
      clearTimeout(timer)
      this.#closed(socket)
    })
  }

  #begin(socket: Socket, variables: ReadonlyMap<string, string>, body: Buffer): void {
    const translated = translateHead(variables)
    const engine = this.#engineFor(translated.scriptName)
    engine.now = performance.now()
    const transport = new SocketTransport(socket, translated)
    const connection = new Connection(engine, transport, { scheme: translated.scheme })
    this.#sockets.set(socket, connection)
    socket.on('data', (bytes: Buffer) => connection.receive(bytes))
    socket.on('end', () => connection.clientEnded())
    socket.on('drain', () => connection.drained())
    socket.on('close', () => connection.closed())
    connection.receive(Buffer.concat([Buffer.from(translated.head, 'latin1'), body]))
  }

  /** An engine knows one mount point. They come from the proxy's configuration, so there are few. */
  #engineFor(scriptName: string): Engine {
    const mount = scriptName === '' ? (this.#options.scriptName ?? '') : scriptName
    let engine = this.#engines.get(mount)
    if (engine === undefined) {
      if (this.#engines.size >= mostMounts) throw new InvalidPacket(`more than ${mostMounts} SCRIPT_NAMEs`)
      const options = { ...this.#options, scriptName: mount }
      engine = new Engine(this.#application, resolveLimits(this.#options.limits), options)
      this.#engines.set(mount, engine)
    }
    return engine
  }

  #closed(socket: Socket): void {
    this.#sockets.delete(socket)
    if (this.#sockets.size > 0) return
    clearInterval(this.#ticker)
    this.#ticker = undefined
    this.#emptied?.resolve()
  }

  #startTicking(): void {
    this.#ticker ??= setInterval(() => {
      const now = performance.now()
      for (const engine of this.#engines.values()) engine.now = now
      for (const connection of this.#sockets.values()) connection?.tick(now)
    }, 250)
    this.#ticker.unref()
  }

  async close({ gracefulTimeout = 30_000 }: CloseOptions = {}): Promise<void> {
    for (const server of this.#servers) server.close()
    this.#servers.length = 0
    if (this.#sockets.size === 0) return
    this.#emptied = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      for (const socket of this.#sockets.keys()) socket.destroy()
    }, gracefulTimeout)
    await this.#emptied.promise
    clearTimeout(timer)
  }
}
