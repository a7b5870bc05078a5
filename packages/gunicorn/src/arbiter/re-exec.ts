import { type ChildProcess, spawn } from 'node:child_process'
import type { Listener } from './listeners.ts'

/** What the program was started with, for starting it again. */
export interface StartContext {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Remembers how this process was started, before any setting changes it. */
export function startContext(): StartContext {
  return { argv: process.argv.slice(1), cwd: process.cwd(), env: { ...process.env } }
}

/**
 * Starts another arbiter that inherits the listening sockets: the upgrade of USR2. This process goes on.
 *
 * @param systemd - Whether the sockets are systemd's.
 */
export function reExecute(
  start: StartContext,
  listeners: readonly Listener[],
  systemd: boolean,
): ChildProcess {
  const env = {
    ...start.env,
    GUNICORN_PID: String(process.pid),
    GUNICORN_FD: listeners.map((_, index) => 3 + index).join(','),
    ...(systemd ? { GUNICORN_SYSTEMD: '1' } : {}),
  }
  const child = spawn(process.execPath, [...process.execArgv, ...start.argv], {
    cwd: start.cwd,
    env,
    stdio: ['inherit', 'inherit', 'inherit', ...listeners.map(({ fd }) => fd)],
  })
  // It must outlive this process.
  child.unref()
  return child
}
