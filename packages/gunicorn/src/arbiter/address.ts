import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import { SettingError } from '../errors.ts'

/** Where to listen, as a bind setting says it. */
export type BindAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'fd'; readonly fd: number }

/**
 * Reads `HOST`, `HOST:PORT`, `:PORT`, `[IPV6]:PORT`, `unix:PATH` or `fd://FD`.
 *
 * @param folder - What paths are relative to.
 * @throws SettingError if it is none of them.
 */
export function parseBind(text: string, folder: string): BindAddress {
  const fd = /^fd:\/\/(\d+)$/.exec(text)
  if (fd !== null) return { kind: 'fd', fd: Number(fd[1]) }
  const unix = /^unix:(?:\/\/)?(.+)$/.exec(text)
  if (unix !== null) return { kind: 'unix', path: resolve(folder, unix[1]!) }
  const tcp = /^(?:tcp:\/\/)?(\[[^\]]+\]|[^:/]*)(?::(\d+))?$/.exec(text)
  if (tcp === null) {
    throw new SettingError(`Invalid address '${text}': write HOST:PORT, unix:PATH or fd://FD.`)
  }
  const port = Number(tcp[2] ?? 8000)
  if (port > 65535) throw new SettingError(`'${tcp[2]}' is not a valid port number.`)
  return { kind: 'tcp', host: tcp[1]!.replace(/^\[|\]$/g, '').toLowerCase() || '0.0.0.0', port }
}

/** An address as start-up lines show it: `http://127.0.0.1:8000`, `unix:/run/app.sock`. */
export function showAddress(address: BindAddress, scheme: string): string {
  if (address.kind === 'unix') return `unix:${address.path}`
  if (address.kind === 'fd') return `fd://${address.fd}`
  const host = isIPv6(address.host) ? `[${address.host}]` : address.host
  return `${scheme}://${host}:${address.port}`
}
