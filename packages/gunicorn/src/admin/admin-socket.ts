import { BindError } from '../errors.ts'
import type { Logger } from '../logging/logger.ts'
import { type AdminSource, openAdmin } from './admin-server.ts'

/** The admin socket of an arbiter, which may have to wait until the arbiter before has closed its own. */
export class AdminSocket {
  readonly #cwd: string
  readonly #source: AdminSource
  #waiting: string | undefined

  constructor(cwd: string, source: AdminSource) {
    this.#cwd = cwd
    this.#source = source
  }

  /**
   * Opens it.
   *
   * @param bind - Null for none.
   * @param isSuccessor - Whether an arbiter before this one still runs.
   * @throws BindError if the address is taken by somebody else.
   */
  async open(bind: string | null, isSuccessor: boolean, log: Logger): Promise<void> {
    if (bind === null) return
    try {
      await openAdmin(bind, this.#cwd, this.#source)
    } catch (error) {
      if (!isSuccessor || !(error instanceof BindError)) throw error
      log.info('The admin socket is opened when the arbiter before this one has ended')
      this.#waiting = bind
    }
  }

  /** The arbiter before this one has ended. */
  async openWaiting(log: Logger): Promise<void> {
    const bind = this.#waiting
    this.#waiting = undefined
    try {
      if (bind !== undefined) await openAdmin(bind, this.#cwd, this.#source)
    } catch (error) {
      if (!(error instanceof BindError)) throw error
      log.error(`The admin socket stays closed: ${error.message}`)
    }
  }
}
