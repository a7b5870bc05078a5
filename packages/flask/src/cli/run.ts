import { delimiter } from 'node:path'
import { isRunningFromReloader, runSimple } from '@flask-ts/werkzeug/serving'
import type { Application } from '@flask-ts/wsgi'
import type { Flask } from '../app/app.ts'
import { developmentOptions, type ServedApp } from '../app/development-server.ts'
import { showServerBanner } from '../app/run.ts'
import { getDebugFlag } from './debug-flag.ts'
import { InvalidRunOption, NoAppException } from './errors.ts'

/** Where and how `flask run` serves. */
export interface RunCommandOptions {
  readonly host: string
  readonly port: number
  /** File of a certificate, or `adhoc` for one that is made on the spot. */
  readonly cert?: string | undefined
  /** File of the certificate's key. */
  readonly key?: string | undefined
  readonly reload?: boolean | undefined
  readonly debugger?: boolean | undefined
  /** Paths, separated as in `PATH`. */
  readonly extraFiles?: string | undefined
  readonly excludePatterns?: string | undefined
}

/** What gives the application, and how it was named. */
export interface ServedAppLoader {
  readonly importPath: string
  load(): Promise<Flask>
}

function sslContextOf({ cert, key }: RunCommandOptions): 'adhoc' | readonly [string, string] | undefined {
  if (cert === undefined) {
    if (key !== undefined)
      throw new InvalidRunOption("Invalid value for '--key': '--cert' must also be specified.")
    return undefined
  }
  if (cert.toLowerCase() === 'adhoc') {
    if (key !== undefined) {
      throw new InvalidRunOption("Invalid value for '--key': When '--cert' is 'adhoc', '--key' is not used.")
    }
    return 'adhoc'
  }
  if (key === undefined)
    throw new InvalidRunOption("Invalid value for '--key': Required when using '--cert'.")
  return [cert, key]
}

function split(text: string | undefined): string[] {
  return (text ?? '').split(delimiter).filter((part) => part !== '')
}

/** In a process of the reloader, a program that cannot be loaded is shown in the browser until it is mended. */
async function loadOrShow(loader: ServedAppLoader): Promise<Flask | Application> {
  try {
    return await loader.load()
  } catch (error) {
    if (!isRunningFromReloader()) throw error
    if (error instanceof NoAppException && error.cause === undefined) throw error
    const failure = error instanceof NoAppException ? error.cause : error
    process.stderr.write(
      `${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}\n`,
    )
    return () => {
      throw failure
    }
  }
}

/**
 * Serves an application for development, until the process is ended.
 *
 * @throws NoAppException if there is no application.
 * @throws InvalidRunOption if options contradict each other.
 */
export async function runDevelopmentServer(
  loader: ServedAppLoader,
  options: RunCommandOptions,
): Promise<void> {
  const { host, port } = options
  const debug = getDebugFlag()
  const useReloader = options.reload ?? debug
  const onlyWatches = useReloader && !isRunningFromReloader()
  const settings = {
    useReloader,
    useDebugger: options.debugger ?? debug,
    sslContext: sslContextOf(options),
    extraFiles: split(options.extraFiles),
    excludePatterns: split(options.excludePatterns),
  }
  // The process that watches need not load the program, and so cannot be brought down by it.
  const app = onlyWatches ? undefined : await loadOrShow(loader)
  showServerBanner(debug, loader.importPath)
  if (app === undefined || typeof app === 'function') {
    const failing: Application = app ?? (() => ({ status: 503, headers: [], body: null }))
    await runSimple(host, port, failing, {
      ...developmentOptions(undefined, settings),
      failed: app !== undefined,
    })
    return
  }
  const served = app as unknown as ServedApp
  await runSimple(host, port, (environ) => app.wsgiApp(environ), developmentOptions(served, settings))
}
