import { lookup } from 'node:dns/promises'
import * as net from 'node:net'

/** A bound socket that does not listen: the server processes that inherit it do. */
export interface SharedSocket {
  readonly fd: number
  readonly port: number
  close(): void
}

interface Handle {
  readonly fd: number
  getsockname(into: { port?: number }): number
  close(): void
}

type HandleMaker = (
  address: string,
  port: number,
  family: number,
  fd: number,
  flags: number,
) => Handle | number

/**
 * Binds a socket that outlives the server processes, so that a browser that asks in the middle of a restart waits in
 * place of being refused.
 *
 * @returns `undefined` where Node does not offer it; then each process binds for itself.
 * @throws Node's error if the host cannot be resolved.
 */
export async function bindSharedSocket(host: string, port: number): Promise<SharedSocket | undefined> {
  // What node:cluster binds with; Node exports it under this name without promising it, hence the test.
  const make = (net as unknown as { _createServerHandle?: HandleMaker })._createServerHandle
  if (make === undefined || process.platform === 'win32' || host.startsWith('unix://')) return undefined
  const { address, family } = await lookup(host)
  const handle = make(address, port, family, -1, 0)
  if (typeof handle === 'number') return undefined
  const bound: { port?: number } = {}
  if (handle.getsockname(bound) !== 0 || handle.fd < 0) {
    // An address that is taken shows only now. The process that tries to listen there says what is wrong.
    handle.close()
    return undefined
  }
  return { fd: handle.fd, port: bound.port ?? port, close: () => handle.close() }
}
