import { createServer, type Server } from 'node:http'
import { parseBind } from '../arbiter/address.ts'
import { BindError } from '../errors.ts'

/** What the admin socket tells. */
export interface AdminSource {
  /** Whether requests can be served. */
  isReady(): boolean
  /** Why not, or how many workers serve. */
  describe(): string
  metrics(): string
}

/**
 * Opens the admin socket: `/health` and `/metrics`. The arbiter answers, so it works while all workers are busy.
 *
 * @param bind - `HOST:PORT` or `unix:PATH`.
 * @throws BindError
 */
export async function openAdmin(bind: string, cwd: string, source: AdminSource): Promise<Server> {
  const address = parseBind(bind, cwd)
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/health' || path === '/healthz' || path === '/ready') {
      const status = source.isReady() ? 200 : 503
      response
        .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end(`${source.describe()}\n`)
    } else if (path === '/metrics') {
      const type = 'text/plain; version=0.0.4; charset=utf-8'
      response.writeHead(200, { 'Content-Type': type }).end(source.metrics())
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
