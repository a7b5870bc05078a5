import { type Address, type Application, deriveEnviron, type Environ } from '@flask-ts/wsgi'
import { parseListHeader } from '../http/lists.ts'
import { quote } from '../urls/percent.ts'
import { HeaderList } from '../wrappers/header-list.ts'
import { mountEnd } from '../wrappers/target.ts'

/** How many proxies in front set each field. Trust none that the client can set itself. */
export interface ProxyFixOptions {
  /** `X-Forwarded-For`, the client's address: 1 unless given. */
  readonly xFor?: number | undefined
  /** `X-Forwarded-Proto`, the scheme: 1 unless given. */
  readonly xProto?: number | undefined
  /** `X-Forwarded-Host`: 0 unless given. */
  readonly xHost?: number | undefined
  /** `X-Forwarded-Port`: 0 unless given. */
  readonly xPort?: number | undefined
  /** `X-Forwarded-Prefix`, where the application is mounted: 0 unless given. */
  readonly xPrefix?: number | undefined
}

type Changes = { -readonly [K in keyof Environ]?: Environ[K] }

const originals = new WeakMap<Environ, Environ>()

/** What the server itself said of a request that `proxyFix` has changed; the same request where it has not. */
export function originalEnviron(environ: Environ): Environ {
  return originals.get(environ) ?? environ
}

/**
 * Tells an application behind proxies what the client sent: address, scheme, host and prefix, as the proxies report
 * them in `X-Forwarded-*` fields.
 *
 * @param app - The application.
 * @param options - See {@link ProxyFixOptions}.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/proxy_fix/
 */
export function proxyFix(app: Application, options: ProxyFixOptions = {}): Application {
  const { xFor = 1, xProto = 1, xHost = 0, xPort = 0, xPrefix = 0 } = options
  return (environ) => {
    const changes: Changes = {}
    const forwardedFor = trusted(environ, 'x-forwarded-for', xFor)
    if (forwardedFor) changes.remote = { host: forwardedFor, port: environ.remote.port }
    const scheme = trusted(environ, 'x-forwarded-proto', xProto)
    if (scheme) changes.scheme = scheme as Environ['scheme']
    changeHost(environ, changes, trusted(environ, 'x-forwarded-host', xHost))
    changePort(environ, changes, trusted(environ, 'x-forwarded-port', xPort))
    const prefix = trusted(environ, 'x-forwarded-prefix', xPrefix)
    if (prefix) changePrefix(environ, changes, Buffer.from(prefix, 'latin1').toString('utf8'))
    const changed = deriveEnviron(environ, changes)
    originals.set(changed, originalEnviron(environ))
    return app(changed)
  }
}

/** The value that the farthest trusted proxy has added: counted from the right, where the nearest one's stands. */
function trusted(environ: Environ, field: string, count: number): string | undefined {
  const value = environ.headers.get(field)
  return count > 0 && value ? parseListHeader(value).at(-count) : undefined
}

/** Splits `host:port`; an IPv6 address in brackets has colons of its own. */
function splitPort(host: string): [name: string, port: string | undefined] {
  const colon = host.lastIndexOf(':')
  return colon === -1 || host.endsWith(']')
    ? [host, undefined]
    : [host.slice(0, colon), host.slice(colon + 1)]
}

function address(host: string, port: string | undefined, otherwise: number): Address {
  if (port === undefined) return { host, port: otherwise }
  return { host, port: /^\d+$/.test(port) ? Number(port) : Number.NaN }
}

function changeHost(environ: Environ, changes: Changes, host: string | undefined): void {
  if (!host) return
  changes.headers = new HeaderList(environ.headers).with('Host', host)
  const [name, port] = splitPort(host)
  changes.local = address(name, port, environ.local.port)
}

function changePort(environ: Environ, changes: Changes, port: string | undefined): void {
  if (!port) return
  const host = (changes.headers ?? environ.headers).get('host')
  if (host) changes.headers = new HeaderList(environ.headers).with('Host', `${splitPort(host)[0]}:${port}`)
  changes.local = address((changes.local ?? environ.local).host, port, Number.NaN)
}

/** The target must begin with the mount point, so the new one takes the place of the old there too. */
function changePrefix(environ: Environ, changes: Changes, prefix: string): void {
  changes.scriptName = prefix
  changes.target =
    quote(prefix, "!$&'()*+,/:;=@") + environ.target.slice(mountEnd(environ.target, environ.scriptName))
}
