import { isRunningFromReloader, type RunSimpleOptions, runSimple } from '@flask-ts/werkzeug/serving'
import { getDebugFlag, getLoadDotenv } from '../cli/debug-flag.ts'
import { loadDotenv } from '../cli/dotenv.ts'
import { developmentOptions, type ServedApp } from './development-server.ts'

/** Where and how the development server serves. */
export interface RunOptions extends RunSimpleOptions {
  /** The interface; `127.0.0.1`, or the host of `SERVER_NAME`. */
  readonly host?: string | undefined
  /** The port; 5000, or the port of `SERVER_NAME`. */
  readonly port?: number | undefined
  /** Debug mode, with the reloader and the debugger unless `useReloader` and `useDebugger` say otherwise. */
  readonly debug?: boolean | undefined
  /** Whether `.env` and `.flaskenv` are read; `true` unless told. */
  readonly loadDotenv?: boolean | undefined
}

/** What running needs of the application. */
export interface RunHost extends ServedApp {
  readonly name: string
  readonly config: { readonly SERVER_NAME: string | null }
  debug: boolean
}

/** Says which application is served, once and not at every restart. */
export function showServerBanner(debug: boolean, name: string): void {
  if (isRunningFromReloader()) return
  process.stdout.write(` * Serving Flask app '${name}'\n * Debug mode: ${debug ? 'on' : 'off'}\n`)
}

/**
 * Serves an application for development.
 *
 * It does nothing where the `flask` command has loaded the program, because that serves itself.
 */
export async function runApp(app: RunHost, options: RunOptions): Promise<void> {
  if (process.env.FLASK_RUN_FROM_CLI === 'true') {
    if (isRunningFromReloader()) return
    process.stderr.write(
      " * Ignoring a call to 'app.run()' that would block the current 'flask' CLI command.\n" +
        "   Only call 'app.run()' in an 'if (import.meta.main)' guard.\n",
    )
    return
  }
  if (options.loadDotenv !== false && getLoadDotenv()) {
    loadDotenv()
    if (process.env.FLASK_DEBUG !== undefined) app.debug = getDebugFlag()
  }
  if (options.debug !== undefined) app.debug = options.debug
  const [ownHost, ownPort] = (app.config.SERVER_NAME ?? '').split(':')
  const host = options.host ?? (ownHost || '127.0.0.1')
  const port = options.port ?? (ownPort ? Number(ownPort) : 5000)
  showServerBanner(app.debug, app.name)
  const settings = developmentOptions(app, {
    ...options,
    useReloader: options.useReloader ?? app.debug,
    useDebugger: options.useDebugger ?? app.debug,
  })
  await runSimple(host, port, (environ) => app.wsgiApp(environ), settings)
}
