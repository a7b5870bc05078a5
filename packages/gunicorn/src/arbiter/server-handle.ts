import * as net from 'node:net'
import { getSystemErrorName } from 'node:util'
import { BindError } from '../errors.ts'

/** A bound socket that this process neither listens on nor accepts from. */
export interface ServerHandle {
  readonly fd: number
  close(): void
  /** There for TCP sockets. */
  getsockname?(out: { address?: string; port?: number }): number
}

type CreateServerHandle = (
  address: string | null,
  port: number | null,
  addressType: number | null,
  fd?: number,
  flags?: number,
) => ServerHandle | number

/**
 * Node's own function by which a cluster's primary process makes the sockets of its workers. It is not documented, but
 * nothing that is can make a socket without accepting from it at once, and an arbiter must never accept.
 */
const { _createServerHandle: createHandle } = net as unknown as { _createServerHandle: CreateServerHandle }

/** libuv's flag for SO_REUSEPORT. */
const reusePortFlag = 2

function checked(handle: ServerHandle | number, name: string): ServerHandle {
  if (typeof handle === 'number') throw new BindError(name, getSystemErrorName(handle))
  // libuv keeps the error of a port that is taken until it is asked for the name.
  const status = handle.getsockname?.({}) ?? 0
  if (status === 0) return handle
  handle.close()
  throw new BindError(name, getSystemErrorName(status))
}

/**
 * Binds a TCP socket.
 *
 * @param host - A numeric address.
 * @throws BindError
 */
export function bindTcp(host: string, port: number, reusePort: boolean): ServerHandle {
  const family = net.isIPv6(host) ? 6 : 4
  const flags = reusePort ? reusePortFlag : undefined
  return checked(createHandle(host, port, family, undefined, flags), `${host}:${port}`)
}

/**
 * Binds a Unix socket.
 *
 * @throws BindError
 */
export function bindUnix(path: string): ServerHandle {
  return checked(createHandle(path, -1, -1), `unix:${path}`)
}

/**
 * Takes an inherited descriptor.
 *
 * @throws BindError if it is no socket.
 */
export function adoptDescriptor(fd: number): ServerHandle {
  try {
    return checked(createHandle(null, null, null, fd), `fd://${fd}`)
  } catch (error) {
    if (error instanceof BindError) throw error
    throw new BindError(`fd://${fd}`, 'no socket')
  }
}

/** Host and port of a TCP socket; `undefined` for a Unix socket. */
export function nameOf(handle: ServerHandle): { readonly host: string; readonly port: number } | undefined {
  const out: { address?: string; port?: number } = {}
  if (handle.getsockname === undefined || handle.getsockname(out) !== 0) return undefined
  return out.address === undefined ? undefined : { host: out.address, port: out.port ?? 0 }
}
