import { SettingError } from '../errors.ts'

/**
 * The environment of workers: this process's own with `raw_env` added.
 *
 * @throws SettingError if an entry is not `NAME=VALUE`.
 */
export function workerEnv(base: NodeJS.ProcessEnv, entries: readonly string[]): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base, SERVER_SOFTWARE: 'gunicorn' }
  for (const entry of entries) {
    const at = entry.indexOf('=')
    if (at < 1) throw new SettingError(`raw_env '${entry}' must be NAME=VALUE.`)
    env[entry.slice(0, at)] = entry.slice(at + 1)
  }
  return env
}
