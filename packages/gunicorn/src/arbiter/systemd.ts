import { spawn } from 'node:child_process'

/** The first descriptor that systemd, or the arbiter before this one, passes on. */
const firstDescriptor = 3

type Env = Record<string, string | undefined>

/** Descriptors of listening sockets that this process was started with. */
export interface Inherited {
  readonly descriptors: readonly number[]
  /** Whether they are systemd's, who also cleans up after them. */
  readonly systemd: boolean
  /** The process id of the arbiter that started this one on USR2; 0 for none. */
  readonly arbiter: number
}

/**
 * Takes what was inherited out of the environment: `LISTEN_FDS` of systemd, or `GUNICORN_FD` of another arbiter.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html
 */
export function takeInherited(env: Env = process.env, pid: number = process.pid): Inherited {
  const { GUNICORN_FD, GUNICORN_PID, GUNICORN_SYSTEMD, LISTEN_FDS, LISTEN_PID } = env
  for (const name of ['GUNICORN_FD', 'GUNICORN_PID', 'GUNICORN_SYSTEMD']) delete env[name]
  if (GUNICORN_FD !== undefined && GUNICORN_PID !== undefined) {
    const descriptors = GUNICORN_FD.split(',')
      .filter((fd) => fd !== '')
      .map(Number)
    return { descriptors, systemd: GUNICORN_SYSTEMD === '1', arbiter: Number(GUNICORN_PID) }
  }
  if (LISTEN_FDS === undefined || Number(LISTEN_PID) !== pid) {
    return { descriptors: [], systemd: false, arbiter: 0 }
  }
  for (const name of ['LISTEN_FDS', 'LISTEN_PID', 'LISTEN_FDNAMES']) delete env[name]
  const descriptors = Array.from({ length: Number(LISTEN_FDS) }, (_, index) => firstDescriptor + index)
  return { descriptors, systemd: true, arbiter: 0 }
}

/**
 * Tells systemd about the state, where it asked for that. Node has no datagram sockets on files, so systemd's own
 * little program does it.
 */
export function notifySystemd(state: string, onError: (message: string) => void): void {
  if (process.env.NOTIFY_SOCKET === undefined) return
  const child = spawn('systemd-notify', [`--pid=${process.pid}`, ...state.split('\n')], { stdio: 'ignore' })
  child.on('error', (error) => onError(`systemd cannot be notified: ${error.message}`))
  child.unref()
}
