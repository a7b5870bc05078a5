import type { GoMessage, ServerProcessMessage } from './reloader-messages.ts'

/** The server process's side of the connection with its reloader. */
export interface ReloaderLink {
  readonly go: GoMessage
  send(message: ServerProcessMessage): void
  /** Calls a function whenever templates or static files have changed. */
  onAssetsChanged(listener: () => void): void
  /** Says that the process listens, after which an uncaught error ends it. */
  ready(port: number, failed?: boolean): void
}

let current: ReloaderLink | undefined

/** The connection, if this process was started by a reloader. */
export function reloaderLink(): ReloaderLink | undefined {
  return current
}

/** Makes the connection known to the rest of the process. */
export function setReloaderLink(link: ReloaderLink): void {
  current = link
}

/**
 * Whether this process serves for a reloader that watches over it.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/#werkzeug.serving.is_running_from_reloader
 */
export function isRunningFromReloader(): boolean {
  return process.env.WERKZEUG_RUN_MAIN === 'true'
}
