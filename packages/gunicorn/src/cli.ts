import { CommanderError } from 'commander'
import { importApp } from './app/import-app.ts'
import { Arbiter } from './arbiter/arbiter.ts'
import { daemonize } from './arbiter/daemonize.ts'
import { startContext } from './arbiter/re-exec.ts'
import { obeySignals } from './arbiter/signals.ts'
import { AppImportError, HaltServer, SettingError, traceOf } from './errors.ts'
import { compileAccessFormat } from './logging/access-format.ts'
import { parseCommandLine } from './settings/command-line.ts'
import { applicationFolder, type LoadedConfig, loadConfig } from './settings/load.ts'
import { printConfig } from './settings/print-config.ts'
import { version } from './version.ts'

/**
 * The command `gunicorn`.
 *
 * @param args - What follows the command's name.
 * @returns The exit status, or `undefined` while the server runs.
 */
export async function main(args: readonly string[]): Promise<number | undefined> {
  try {
    if (parseCommandLine(args).version) {
      process.stdout.write(`gunicorn (version ${version})\n`)
      return 0
    }
    return await start(args)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    if (error instanceof SettingError) process.stderr.write(`\nError: ${error.message}\n`)
    else if (error instanceof HaltServer) process.stderr.write(`\nError: ${error.message}\n`)
    else process.stderr.write(`\n${traceOf(error)}\n`)
    return error instanceof HaltServer ? error.exitStatus : 1
  }
}

async function start(args: readonly string[]): Promise<number | undefined> {
  const context = startContext()
  const load = (): Promise<LoadedConfig> => loadConfig({ args, env: context.env, cwd: context.cwd })
  const loaded = await load()
  const { config } = loaded
  compileAccessFormat(config.access_log_format)
  if (config.print_config) process.stdout.write(`${printConfig(config)}\n`)
  if (config.check_config || config.print_config) return await checkApp(loaded, context.cwd)
  if (config.daemon && process.env.GUNICORN_PID === undefined && daemonize()) return 0
  const arbiter = new Arbiter(loaded, context, load)
  obeySignals(arbiter)
  await arbiter.run()
  return undefined
}

async function checkApp({ config, app }: LoadedConfig, cwd: string): Promise<number> {
  try {
    await importApp(app, applicationFolder(config, cwd))
    return 0
  } catch (error) {
    if (!(error instanceof AppImportError)) throw error
    process.stderr.write(`\nError while loading the application:\n\n${traceOf(error)}\n`)
    return 1
  }
}
