import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SettingError, traceOf } from '../errors.ts'
import { settingTable } from './registry.ts'
import { withoutMeaning } from './without-meaning.ts'

const defaultNames = ['gunicorn.conf.ts', 'gunicorn.conf.mjs', 'gunicorn.conf.js']

/** Names that read better in another spelling. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['keep_alive', 'keepalive'],
  ['access_log', 'accesslog'],
  ['error_log', 'errorlog'],
  ['log_level', 'loglevel'],
  ['preload', 'preload_app'],
  ['env', 'raw_env'],
  ['pid_file', 'pidfile'],
])

/**
 * The absolute path of the config file, `undefined` if there is none.
 *
 * @param given - As `--config` names it; `file:PATH` is the same as PATH.
 * @throws SettingError if the named file does not exist.
 */
export function findConfigFile(given: string | null, cwd: string): string | undefined {
  if (given === null || given === '') {
    return defaultNames.map((name) => resolve(cwd, name)).find((path) => existsSync(path))
  }
  const path = resolve(cwd, given.replace(/^file:/, ''))
  if (!existsSync(path)) throw new SettingError(`The config file '${path}' does not exist.`)
  return path
}

let loads = 0

/**
 * Imports a config file anew.
 *
 * @returns The settings that it holds, unchecked, by their names in snake_case.
 * @throws SettingError if it cannot be imported, or its default export holds a name that is no setting.
 */
export async function importConfigFile(path: string): Promise<ReadonlyMap<string, unknown>> {
  let module: Readonly<Record<string, unknown>>
  try {
    // A query makes it another module, so that HUP does not get the one that was imported before.
    module = await import(`${pathToFileURL(path).href}?load=${loads++}`)
  } catch (error) {
    throw new SettingError(`Failed to read the config file ${path}\n${traceOf(error)}`)
  }
  const values = new Map<string, unknown>()
  for (const [name, value] of Object.entries(module)) {
    const known = settingName(name)
    if (known !== undefined && value !== undefined) values.set(known, value)
  }
  if (module.default !== undefined) addDefaultExport(module.default, path, values)
  return values
}

function addDefaultExport(given: unknown, path: string, values: Map<string, unknown>): void {
  if (typeof given !== 'object' || given === null) {
    throw new SettingError(
      `The default export of ${path} must be an object of settings, not ${typeof given}.`,
    )
  }
  for (const [name, value] of Object.entries(given)) {
    const known = settingName(name)
    // Named exports may be helpers of the file; an object of settings has no such excuse.
    if (known === undefined) throw new SettingError(`${path}: there is no setting named '${name}'.`)
    if (value !== undefined) values.set(known, value)
  }
}

/** The setting that is meant by a name in snake_case or camelCase. */
function settingName(name: string): string | undefined {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const known = aliases.get(snake) ?? snake
  return settingTable.has(known) || known in withoutMeaning ? known : undefined
}
