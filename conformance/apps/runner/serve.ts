/** Serves a twin: `node serve.ts PROGRAM SERVER`, and tells its port in the line `PORT n`. */
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Server } from '@flask-ts/wsgi/server'
import { getRequestListener } from '@hono/node-server'
import type { Flask } from 'flask-ts'

async function listen(server: HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function serve(app: Flask, kind: string): Promise<number> {
  switch (kind) {
    case 'engine': {
      const server = new Server((environ) => app.wsgiApp(environ))
      return (await server.listen({ host: '127.0.0.1', port: 0 })).port
    }
    case 'node-http':
      return listen(createServer((request, response) => app.listener(request, response)))
    case 'fetch':
      return listen(createServer(getRequestListener((request) => app.fetch(request))))
    default:
      throw new Error(`unknown server '${kind}': set CONFORMANCE_SERVER to engine, node-http or fetch`)
  }
}

const [program, kind] = process.argv.slice(2)
const { app } = (await import(pathToFileURL(program!).href)) as { app: Flask }
process.stdout.write(`PORT ${await serve(app, kind!)}\n`)
