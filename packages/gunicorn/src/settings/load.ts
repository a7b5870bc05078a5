import { resolve } from 'node:path'
import { SettingError } from '../errors.ts'
import { type CommandLine, parseCommandLine } from './command-line.ts'
import { findConfigFile, importConfigFile } from './config-module.ts'
import { type Config, defaultConfig, settingTable } from './registry.ts'
import { splitArgs } from './split-args.ts'
import { withoutMeaning } from './without-meaning.ts'

/** The configuration, and where it comes from. */
export interface LoadedConfig {
  readonly config: Config
  /** The application as it was named. */
  readonly app: string
  /** The absolute path of the config file that was read. */
  readonly configFile: string | undefined
  /** Names of settings that were given and have no meaning here, with the reason. */
  readonly ignored: readonly string[]
}

/** What a configuration is made of. */
export interface Sources {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** The working directory at the start. */
  readonly cwd: string
}

/**
 * Reads the configuration: defaults, then the config file, then `GUNICORN_CMD_ARGS`, then the command line.
 *
 * @throws SettingError if any of them is wrong.
 */
export async function loadConfig(sources: Sources): Promise<LoadedConfig> {
  const commandLine = parseCommandLine(sources.args)
  const fromEnv = parseCommandLine(splitArgs(sources.env.GUNICORN_CMD_ARGS ?? ''))
  const path = findConfigFile(configPath(commandLine) ?? configPath(fromEnv) ?? null, sources.cwd)
  const fromFile = path === undefined ? new Map<string, unknown>() : await importConfigFile(path)
  const values: Record<string, unknown> = { ...defaultConfig() }
  const ignored = new Set<string>()
  for (const [given, where] of [
    [fromFile, path],
    [fromEnv.values, 'GUNICORN_CMD_ARGS'],
    [commandLine.values, 'the command line'],
  ] as const) {
    for (const [name, value] of given) {
      if (name in withoutMeaning) ignored.add(`${name}: ${withoutMeaning[name]!.why}`)
      else values[name] = readValue(name, value, where ?? '')
    }
  }
  values.config = path ?? null
  const config = values as Config
  checkTogether(config)
  const app = commandLine.app ?? fromEnv.app ?? config.wsgi_app
  if (app === null || app === undefined) {
    throw new SettingError('No application module specified: name it as in `gunicorn app:app`.')
  }
  return { config, app, configFile: path, ignored: [...ignored] }
}

function configPath({ values }: CommandLine): string | undefined {
  return values.get('config') as string | undefined
}

function readValue(name: string, value: unknown, where: string): unknown {
  try {
    return settingTable.get(name)!.kind.read(value)
  } catch (error) {
    if (error instanceof SettingError)
      throw new SettingError(`Invalid value in ${where}: ${name} ${error.message}.`)
    throw error
  }
}

function checkTogether(config: Config): void {
  if (config.protocol === 'uwsgi' && config.worker_class.startsWith('http')) {
    throw new SettingError(`protocol "uwsgi" needs the worker class "native", not "${config.worker_class}".`)
  }
  if (config.keyfile !== null && config.certfile === null) {
    throw new SettingError('keyfile is set without certfile: a key alone is no use.')
  }
  if (config.limit_request_fields > 32768) {
    throw new SettingError(`limit_request_fields must be at most 32768, not ${config.limit_request_fields}.`)
  }
}

/** The folder that the application is loaded from. */
export function applicationFolder(config: Config, cwd: string): string {
  return config.chdir === null ? cwd : resolve(cwd, config.chdir)
}
