import { readFileSync } from 'node:fs'
import { Server } from '@flask-ts/wsgi/server'
import type { Flask } from '../app/app.ts'

/** Where and how `flask run` serves. */
export interface RunCommandOptions {
  readonly host: string
  readonly port: number
  /** Files of a certificate and its key. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** Serves an application for development, until the process is ended. */
export async function runDevelopmentServer(
  app: Flask,
  importPath: string,
  options: RunCommandOptions,
): Promise<void> {
  const { host, port, cert, key } = options
  process.stdout.write(` * Serving Flask app '${importPath}'\n * Debug mode: ${app.debug ? 'on' : 'off'}\n`)
  const tls =
    cert === undefined || key === undefined
      ? undefined
      : { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  const server = new Server((environ) => app.wsgiApp(environ), { tls })
  const address = await server.listen({ host, port })
  process.stderr.write(
    'WARNING: This is a development server. Do not use it in a production deployment.' +
      ` Use a production WSGI server instead.\n * Running on ${address.url}\nPress CTRL+C to quit\n`,
  )
  const stop = (): void => {
    void server.close({ gracefulTimeout: 1000 }).then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
