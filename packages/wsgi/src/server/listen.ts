import { existsSync, statSync, unlinkSync } from 'node:fs'
import { connect, type ListenOptions, type Server } from 'node:net'

/** Where a server listens: one of a port, a Unix socket's path, or a descriptor that was inherited. */
export interface ListenTarget {
  /** The address to bind; 127.0.0.1 if left out. */
  readonly host?: string | undefined
  /** 0 for any free port. */
  readonly port?: number | undefined
  /** The path of a Unix socket. One that nobody listens on any more is replaced. */
  readonly path?: string | undefined
  /** A descriptor of a socket that already listens: systemd's, or an arbiter's. */
  readonly fd?: number | undefined
  /** How many connections may wait to be accepted; 2048 if left out. */
  readonly backlog?: number | undefined
  /** Lets several processes bind the same port (SO_REUSEPORT). */
  readonly reusePort?: boolean | undefined
  /** Lets the cluster's primary process keep no hand in it: the socket is this process's own. */
  readonly exclusive?: boolean | undefined
}

/** Where a server does listen. For a Unix socket `host` is its path and `port` is 0. */
export interface BoundAddress {
  readonly host: string
  readonly port: number
  /** `http://127.0.0.1:5000`, for a start-up line. */
  readonly url: string
}

/** Makes a Node server listen, and tells where. */
export async function listenOn(
  server: Server,
  target: ListenTarget,
  scheme: 'http' | 'https',
): Promise<BoundAddress> {
  const backlog = target.backlog ?? 2048
  if (target.path !== undefined) await removeStaleSocket(target.path)
  const options: ListenOptions = { backlog, exclusive: target.exclusive ?? false }
  if (target.fd !== undefined) Object.assign(options, { fd: target.fd })
  else if (target.path !== undefined) options.path = target.path
  else {
    options.host = target.host ?? '127.0.0.1'
    options.port = target.port ?? 0
    if (target.reusePort === true) Object.assign(options, { reusePort: true })
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(options, resolve)
  await promise
  server.off('error', reject)
  return boundAddress(server, scheme)
}

function boundAddress(server: Server, scheme: 'http' | 'https'): BoundAddress {
  const address = server.address()
  if (address === null || typeof address === 'string') {
    return { host: address ?? '', port: 0, url: `${scheme}+unix:${address ?? ''}` }
  }
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { host: address.address, port: address.port, url: `${scheme}://${host}:${address.port}` }
}

/** A socket file that a dead process left behind would keep the path taken for ever. */
async function removeStaleSocket(path: string): Promise<void> {
  if (!existsSync(path) || !statSync(path).isSocket()) return
  const alive = await new Promise<boolean>((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
  if (!alive) unlinkSync(path)
}
