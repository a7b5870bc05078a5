import { networkInterfaces } from 'node:os'
import { styled } from './ansi.ts'

const WARNING =
  'WARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server' +
  ' instead.'

/** An address of this machine by which others can reach it. */
function reachableAddress(family: 'IPv4' | 'IPv6'): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outer = all.find(
    (entry) => entry.family === family && !entry.internal && !entry.address.startsWith('fe80:'),
  )
  return outer?.address ?? (family === 'IPv4' ? '127.0.0.1' : '::1')
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/**
 * What the server says when it starts, as Werkzeug says it.
 *
 * @param host - As it was asked for: `0.0.0.0` and `::` stand for all addresses, `unix://...` for a socket.
 */
export function startupLines(host: string, port: number, scheme: 'http' | 'https'): string[] {
  const lines = [styled(WARNING, 'bold', 'red')]
  if (host.startsWith('unix://')) return [...lines, ` * Running on ${host}`]
  let shown = host
  if (host === '0.0.0.0' || host === '::') {
    lines.push(` * Running on all addresses (${host})`)
    lines.push(` * Running on ${scheme}://${host === '::' ? '[::1]' : '127.0.0.1'}:${port}`)
    shown = reachableAddress(host === '::' ? 'IPv6' : 'IPv4')
  }
  return [...lines, ` * Running on ${scheme}://${bracketed(shown)}:${port}`]
}

/** The line behind the start-up lines. */
export function quitLine(): string {
  return styled('Press CTRL+C to quit', 'yellow')
}
