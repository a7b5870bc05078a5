import type { Environ } from '@flask-ts/wsgi'

const HOST = /^(?:[a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+])(?::[0-9]+)?$/i

function withoutStandardPort(host: string, scheme: string): string {
  if (scheme === 'http' || scheme === 'ws') return host.endsWith(':80') ? host.slice(0, -3) : host
  return host.endsWith(':443') ? host.slice(0, -4) : host
}

/**
 * Takes the standard port of a scheme off a host.
 *
 * @param host - `name` or `name:port`.
 */
export function stripStandardPort(host: string, scheme: string): string {
  const secure = scheme === 'https' || scheme === 'wss'
  return secure || scheme === 'http' || scheme === 'ws' ? withoutStandardPort(host, scheme) : host
}

/** The `host:port` that a request was sent to, without a standard port; empty if it is not a valid host. */
export function environHost(environ: Environ): string {
  let host = environ.headers.get('host')
  if (host === undefined) {
    const { local } = environ
    if (local.port === 0) return ''
    host = `${local.host.includes(':') ? `[${local.host}]` : local.host}:${local.port}`
  }
  return HOST.test(host) ? stripStandardPort(host, environ.scheme) : ''
}

/** The scheme of a request: `ws` or `wss` where it asks for a WebSocket. */
export function environScheme(environ: Environ): string {
  const upgrade = environ.headers.get('upgrade')
  if (upgrade === undefined || upgrade.toLowerCase() !== 'websocket') return environ.scheme
  const tokens = (environ.headers.get('connection') ?? '').toLowerCase().split(',')
  if (!tokens.some((token) => token.trim() === 'upgrade')) return environ.scheme
  return environ.scheme === 'https' ? 'wss' : 'ws'
}

const NOT_ASCII = /[^\p{ASCII}]/u

/** Bytes that are no UTF-8 become U+FFFD. */
function decodeBytes(path: string): string {
  const bytes: number[] = []
  for (let i = 0; i < path.length; i++) {
    const escape = path.charCodeAt(i) === 37 ? /^[0-9a-f]{2}$/i.exec(path.slice(i + 1, i + 3)) : null
    bytes.push(escape === null ? path.charCodeAt(i) & 0xff : Number.parseInt(escape[0], 16))
    if (escape !== null) i += 2
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
}

/**
 * Decodes the path of a request target.
 *
 * @param path - As on the wire; characters above 0x7f stand for bytes.
 */
export function decodePath(path: string): string {
  if (!path.includes('%') && !NOT_ASCII.test(path)) return path
  if (NOT_ASCII.test(path)) return decodeBytes(path)
  try {
    return decodeURIComponent(path)
  } catch {
    return decodeBytes(path)
  }
}

/** The path of a request below the application's mount point, decoded, and its query. */
export function splitTarget(environ: Environ): { readonly path: string; readonly query: string } {
  const { target, scriptName } = environ
  const mark = target.indexOf('?')
  const path = decodePath(mark === -1 ? target : target.slice(0, mark))
  return {
    path: path.startsWith(scriptName) ? path.slice(scriptName.length) : path,
    query: mark === -1 ? '' : target.slice(mark + 1),
  }
}
