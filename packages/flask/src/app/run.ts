import type { Application } from '@flask-ts/wsgi'
import { Server } from '@flask-ts/wsgi/server'

/** Where the development server listens. */
export interface RunOptions {
  /** The interface; `127.0.0.1`, or the host of `SERVER_NAME`. */
  readonly host?: string | undefined
  /** The port; 5000, or the port of `SERVER_NAME`. */
  readonly port?: number | undefined
  readonly debug?: boolean | undefined
}

/** What running needs of the application. */
export interface RunHost {
  readonly name: string
  readonly config: { readonly SERVER_NAME: string | null }
  debug: boolean
  wsgiApp: Application
}

/**
 * Serves an application for development.
 *
 * It does nothing where the `flask` command has loaded the program, because that serves itself.
 */
export async function runApp(app: RunHost, options: RunOptions): Promise<void> {
  if (process.env.FLASK_RUN_FROM_CLI === 'true') {
    process.stderr.write(
      " * Ignoring a call to 'app.run()' that would block the current 'flask' CLI command.\n" +
        "   Only call 'app.run()' in an 'if (import.meta.main)' guard.\n",
    )
    return
  }
  if (options.debug !== undefined) app.debug = options.debug
  const [ownHost, ownPort] = (app.config.SERVER_NAME ?? '').split(':')
  const host = options.host ?? (ownHost || '127.0.0.1')
  const port = options.port ?? (ownPort ? Number(ownPort) : 5000)
  process.stdout.write(` * Serving Flask app '${app.name}'\n * Debug mode: ${app.debug ? 'on' : 'off'}\n`)
  const server = new Server((environ) => app.wsgiApp(environ))
  const address = await server.listen({ host, port })
  process.stderr.write(
    'WARNING: This is a development server. Do not use it in a production deployment.' +
      ` Use a production WSGI server instead.\n * Running on http://${host}:${address.port}\nPress CTRL+C to quit\n`,
  )
}
