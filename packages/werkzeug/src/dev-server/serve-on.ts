import type { Application } from '@flask-ts/wsgi'
import { type BoundAddress, type ListenTarget, Server } from '@flask-ts/wsgi/server'
import { INTERNAL_PATH } from '../urls/internal-path.ts'
import { accessLine } from './access-log.ts'
import { withBrowserReload } from './browser-reload.ts'
import { reloaderLink } from './reloader-link.ts'
import type { CertificatePair } from './self-signed.ts'

/** Where a development server listens. */
export interface ServePlace {
  /** A name or address, or `unix://` and the path of a socket. */
  readonly host: string
  readonly port: number
  /** A socket that is bound already. */
  readonly fd?: number | undefined
  readonly tls?: CertificatePair | undefined
}

/** How a development server serves. */
export interface ServeOptions {
  /** Whether pages in the browser load again after a change: only where there is a reloader. */
  readonly browserReload?: boolean | undefined
}

/** What Node is told of a place. */
function listenTarget({ host, port, fd }: ServePlace): ListenTarget {
  if (fd !== undefined) return { fd }
  return host.startsWith('unix://') ? { path: host.slice('unix://'.length) } : { host, port }
}

function isInternal(target: string): boolean {
  return target.startsWith(INTERNAL_PATH)
}

/** Makes a server that writes Werkzeug's access lines to standard error. */
function makeLoggingServer(application: Application, tls?: CertificatePair): Server {
  return new Server(application, {
    tls,
    hooks: {
      requestEnded({ environ, status }) {
        const { remote, method, target, protocol } = environ
        if (isInternal(target)) return
        const line = accessLine(
          { remote: remote.host || '<local>', method, target, protocol, status },
          new Date(),
        )
        process.stderr.write(`${line}\n`)
      },
    },
  })
}

/**
 * Serves an application at a place.
 *
 * @throws Node's error, with its code, if it cannot listen there.
 */
export async function serveOn(
  place: ServePlace,
  application: Application,
  options: ServeOptions = {},
): Promise<BoundAddress> {
  const link = reloaderLink()
  const served =
    link !== undefined && options.browserReload !== false ? withBrowserReload(application, link) : application
  const server = makeLoggingServer(served, place.tls)
  const address = await server.listen(listenTarget(place))
  const stop = (): void => {
    // Under a reloader a restart must be quick, and the reloader shows what follows.
    if (link !== undefined) process.exit(0)
    void server.close({ gracefulTimeout: 1000 }).then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return address
}
