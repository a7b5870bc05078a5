import type { Environ } from '@flask-ts/wsgi'
import { getHost } from '../http/host.ts'
import { mountEnd, targetPath, targetQuery } from '../wrappers/target.ts'

/**
 * Takes the standard port of a scheme off a host.
 *
 * @param host - `name` or `name:port`.
 */
export function stripStandardPort(host: string, scheme: string): string {
  if (scheme === 'http' || scheme === 'ws') return host.endsWith(':80') ? host.slice(0, -3) : host
  if (scheme === 'https' || scheme === 'wss') return host.endsWith(':443') ? host.slice(0, -4) : host
  return host
}

/** The `host:port` that a request was sent to, without a standard port; empty if it is not a valid host. */
export function environHost(environ: Environ): string {
  const { host, port } = environ.local
  // A Unix socket has no port, and says nothing about the host.
  return getHost(environ.scheme, environ.headers.get('host'), [host, port === 0 ? null : port])
}

/** The scheme of a request: `ws` or `wss` where it asks for a WebSocket. */
export function environScheme(environ: Environ): string {
  const upgrade = environ.headers.get('upgrade')
  if (upgrade === undefined || upgrade.toLowerCase() !== 'websocket') return environ.scheme
  const tokens = (environ.headers.get('connection') ?? '').toLowerCase().split(',')
  if (!tokens.some((token) => token.trim() === 'upgrade')) return environ.scheme
  return environ.scheme === 'https' ? 'wss' : 'ws'
}

/** The path of a request below the application's mount point, decoded. */
export function environPath(environ: Environ): string {
  const { target, scriptName } = environ
  return targetPath(scriptName === '' ? target : target.slice(mountEnd(target, scriptName)))
}

/** The query of a request, as it was sent. */
export function environQuery(environ: Environ): string {
  return targetQuery(environ.target)
}
