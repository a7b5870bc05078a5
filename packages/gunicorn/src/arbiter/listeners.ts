import { lookup } from 'node:dns/promises'
import { chownSync, existsSync, readFileSync, readlinkSync, statSync, unlinkSync } from 'node:fs'
import { connect, isIP } from 'node:net'
import { BindError } from '../errors.ts'
import type { Config } from '../settings/registry.ts'
import { ownerOf } from '../worker/privileges.ts'
import { type BindAddress, parseBind, showAddress } from './address.ts'
import { adoptDescriptor, bindTcp, bindUnix, nameOf, type ServerHandle } from './server-handle.ts'

/** A socket that the workers share. The arbiter holds it open, so that nobody is refused while workers change. */
export interface Listener {
  readonly fd: number
  /** As the bind setting named it; empty for those that were inherited. */
  readonly bind: string
  /** Where it really is: the port is known here where 0 was asked for. */
  readonly address: BindAddress
  /** For start-up lines. */
  readonly url: string
  /** Closes it in this process. */
  close(): void
}

function schemeOf(config: Config): string {
  if (config.protocol === 'uwsgi') return 'uwsgi'
  return config.certfile === null ? 'http' : 'https'
}

function listenerOf(handle: ServerHandle, bind: string, address: BindAddress, config: Config): Listener {
  const name = address.kind === 'unix' ? undefined : nameOf(handle)
  const real: BindAddress = name === undefined ? address : { kind: 'tcp', ...name }
  const url = showAddress(real, schemeOf(config))
  return { fd: handle.fd, bind, address: real, url, close: () => handle.close() }
}

/**
 * Makes the sockets of the bind setting.
 *
 * @throws BindError for the first that cannot be made; those before it are closed again.
 */
export async function makeListeners(
  config: Config,
  binds: readonly string[],
  cwd: string,
): Promise<Listener[]> {
  const listeners: Listener[] = []
  try {
    for (const bind of binds) listeners.push(await makeListener(config, bind, cwd))
  } catch (error) {
    for (const listener of listeners) listener.close()
    throw error
  }
  return listeners
}

async function makeListener(config: Config, bind: string, cwd: string): Promise<Listener> {
  const address = parseBind(bind, cwd)
  if (address.kind === 'fd') return inheritListener(config, address.fd, bind)
  if (address.kind === 'unix') {
    await removeStaleSocket(address.path)
    const before = process.umask(config.umask)
    try {
      const listener = listenerOf(bindUnix(address.path), bind, address, config)
      const owner = ownerOf(config)
      if (owner !== undefined) chownSync(address.path, owner.uid, owner.gid)
      return listener
    } finally {
      process.umask(before)
    }
  }
  const host = isIP(address.host) > 0 ? address.host : await numericHost(address.host)
  return listenerOf(bindTcp(host, address.port, config.reuse_port), bind, address, config)
}

async function numericHost(name: string): Promise<string> {
  try {
    return (await lookup(name, { family: 4 })).address
  } catch {
    throw new BindError(name, 'EADDRNOTAVAIL')
  }
}

/** Removes the file of a socket that nobody listens on. One that is in use stays, and binding it fails. */
export async function removeStaleSocket(path: string): Promise<void> {
  if (!existsSync(path)) return
  if (!statSync(path).isSocket()) throw new BindError(`unix:${path}`, 'it exists and is not a socket')
  const alive = await new Promise<boolean>((resolve) => {
    const probe = connect(path, () => {
      probe.destroy()
      resolve(true)
    })
    probe.on('error', () => resolve(false))
  })
  if (!alive) unlinkSync(path)
}

/**
 * Takes a listening socket that systemd, or the arbiter before this one, has left open.
 *
 * @throws BindError if the descriptor is no socket.
 */
export function inheritListener(config: Config, fd: number, bind = ''): Listener {
  const handle = adoptDescriptor(fd)
  const path = unixPathOf(fd)
  const address: BindAddress = path === undefined ? { kind: 'fd', fd } : { kind: 'unix', path }
  return listenerOf(handle, bind, address, config)
}

/** Node cannot tell the path of an inherited Unix socket; Linux can. */
function unixPathOf(fd: number): string | undefined {
  try {
    const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1]
    const lines = readFileSync('/proc/net/unix', 'utf8').split('\n')
    const fields = lines.map((line) => line.trim().split(/\s+/)).find((parts) => parts[6] === inode)
    return fields?.[7]
  } catch {
    return undefined
  }
}

/** Removes the files of Unix sockets, when nobody is to listen on them any more. */
export function removeSocketFiles(listeners: readonly Listener[]): void {
  for (const { address } of listeners) {
    if (address.kind === 'unix' && existsSync(address.path)) unlinkSync(address.path)
  }
}
