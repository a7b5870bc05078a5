import { spawn } from 'node:child_process'

/** Set in the environment of the process that runs in the background. */
const mark = 'GUNICORN_DAEMONIZED'

/**
 * Starts this program again in the background, without a terminal: Node cannot fork.
 *
 * @returns Whether this process is the one in the foreground, which has nothing more to do.
 */
export function daemonize(): boolean {
  if (process.env[mark] !== undefined) {
    delete process.env[mark]
    return false
  }
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, [mark]: '1' },
  })
  child.unref()
  return true
}
