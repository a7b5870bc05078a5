import { readFileSync } from 'node:fs'
import type { Application, Middleware } from '@flask-ts/wsgi'
import type { DebuggerOptions } from '../debugger/debugger-options.ts'
import { sharedData } from '../middleware/shared-data.ts'
import { ServerOptionError } from './errors.ts'
import { explainListenError } from './listen-problem.ts'
import { isRunningFromReloader, reloaderLink } from './reloader-link.ts'
import { type CertificatePair, makeSelfSignedCertificate } from './self-signed.ts'
import { serveOn } from './serve-on.ts'
import { quitLine, startupLines } from './startup-lines.ts'

/** How a development server serves. */
export interface RunSimpleOptions {
  /** Whether to start again when a file of the program changes. */
  readonly useReloader?: boolean | undefined
  /** Whether unhandled errors are shown in the browser, frame by frame. */
  readonly useDebugger?: boolean | undefined
  /** Whether expressions can be evaluated in the frames; `true` unless told. */
  readonly useEvalex?: boolean | undefined
  /** Files and folders that cause a restart too. */
  readonly extraFiles?: readonly string[] | undefined
  /** Shell patterns of files that cause no restart. */
  readonly excludePatterns?: readonly string[] | undefined
  /** Accepted as Werkzeug does; one thread serves all requests, as many as come. */
  readonly threaded?: boolean | undefined
  /** Must be 1: several processes are Gunicorn's business. */
  readonly processes?: number | undefined
  /** Files and folders to serve by the path they are served at: `{ '/static': 'public' }`. */
  readonly staticFiles?: Readonly<Record<string, string>> | undefined
  /** `'adhoc'` for a certificate made on the spot, the paths of certificate and key, or both as PEM text. */
  readonly sslContext?: 'adhoc' | readonly [cert: string, key: string] | CertificatePair | undefined
  /** Whether pages in the browser load again after a change; `true` unless told, or `FLASK_BROWSER_RELOAD` is `0`. */
  readonly browserReload?: boolean | undefined
  /** Folders of templates and static files, whose changes concern the browser only. */
  readonly assetFolders?: readonly string[] | undefined
  /** Puts the debugger into an application that is more than a function; else it is put around the application. */
  readonly installDebugger?: ((debug: Middleware) => void) | undefined
  /** Whether the application only tells why the program could not be loaded; the next change may mend it. */
  readonly failed?: boolean | undefined
  /** More about the debugger. */
  readonly debugger?: DebuggerOptions | undefined
  /** The environment of the processes that the reloader starts; this process's unless given. */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Addresses of modules that are no part of the program: they are loaded before it is its turn. */
  readonly preload?: readonly string[] | undefined
}

function certificateOf(context: RunSimpleOptions['sslContext'], host: string): CertificatePair | undefined {
  if (context === undefined) return undefined
  if (context === 'adhoc')
    return makeSelfSignedCertificate(/^(?:0\.0\.0\.0|::|unix:.*)$/.test(host) ? [] : [host])
  if ('cert' in context) return context
  return { cert: readFileSync(context[0], 'utf8'), key: readFileSync(context[1], 'utf8') }
}

function check(port: number, options: RunSimpleOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new ServerOptionError(
      `${port} is not a port: give a whole number from 0 to 65535, 0 for any that is free`,
    )
  }
  const { processes = 1 } = options
  if (processes !== 1) {
    throw new ServerOptionError(
      `The development server runs one process, not ${processes}. Use Gunicorn to serve with several.`,
    )
  }
}

function say(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`)
}

function wantsBrowserReload(options: RunSimpleOptions): boolean {
  return options.browserReload ?? !['0', 'false', 'no'].includes(process.env.FLASK_BROWSER_RELOAD ?? '')
}

/** The application with everything around it that the options ask for. */
async function prepare(host: string, app: Application, options: RunSimpleOptions): Promise<Application> {
  const served = options.staticFiles === undefined ? app : sharedData(app, options.staticFiles)
  if (options.useDebugger !== true) return served
  // Nothing of the debugger is loaded where it is not wanted.
  const [{ debuggedApplication }, { prepareDebugger }] = await Promise.all([
    import('../debugger/debugged-application.ts'),
    import('../debugger/prepare.ts'),
  ])
  prepareDebugger({ instrument: false })
  const { go } = reloaderLink() ?? {}
  const trusted = host === '0.0.0.0' || host === '::' || host.startsWith('unix://') ? [] : [host]
  const settings: DebuggerOptions = {
    ...options.debugger,
    evalex: options.useEvalex,
    trustedHosts: [...(options.debugger?.trustedHosts ?? []), ...trusted],
    pin: go === undefined ? options.debugger?.pin : go.pin,
    pinKey: go?.pinKey,
  }
  if (options.installDebugger === undefined) return debuggedApplication(served, settings)
  options.installDebugger((inner) => debuggedApplication(inner, settings))
  return served
}

async function pinLines(options: RunSimpleOptions): Promise<{ pin: string | null; lines: string[] }> {
  if (options.useDebugger !== true) return { pin: null, lines: [] }
  const { makePin, pinLines: linesFor } = await import('../debugger/pin.ts')
  const pin = options.debugger?.pin === undefined ? makePin() : options.debugger.pin
  return { pin, lines: options.useEvalex === false ? [] : linesFor(pin) }
}

async function supervise(host: string, port: number, options: RunSimpleOptions): Promise<never> {
  const { Reloader } = await import('./reloader.ts')
  const tls = certificateOf(options.sslContext, host)
  const { pin, lines } = await pinLines(options)
  const reloader = new Reloader({
    host,
    port,
    tls,
    pin,
    setup: {
      preload: options.preload ?? [],
      debugger: options.useDebugger === true,
      instrument: options.debugger?.instrument !== false,
    },
    env: options.env ?? process.env,
    extraFiles: options.extraFiles ?? [],
    excludePatterns: options.excludePatterns ?? [],
    onReady(bound, first) {
      if (first) say([...startupLines(host, bound, tls === undefined ? 'http' : 'https'), quitLine()])
      if (lines.length > 0) say(lines)
    },
  })
  process.exit(await reloader.run())
}

async function serve(host: string, port: number, app: Application, options: RunSimpleOptions): Promise<void> {
  const link = reloaderLink()
  const tls = link?.go.tls ?? certificateOf(options.sslContext, host)
  const pin = link === undefined ? await pinLines(options) : undefined
  const settings =
    pin === undefined ? options : { ...options, debugger: { ...options.debugger, pin: pin.pin } }
  const application = await prepare(host, app, settings)
  const place = { host, port: link?.go.port ?? port, fd: link?.go.fd, tls }
  const address = await serveOn(place, application, { browserReload: wantsBrowserReload(options) })
  if (link === undefined) {
    say([...startupLines(host, address.port, tls === undefined ? 'http' : 'https'), quitLine()])
    if (pin !== undefined && pin.lines.length > 0) say(pin.lines)
    return
  }
  link.send({ kind: 'assets', folders: options.assetFolders ?? [] })
  link.ready(address.port, options.failed)
}

/**
 * Serves an application for development, until the process is ended. Never use it in production.
 *
 * If it cannot listen it says why on standard error, and ends the process with code 1.
 *
 * @param host - The interface: a name, an address, or `unix://` and the path of a socket.
 * @param port - 0 for any that is free.
 * @param app - The application.
 * @param options - See {@link RunSimpleOptions}.
 * @throws ServerOptionError if an option is impossible.
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/#werkzeug.serving.run_simple
 */
export async function runSimple(
  host: string,
  port: number,
  app: Application,
  options: RunSimpleOptions = {},
): Promise<void> {
  check(port, options)
  try {
    if (options.useReloader === true && !isRunningFromReloader()) await supervise(host, port, options)
    else await serve(host, port, app, options)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const cannotListen = code !== undefined && /^(?:EADDR|EACCES|ENOTFOUND|EAI_)/.test(code)
    if (!cannotListen) throw error
    process.stderr.write(`${explainListenError(error, host, port).message}\n`)
    process.exit(1)
  }
}
