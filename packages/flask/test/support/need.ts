import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'

/**
 * The reason to skip a test that needs something of the machine, or `false` to run it.
 *
 * With `CI=true` nothing may be missing: then the test runs, and fails where it is not there.
 */
export function skipWithout(what: string, isThere: boolean): string | false {
  return isThere || process.env.CI === 'true' ? false : `skipped: there is no ${what} on this machine`
}

/** Whether something listens on a port of 127.0.0.1. */
export function listensOn(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1')
  socket.on('connect', () => resolve(true))
  socket.on('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

/** Debian's Python, in which Debian's Flask is installed. */
export const PYTHON = '/usr/bin/python3'

/** Whether Debian's Flask is installed. */
export function hasPythonFlask(): boolean {
  return spawnSync(PYTHON, ['-c', 'import flask']).status === 0
}
