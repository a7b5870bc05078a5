import { existsSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { Command, Option } from 'commander'
import type { Flask } from '../app/app.ts'
import { getDebugFlag, getLoadDotenv } from './debug-flag.ts'
import { loadDotenv } from './dotenv.ts'
import { InvalidRunOption, NoAppException } from './errors.ts'
import { readLeadingOptions } from './leading-options.ts'
import { locateApp, locateDefaultApp } from './locate-app.ts'
import { listRoutes, ROUTES_SORTS, type RoutesOptions } from './routes.ts'
import { type RunCommandOptions, runDevelopmentServer } from './run.ts'
import { addCommands, exitCodeOf, throwOnExit } from './run-command.ts'
import { runShell } from './shell.ts'
import { templatesCommandFor } from './templates.ts'

const HELP = `A general utility script for Flask applications.

An application to load must be given with the '--app' option, 'FLASK_APP' environment variable, or with a 'wsgi.ts' or
'app.ts' file in the current directory.`

/** Loads the application once, when something needs it. */
class AppLoader {
  readonly #importPath: string | undefined
  #app: Flask | undefined

  constructor(importPath: string | undefined) {
    this.#importPath = importPath
  }

  /** How the application was named. */
  get importPath(): string {
    return this.#importPath ?? this.#app?.name ?? 'app'
  }

  async load(): Promise<Flask> {
    this.#app ??= await this.#find()
    return this.#app
  }

  async #find(): Promise<Flask> {
    const app = this.#importPath ? await locateApp(this.#importPath) : await locateDefaultApp()
    if (app === undefined) {
      throw new NoAppException(
        "Could not locate a Flask application. Use the 'flask --app' option, 'FLASK_APP' environment variable, or a" +
          " 'wsgi.ts' or 'app.ts' file in the current directory.",
      )
    }
    if (process.env.FLASK_DEBUG !== undefined) app.debug = getDebugFlag()
    return app
  }
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return `Node ${process.versions.node}\nflask-ts ${(manifest as { version: string }).version}`
}

function port(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= 65535) return value
  throw new RangeError(`'${text}' is not a port: give a number from 0 to 65535`)
}

const SEPARATED = `Multiple paths are separated by '${delimiter}'.`

function runCommandFor(loader: AppLoader): Command {
  return new Command('run')
    .description('Run a development server.')
    .option('--debug', 'Set debug mode.')
    .option('--no-debug', 'Unset debug mode.')
    .option('-h, --host <host>', 'The interface to bind to.', process.env.FLASK_RUN_HOST ?? '127.0.0.1')
    .option('-p, --port <port>', 'The port to bind to.', port, port(process.env.FLASK_RUN_PORT ?? '5000'))
    .option('--cert <path>', "Specify a certificate file to use HTTPS; 'adhoc' makes one on the spot.")
    .option('--key <path>', 'The key file to use when specifying a certificate.')
    .option('--reload', 'Enable the reloader. By default the reloader is active if debug is enabled.')
    .option('--no-reload', 'Disable the reloader.')
    .option('--debugger', 'Enable the debugger. By default the debugger is active if debug is enabled.')
    .option('--no-debugger', 'Disable the debugger.')
    .option('--with-threads', 'Accepted for compatibility: one thread serves all requests, as many as come.')
    .option('--without-threads', 'Accepted for compatibility: requests are served side by side in any case.')
    .option('--extra-files <paths>', `Extra files that trigger a reload on change. ${SEPARATED}`)
    .option('--exclude-patterns <patterns>', `Files matching these fnmatch patterns will not. ${SEPARATED}`)
    .helpOption('--help', 'Show this message and exit.')
    .action((options: RunCommandOptions) => runDevelopmentServer(loader, options))
}

function routesCommandFor(loader: AppLoader): Command {
  return new Command('routes')
    .description('Show the routes for the app.')
    .addOption(
      new Option('-s, --sort <column>', "How to sort; 'match' is the order in which rules are tried.")
        .choices(ROUTES_SORTS)
        .default('endpoint'),
    )
    .option('--all-methods', 'Show HEAD and OPTIONS methods.', false)
    .action(async (options: RoutesOptions) => {
      process.stdout.write(`${listRoutes(await loader.load(), options)}\n`)
    })
}

function makeProgram(loader: AppLoader): Command {
  return new Command('flask')
    .description(HELP)
    .enablePositionalOptions()
    .addOption(new Option('-e, --env-file <file>', 'Load environment variables from this file.'))
    .addOption(
      new Option('-A, --app <import>', "The Flask application or factory, in the form 'module:name'."),
    )
    .option('--debug', 'Set debug mode.')
    .option('--no-debug', 'Unset debug mode.')
    .version(version(), '--version', 'Show the versions.')
    .addCommand(routesCommandFor(loader))
    .addCommand(runCommandFor(loader))
    .addCommand(
      new Command('shell').description('Run a shell in the app context.').action(async () => {
        await runShell(await loader.load())
      }),
    )
    .addCommand(templatesCommandFor(loader))
}

const BUILT_IN = new Set(['run', 'routes', 'shell', 'templates'])

/** Adds the application's own commands; where it cannot be loaded, the error is told and the rest still works. */
async function addAppCommands(program: Command, loader: AppLoader): Promise<void> {
  try {
    const app = await loader.load()
    addCommands(program, app.cli, () => loader.load())
  } catch (error) {
    if (!(error instanceof NoAppException)) throw error
    process.stderr.write(`Error: ${error.message}\n\n`)
  }
}

/**
 * The `flask` command.
 *
 * @param args - What stands behind its name.
 * @returns The exit code: 0, 1 for a failure, 2 for a wrong command line or a missing application.
 * @see https://flask.palletsprojects.com/cli/
 */
export async function main(args: readonly string[]): Promise<number> {
  // Tells app.run() in the program that is loaded not to serve.
  process.env.FLASK_RUN_FROM_CLI = 'true'
  const leading = readLeadingOptions(args)
  const envFile = leading.envFile ?? process.env.FLASK_ENV_FILE
  if (envFile !== undefined && !existsSync(envFile)) {
    process.stderr.write(`Error: Invalid value for '-e' / '--env-file': File '${envFile}' does not exist.\n`)
    return 2
  }
  if (envFile !== undefined || getLoadDotenv()) loadDotenv(envFile, { loadDefaults: getLoadDotenv() })
  if (leading.debug !== undefined) process.env.FLASK_DEBUG = leading.debug ? '1' : '0'
  const loader = new AppLoader(leading.app ?? process.env.FLASK_APP)
  const program = makeProgram(loader)
  if (leading.command === undefined || !BUILT_IN.has(leading.command)) await addAppCommands(program, loader)
  try {
    await throwOnExit(program).parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    if (!(error instanceof NoAppException || error instanceof InvalidRunOption)) return exitCodeOf(error)
    process.stderr.write(`Error: ${error.message}\n`)
    return 2
  }
}
