import { encodeIdna } from '../urls/idna.ts'

/** A request came for a host that is not on the list of trusted ones. */
export class UntrustedHost extends Error {
  override readonly name = 'UntrustedHost'
  readonly host: string

  constructor(host: string) {
    super(`the host ${JSON.stringify(host)} is not trusted: add it to the trusted hosts if it is yours`)
    this.host = host
  }
}

const hostPattern = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::[0-9]+)?$/i

function matches(hostname: string, entry: string): boolean {
  const suffix = entry.startsWith('.')
  const name = encodeIdna(suffix ? entry.slice(1) : entry)
  return name === hostname || (suffix && hostname.endsWith(`.${name}`))
}

/**
 * Whether a `Host` header is well-formed, and on the list if there is one.
 *
 * @param host - The header, with or without a port.
 * @param trusted - Host names without ports; one that begins with a dot also admits all subdomains. An empty list
 *   admits every host.
 * @throws IdnaError if an entry of the list is no host name.
 * @see https://httpwg.org/specs/rfc9110.html#field.host
 */
export function hostIsTrusted(
  host: string | null | undefined,
  trusted?: string | readonly string[] | null,
): boolean {
  if (host === null || host === undefined) return false
  const hostname = hostPattern.exec(host)?.[1]
  if (hostname === undefined) return false
  const entries = typeof trusted === 'string' ? [trusted] : (trusted ?? [])
  return entries.length === 0 || entries.some((entry) => matches(hostname, entry))
}

function serverHost([name, port]: readonly [name: string, port: number | null]): string {
  const bare = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name
  return `${bare}:${port}`
}

function withoutDefaultPort(host: string, scheme: string): string {
  if ((scheme === 'http' || scheme === 'ws') && host.endsWith(':80')) return host.slice(0, -3)
  if ((scheme === 'https' || scheme === 'wss') && host.endsWith(':443')) return host.slice(0, -4)
  return host
}

/** Nearly all requests name the same host: the last one that was found well-formed. */
let lastOpenHost = ''

/**
 * The host that a request was made to, with its port unless it is the scheme's own.
 *
 * @param scheme - `http`, `https`, `ws` or `wss`.
 * @param hostHeader - The `Host` header; without it the server's own address counts.
 * @param server - The server's name and port; a port of `null` (a Unix socket) is no host.
 * @param trusted - See `hostIsTrusted`.
 * @returns The host, or an empty text if there is none or it is malformed.
 * @throws UntrustedHost if there is a list of trusted hosts, and this is none of them.
 */
export function getHost(
  scheme: string,
  hostHeader: string | null | undefined,
  server?: readonly [name: string, port: number | null] | null,
  trusted?: string | readonly string[] | null,
): string {
  let host = hostHeader
  if (host === null || host === undefined) {
    if (server === null || server === undefined || server[1] === null) return ''
    host = serverHost(server)
  }
  host = withoutDefaultPort(host, scheme)
  const isOpen = trusted === null || trusted === undefined || trusted.length === 0
  if (isOpen && host === lastOpenHost) return host
  if (hostIsTrusted(host, trusted)) {
    if (isOpen) lastOpenHost = host
    return host
  }
  if (!isOpen) throw new UntrustedHost(host)
  return ''
}
