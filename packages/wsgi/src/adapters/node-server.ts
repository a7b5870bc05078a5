import { createServer as createHttpServer, type IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttp2Server, createSecureServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import type { Server as NetServer, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Application } from '../application.ts'
import type { EngineHooks } from '../engine/hooks.ts'
import { type Limits, resolveLimits } from '../engine/limits.ts'
import { type BoundAddress, type ListenTarget, listenOn } from '../server/listen.ts'
import type { CloseOptions, ServerCounts, ServerOptions, WsgiServer } from '../server/server.ts'
import { Certificates, nodeTlsOptions, type TlsSettings } from '../server/tls.ts'
import { answer } from './to-node.ts'

/** Options of the servers over Node's own HTTP. The PROXY protocol is not among what they can do. */
export type NodeServerOptions = Omit<ServerOptions, 'proxyProtocol'>

type Protocol = 'http' | 'http2'

/** Serves an application with Node's own HTTP servers, behind the same interface as the reference server. */
class NodeServer implements WsgiServer {
  readonly #application: Application
  readonly #options: NodeServerOptions
  readonly #limits: Limits
  readonly #hooks: EngineHooks
  readonly #protocol: Protocol
  readonly #certificates: Certificates | undefined
  readonly #servers: NetServer[] = []
  readonly #sockets = new Set<Socket>()
  #active = 0
  #connectionsTotal = 0
  #requestsTotal = 0
  #draining = false

  constructor(application: Application, options: NodeServerOptions, protocol: Protocol) {
    this.#application = application
    this.#options = options
    this.#limits = resolveLimits(options.limits)
    this.#hooks = options.hooks ?? {}
    this.#protocol = protocol
    this.#certificates = options.tls === undefined ? undefined : new Certificates(options.tls)
  }

  get counts(): ServerCounts {
    return {
      connections: this.#sockets.size,
      active: this.#active,
      connectionsTotal: this.#connectionsTotal,
      requestsTotal: this.#requestsTotal,
    }
  }

  async listen(target: ListenTarget = {}): Promise<BoundAddress> {
    const server = this.#makeServer()
    server.on('connection', (socket: Socket) => this.#track(socket))
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#serve(request, response),
    )
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
      this.#serve(request, response, () => response.writeContinue()),
    )
    if (this.#protocol === 'http') {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
        this.#serveUpgrade(request, socket, head),
      )
    }
    const address = await listenOn(server, target, this.#options.tls === undefined ? 'http' : 'https')
    this.#servers.push(server)
    return address
  }

  /** Serves a socket that was accepted elsewhere. */
  accept(socket: Socket): void {
    const server = this.#servers[0] ?? this.#makeServer()
    server.emit('connection', socket)
  }

  #makeServer(): NetServer {
    const limits = this.#limits
    const common = {
      noDelay: true,
      maxHeaderSize: limits.maxRequestLine + limits.maxFieldSize,
      headersTimeout: finite(limits.headTimeout),
      requestTimeout: finite(limits.requestTimeout),
      keepAliveTimeout: finite(limits.keepAliveTimeout),
    }
    const { tls } = this.#options
    const tlsOptions = tls === undefined ? undefined : nodeTlsOptions(tls, this.#certificates!)
    if (this.#protocol === 'http') {
      const server =
        tlsOptions === undefined ? createHttpServer(common) : createHttpsServer({ ...common, ...tlsOptions })
      server.maxHeadersCount = limits.maxFields
      return server
    }
    if (tlsOptions === undefined) return createHttp2Server()
    return createSecureServer({ ...tlsOptions, allowHTTP1: true })
  }

  #track(socket: Socket): void {
    if (this.#sockets.size >= this.#limits.maxConnections) {
      socket.destroy()
      return
    }
    this.#sockets.add(socket)
    this.#connectionsTotal++
    this.#hooks.connectionOpened?.()
    socket.once('close', () => {
      this.#sockets.delete(socket)
      this.#hooks.connectionClosed?.()
    })
  }

  #serve(request: IncomingMessage, response: ServerResponse, sendContinue?: () => void): void {
    void this.#answer(request, response, { sendContinue })
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    support: Parameters<typeof answer>[4],
  ): Promise<void> {
    const { scriptName, serverName } = this.#options
    this.#active++
    this.#requestsTotal++
    if (this.#draining && request.httpVersionMajor < 2) response.setHeader('Connection', 'close')
    if (serverName !== undefined && serverName !== '') response.setHeader('Server', serverName)
    try {
      await answer(this.#application, request, response, { hooks: this.#hooks }, { scriptName, ...support })
    } finally {
      this.#active--
      if (this.#draining) setImmediate(() => this.#endIdle())
    }
  }

  /** An application that does not take the connection over answers as to any other request. */
  #serveUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const response = new ServerResponse(request)
    let taken = false
    const upgrade = {
      socket,
      head,
      taken: () => {
        taken = true
        response.detachSocket(socket as Socket)
      },
    }
    response.shouldKeepAlive = false
    response.assignSocket(socket as Socket)
    response.on('finish', () => {
      if (!taken) socket.end()
    })
    // A hand-over leaves the response without a socket, where it must write nothing.
    const application: Application = async (environ) => {
      const answered = await this.#application(environ)
      if (taken) response.destroy()
      return answered
    }
    this.#requestsTotal++
    const { scriptName } = this.#options
    void answer(application, request, response, { hooks: this.#hooks }, { scriptName, upgrade })
  }

  reloadCertificates(settings: TlsSettings): void {
    if (this.#certificates === undefined)
      throw new Error('this server does not speak TLS: give it the option tls')
    this.#certificates.reload(settings)
  }

  /** While the server closes: ends the connections on which nothing is in flight. */
  #endIdle(): void {
    for (const server of this.#servers) {
      ;(server as Partial<ReturnType<typeof createHttpServer>>).closeIdleConnections?.()
    }
    if (this.#protocol === 'http2' && this.#active === 0) {
      for (const socket of this.#sockets) socket.destroySoon()
    }
  }

  async close(options: CloseOptions = {}): Promise<void> {
    this.#draining = true
    const closed = this.#servers.map((server) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      return promise
    })
    if (options.idleGrace !== undefined)
      await new Promise((resolve) => setTimeout(resolve, options.idleGrace))
    this.#endIdle()
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy()
    }, options.gracefulTimeout ?? 30_000)
    await Promise.all(closed)
    this.#servers.length = 0
    clearTimeout(timer)
  }
}

function finite(milliseconds: number): number {
  return Number.isFinite(milliseconds) ? milliseconds : 0
}

/** A server that uses `node:http` (or `node:https` where `tls` is given) beneath. */
export function createNodeHttpServer(application: Application, options: NodeServerOptions = {}): WsgiServer {
  return new NodeServer(application, options, 'http')
}

/**
 * A server that uses `node:http2` beneath. With `tls` a client chooses between HTTP/2 and HTTP/1.1 by ALPN; without,
 * only clients that know beforehand can speak to it.
 */
export function createNodeHttp2Server(application: Application, options: NodeServerOptions = {}): WsgiServer {
  return new NodeServer(application, options, 'http2')
}
