import { createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls'
import type { Application } from '../application.ts'
import { Connection } from '../engine/connection.ts'
import { Engine, type EngineOptions } from '../engine/engine.ts'
import { type Limits, resolveLimits } from '../engine/limits.ts'
import type { ProxyHeader } from '../engine/proxy-protocol.ts'
import type { TransportInfo } from '../engine/transport.ts'
import { type BoundAddress, type ListenTarget, listenOn } from './listen.ts'
import { proxyHeaderOf, readProxyFirst } from './proxied-tls.ts'
import { proxyTrust } from './proxy-trust.ts'
import { attach, detach } from './socket-listeners.ts'
import { Certificates, nodeTlsOptions, type TlsSettings, tlsInfoOf } from './tls.ts'

/** How a server serves. */
export interface ServerOptions extends EngineOptions {
  /** What clients may take; see `defaultLimits`. */
  readonly limits?: Partial<Limits> | undefined
  /** Speak TLS, with these certificates. */
  readonly tls?: TlsSettings | undefined
  /** Which peers may begin a connection with a PROXY header (version 1 or 2): `'*'`, or addresses and networks. */
  readonly proxyProtocol?: '*' | readonly string[] | undefined
}

/** How a server closes. */
export interface CloseOptions {
  /** How long requests in flight may take to end, in milliseconds, before their connections are cut; 30 000. */
  readonly gracefulTimeout?: number | undefined
  /**
   * How long idle connections are still listened to, in milliseconds; 0. A client may have sent a request without
   * knowing of the end, and it is answered, with `Connection: close`, if it comes in this time.
   */
  readonly idleGrace?: number | undefined
}

/** What a server has done and is doing. */
export interface ServerCounts {
  /** Open connections. */
  readonly connections: number
  /** Connections on which a request is being answered. */
  readonly active: number
  /** Connections since the start. */
  readonly connectionsTotal: number
  /** Requests since the start. */
  readonly requestsTotal: number
}

/** A server of one application. */
export interface WsgiServer {
  listen(target?: ListenTarget): Promise<BoundAddress>
  close(options?: CloseOptions): Promise<void>
  readonly counts: ServerCounts
}

/**
 * The reference server: HTTP/1.1 over TCP, TLS or Unix sockets, read by an engine of its own.
 *
 * @example
 * const server = new Server(app)
 * const { port } = await server.listen({ port: 0 })
 * await server.close({ gracefulTimeout: 5000 })
 */
export class Server implements WsgiServer {
  readonly #engine: Engine
  readonly #servers: NetServer[] = []
  readonly #tlsServers: TlsServer[] = []
  readonly #connections = new Set<Connection>()
  readonly #handedOver = new Set<Socket>()
  readonly #trusted: ((address: string | undefined) => boolean) | undefined
  readonly #tls: TlsSettings | undefined
  readonly #certificates: Certificates | undefined
  #ticker: NodeJS.Timeout | undefined
  #interval = 0
  #connectionsTotal = 0
  #emptied: PromiseWithResolvers<void> | undefined
  #idleGrace = 0

  /**
   * @throws RangeError if a limit is impossible.
   */
  constructor(application: Application, options: ServerOptions = {}) {
    this.#engine = new Engine(application, resolveLimits(options.limits), options)
    this.#trusted = options.proxyProtocol === undefined ? undefined : proxyTrust(options.proxyProtocol)
    this.#tls = options.tls
    this.#certificates = options.tls === undefined ? undefined : new Certificates(options.tls)
  }

  get counts(): ServerCounts {
    let active = 0
    for (const connection of this.#connections) if (connection.busy) active++
    return {
      connections: this.#connections.size,
      active,
      connectionsTotal: this.#connectionsTotal,
      requestsTotal: this.#engine.requests,
    }
  }

  /**
   * Listens. It may be called more than once, to serve several addresses.
   *
   * @returns Where; `port` is the real one if 0 was asked for.
   * @throws Node's error, with its `code`: `EADDRINUSE`, `EACCES`...
   */
  async listen(target: ListenTarget = {}): Promise<BoundAddress> {
    const server = this.#makeServer(target.path)
    const address = await listenOn(server, target, this.#tls === undefined ? 'http' : 'https')
    // A connection that could not be accepted, for want of descriptors mostly, must not end the process.
    server.on('error', (error) => this.#acceptFailed(error))
    this.#servers.push(server)
    return address
  }

  #acceptFailed(error: Error): void {
    const { acceptFailed } = this.#engine.hooks
    if (acceptFailed !== undefined) acceptFailed(error)
    else console.error('wsgi: a connection could not be accepted\n', error)
  }

  #makeServer(path: string | undefined): NetServer {
    const options = { allowHalfOpen: true, noDelay: true }
    if (this.#tls === undefined) return createNetServer(options, (socket) => this.accept(socket, path))
    const secure = this.#makeTlsServer(path)
    if (this.#trusted === undefined) return secure
    // A PROXY header comes in the clear, before the TLS handshake.
    return createNetServer(options, (socket) => this.#acceptProxiedTls(socket, secure))
  }

  #makeTlsServer(path: string | undefined): TlsServer {
    const server = createTlsServer({
      allowHalfOpen: true,
      noDelay: true,
      handshakeTimeout: Math.min(this.#engine.limits.headTimeout, 2 ** 31 - 1),
      ALPNProtocols: ['http/1.1'],
      ...nodeTlsOptions(this.#tls!, this.#certificates!),
    })
    server.on('secureConnection', (socket) => this.#serve(socket, path, proxyHeaderOf(socket)))
    server.on('tlsClientError', (_error, socket) => socket.destroy())
    this.#tlsServers.push(server)
    return server
  }

  #acceptProxiedTls(socket: Socket, secure: TlsServer): void {
    if (this.#trusted!(socket.remoteAddress)) readProxyFirst(socket, this.#engine.limits.headTimeout, secure)
    else secure.emit('connection', socket)
  }

  /**
   * Serves a socket that was accepted elsewhere: by an arbiter, a test, or another kind of server.
   *
   * @param socket - Half-open sockets (`allowHalfOpen`) answer clients that have already ended their side.
   * @param path - The path of the Unix socket that it came from.
   */
  accept(socket: Socket, path?: string): void {
    this.#serve(socket, path)
  }

  #serve(socket: Socket, path: string | undefined, proxy?: ProxyHeader): void {
    const engine = this.#engine
    if (this.#connections.size >= engine.limits.maxConnections) {
      socket.destroy()
      return
    }
    this.#startTicking()
    const isPlain = (socket as Partial<TLSSocket>).encrypted !== true
    const heard = proxy ?? (isPlain && this.#trusted?.(socket.remoteAddress) === true)
    const connection: Connection = new Connection(
      engine,
      socket,
      this.#infoOf(socket, path, () => connection),
      heard,
    )
    this.#connections.add(connection)
    this.#connectionsTotal++
    attach(socket, connection, this.#onClosed)
    engine.hooks.connectionOpened?.()
    // One whose TLS handshake was under way when the server closed.
    if (engine.draining) connection.drain(this.#idleGrace)
  }

  #infoOf(socket: Socket, path: string | undefined, connection: () => Connection): TransportInfo {
    const encrypted = (socket as Partial<TLSSocket>).encrypted === true
    return {
      scheme: encrypted ? 'https' : 'http',
      path,
      ...(encrypted ? { tls: () => tlsInfoOf(socket as TLSSocket) } : {}),
      release: () => {
        detach(socket)
        this.#handedOver.add(socket)
        socket.once('close', () => {
          this.#handedOver.delete(socket)
          this.#onClosed(connection())
        })
      },
    }
  }

  readonly #onClosed = (connection: Connection): void => {
    if (!this.#connections.delete(connection)) return
    this.#engine.hooks.connectionClosed?.()
    if (this.#connections.size > 0) return
    clearInterval(this.#ticker)
    this.#ticker = undefined
    this.#emptied?.resolve()
  }

  /** One timer for all deadlines of all connections. It need not be precise, only cheap. */
  #startTicking(): void {
    if (this.#ticker !== undefined) return
    const { headTimeout, bodyTimeout, keepAliveTimeout, writeTimeout, lingerTimeout } = this.#engine.limits
    const shortest = Math.min(headTimeout, bodyTimeout, keepAliveTimeout, writeTimeout, lingerTimeout)
    this.#interval = Math.max(10, Math.min(500, shortest / 4))
    this.#engine.now = performance.now() + this.#interval
    this.#ticker = setInterval(() => this.#tick(), this.#interval)
    this.#ticker.unref()
  }

  #tick(): void {
    const now = performance.now()
    this.#engine.now = now + this.#interval
    for (const connection of this.#connections) connection.tick(now)
  }

  /**
   * Takes new certificates for the connections to come.
   *
   * @throws If they cannot be read, or the server does not speak TLS.
   */
  reloadCertificates(settings: TlsSettings): void {
    if (this.#certificates === undefined)
      throw new Error('this server does not speak TLS: give it the option tls')
    this.#certificates.reload(settings)
    for (const server of this.#tlsServers)
      server.setSecureContext(nodeTlsOptions(settings, this.#certificates))
  }

  /**
   * Closes gracefully: no new connections, idle ones end at once (or after `idleGrace`), those in flight end after
   * their response. Those that take longer than the time-out are cut, and so are connections that were handed over.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const engine = this.#engine
    engine.draining = true
    for (const server of this.#servers) server.close()
    this.#servers.length = 0
    const { gracefulTimeout = 30_000, idleGrace = 0 } = options
    this.#idleGrace = idleGrace
    // Handshakes under way are not counted among the connections yet.
    if (this.#tls !== undefined && idleGrace > 0)
      await new Promise((resolve) => setTimeout(resolve, idleGrace))
    if (this.#connections.size === 0) return
    const emptied = Promise.withResolvers<void>()
    this.#emptied = emptied
    for (const connection of this.#connections) connection.drain(idleGrace)
    const ticker = setInterval(() => this.#tick(), Math.max(10, idleGrace / 8))
    for (const socket of this.#handedOver) socket.destroySoon()
    const timer = setTimeout(() => {
      for (const connection of this.#connections) connection.abandon()
      for (const socket of this.#handedOver) socket.destroy()
    }, gracefulTimeout)
    await emptied.promise
    clearInterval(ticker)
    clearTimeout(timer)
  }
}

/** The same as `new Server(application, options)`. */
export function createServer(application: Application, options?: ServerOptions): Server {
  return new Server(application, options)
}
