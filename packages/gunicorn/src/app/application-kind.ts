import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Application, Environ } from '@flask-ts/wsgi'
import { fromFetch, fromNode } from '@flask-ts/wsgi/adapters'

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown
type Method = (...args: never[]) => unknown

/** What an exported object may have, by which its kind is told. */
interface Candidate {
  readonly wsgiApp?: unknown
  readonly fetch?: unknown
  readonly routing?: unknown
  readonly ready?: unknown
  readonly callback?: unknown
  readonly handle?: unknown
  readonly listeners?: unknown
  readonly emit?: unknown
  readonly length?: number
}

function method<T extends Method>(object: Candidate, name: keyof Candidate): T | undefined {
  const value = object[name]
  return typeof value === 'function' ? (value.bind(object) as T) : undefined
}

/**
 * The application that an exported value is, `undefined` if it is none.
 *
 * Objects with `wsgiApp` (flask-ts) or `fetch` (Hono, `export default { fetch }`), Fastify, Koa and Express applications,
 * Node's HTTP servers, functions of one argument (the server interface) and of two or three (Node listeners).
 */
export async function toApplication(value: unknown): Promise<Application | undefined> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  const object = value as Candidate
  if (typeof object.wsgiApp === 'function') {
    // Asked for with each request, because middleware may be put around it later.
    const app = object as { readonly wsgiApp: Application }
    return (environ) => app.wsgiApp(environ)
  }
  const routing = method<Listener>(object, 'routing')
  const ready = method<() => Promise<unknown>>(object, 'ready')
  if (routing !== undefined && ready !== undefined) {
    await ready()
    return fromNode(routing)
  }
  const handler = method<(request: Request, environ: Environ) => Response | Promise<Response>>(
    object,
    'fetch',
  )
  if (handler !== undefined) return fromFetch(handler)
  if (typeof value === 'function') return ofFunction(value as Listener & Application, object)
  const callback = method<() => Listener>(object, 'callback')
  if (callback !== undefined) return fromNode(callback())
  return isHttpServer(object) ? ofServer(value as HttpServer) : undefined
}

function ofFunction(value: Listener & Application, object: Candidate): Application | undefined {
  if (/^class\b/.test(Function.prototype.toString.call(value))) return undefined
  // Express' application is a function of three arguments with a method `handle`.
  return value.length >= 2 || typeof object.handle === 'function' ? fromNode(value) : value
}

function isHttpServer(object: Candidate): boolean {
  const listeners = method<(event: string) => unknown[]>(object, 'listeners')
  return typeof object.emit === 'function' && (listeners?.('request').length ?? 0) > 0
}

function ofServer(server: HttpServer): Application {
  const listener: Listener = (request, response) => server.emit('request', request, response)
  if (server.listenerCount('upgrade') === 0) return fromNode(listener)
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    server.emit('upgrade', request, socket, head)
  }
  return fromNode(listener, { upgrade })
}
