import { createServer, type Server } from 'node:http'
import { parseBind } from '../arbiter/address.ts'
import { removeStaleSocket } from '../arbiter/listeners.ts'
import { BindError } from '../errors.ts'
import { metricsPage, type Snapshot } from './metrics.ts'

/** What the admin socket tells about: the arbiter's pool of workers. */
export interface AdminSource {
  /** Whether requests can be served. */
  readonly ready: boolean
  /** Whether everything is coming to its end. */
  readonly ending: boolean
  readonly snapshot: Snapshot
}

function healthText({ ending, snapshot }: AdminSource): string {
  if (ending) return 'shutting down'
  const serving = snapshot.live.filter(({ state }) => state === 'serving').length
  return `${serving} of ${snapshot.wanted} workers ready`
}

/**
 * Opens the admin socket: `/health` and `/metrics`. The arbiter answers, so it works while all workers are busy.
 *
 * @param bind - `HOST:PORT` or `unix:PATH`.
 * @throws BindError
 */
export async function openAdmin(bind: string, cwd: string, source: AdminSource): Promise<Server> {
  const address = parseBind(bind, cwd)
  if (address.kind === 'unix') await removeStaleSocket(address.path)
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/health' || path === '/healthz' || path === '/ready') {
      const status = source.ready ? 200 : 503
      response
        .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end(`${healthText(source)}\n`)
    } else if (path === '/metrics') {
      const type = 'text/plain; version=0.0.4; charset=utf-8'
      response.writeHead(200, { 'Content-Type': type }).end(metricsPage(source.snapshot))
    } else {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There are /health and /metrics here.\n')
    }
  })
  server.unref()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error: NodeJS.ErrnoException) => reject(new BindError(bind, error.code ?? 'unknown')))
  if (address.kind === 'tcp') server.listen(address.port, address.host, resolve)
  else if (address.kind === 'unix') server.listen(address.path, resolve)
  else server.listen({ fd: address.fd }, resolve)
  await promise
  return server
}
