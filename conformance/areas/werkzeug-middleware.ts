import { Request } from '@flask-ts/werkzeug'
import { DispatcherMiddleware, ProxyFix } from '@flask-ts/werkzeug/middleware'
import { makeEnviron } from '@flask-ts/werkzeug/testing'
import type { Application, Environ } from '@flask-ts/wsgi'
import { type CorpusLine, compare, type Verdict } from '../case.ts'
import { attribute } from './werkzeug/attribute.ts'

interface MiddlewareCase extends CorpusLine {
  readonly config: {
    readonly type: 'proxy_fix' | 'dispatcher'
    readonly x_for?: number
    readonly x_proto?: number
    readonly x_host?: number
    readonly x_port?: number
    readonly x_prefix?: number
    readonly mounts?: readonly string[]
  }
  readonly environ: {
    readonly path?: string
    readonly query?: string
    readonly script_name?: string
    readonly scheme?: 'http' | 'https'
    readonly remote_addr?: string | null
    readonly server_name?: string
    readonly server_port?: string
  }
  readonly environ_headers: readonly (readonly [name: string, value: string])[]
  readonly expect: Readonly<Record<string, unknown>>
}

function quotePath(path: string): string {
  return encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23')
}

function environOf({ environ, environ_headers }: MiddlewareCase): Environ {
  const { path = '/path', script_name = '', query } = environ
  const target = quotePath(script_name + path)
  return makeEnviron({
    target: query === undefined ? target : `${target}?${query}`,
    headers: environ_headers,
    scheme: environ.scheme,
    scriptName: script_name,
    local: { host: environ.server_name ?? 'app.internal', port: Number(environ.server_port ?? 8000) },
    remote: { host: environ.remote_addr === undefined ? '10.0.0.1' : (environ.remote_addr ?? ''), port: 0 },
  })
}

interface Seen {
  environ?: Environ
  app?: string
}

function recorder(seen: Seen, app: string): Application {
  return (environ) => {
    seen.environ = environ
    seen.app = app
    return { status: 200, headers: [], body: null }
  }
}

function wrapped({ config }: MiddlewareCase, seen: Seen): Application {
  const app = recorder(seen, 'default')
  if (config.type === 'dispatcher') {
    const mounts = config.mounts ?? []
    return DispatcherMiddleware(
      app,
      Object.fromEntries(mounts.map((mount) => [mount, recorder(seen, mount)])),
    )
  }
  const { x_for, x_proto, x_host, x_port, x_prefix } = config
  return ProxyFix(app, { xFor: x_for, xProto: x_proto, xHost: x_host, xPort: x_port, xPrefix: x_prefix })
}

function valueOf(name: string, environ: Environ, app: string): unknown {
  const request = new Request(environ)
  switch (name) {
    case 'app':
      return app
    case 'remote_addr':
      return request.remoteAddr ?? null
    case 'scheme':
      return request.scheme
    case 'host':
      return request.host
    case 'script_root':
      return request.scriptRoot
    case 'script_name':
      return environ.scriptName
    case 'path_info':
      return request.pathInfo
    case 'path':
      return request.path
    case 'url':
      return request.url
    case 'root_url':
      return request.rootUrl
    case 'is_secure':
      return request.isSecure
    case 'server_name':
      return environ.local.host
    case 'server_port':
      return environ.local.port
    case 'host_header':
      return environ.headers.get('host') ?? null
    case 'access_route':
      return request.accessRoute
    default:
      throw new Error(`the corpus asks for ${name}, which is not known here`)
  }
}

/** Runs one line of a `werkzeug-middleware` corpus. */
export async function runCase(line: CorpusLine): Promise<Verdict> {
  const one = line as MiddlewareCase
  const seen: Seen = {}
  await wrapped(one, seen)(environOf(one))
  const actual: Record<string, unknown> = {}
  for (const [name, expected] of Object.entries(one.expect)) {
    actual[name] = attribute(() => valueOf(name, seen.environ!, seen.app!), expected)
  }
  // A port is a number here; text that is none is no port.
  const { server_port } = one.expect
  const expected =
    server_port === undefined ? one.expect : { ...one.expect, server_port: Number(server_port) }
  return compare(expected, actual)
}
