/** Serves a twin through `app.fetch` with the server of Bun or Deno: `bun serve-elsewhere.ts PROGRAM`. */
import { pathToFileURL } from 'node:url'
import type { Flask } from 'flask-ts'

/** What is used of the two runtimes' globals. */
interface Elsewhere {
  readonly Bun?: {
    serve(options: {
      readonly port: number
      readonly hostname: string
      readonly fetch: (request: Request) => Response | Promise<Response>
    }): { readonly port: number }
  }
  readonly Deno?: {
    serve(
      options: { readonly port: number; readonly hostname: string; readonly onListen: () => void },
      handler: (request: Request) => Response | Promise<Response>,
    ): { readonly addr: { readonly port: number } }
  }
}

const { Bun, Deno } = globalThis as unknown as Elsewhere
const { app } = (await import(pathToFileURL(process.argv[2]!).href)) as { app: Flask }
const handler = (request: Request): Response | Promise<Response> => app.fetch(request)
const where = { port: 0, hostname: '127.0.0.1' }
const port =
  Bun === undefined
    ? Deno?.serve({ ...where, onListen() {} }, handler).addr.port
    : Bun.serve({ ...where, fetch: handler }).port
if (port === undefined) throw new Error('serve-elsewhere: run it with Bun or Deno')
process.stdout.write(`PORT ${port}\n`)
