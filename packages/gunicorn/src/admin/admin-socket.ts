import { BindError } from '../errors.ts'
import type { Logger } from '../logging/logger.ts'
import { type AdminSource, openAdmin } from './admin-server.ts'

const RETRY_MS = 1000

/** The admin socket of an arbiter, which may have to wait until the arbiter before has closed its own. */
export class AdminSocket {
  readonly #cwd: string
  readonly #source: AdminSource
  #waiting: string | undefined
  #isComplaining = false

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

  /**
   * The arbiter before this one has ended.
   *
   * For a moment nobody listened on the address. A connection that the system gave this very port in that moment holds
   * it for up to a minute after its end, so one refusal is not the last word.
   */
  async openWaiting(log: Logger): Promise<void> {
    const bind = this.#waiting
    if (bind === undefined) return
    try {
      await openAdmin(bind, this.#cwd, this.#source)
      this.#waiting = undefined
    } catch (error) {
      if (!(error instanceof BindError)) throw error
      if (!this.#isComplaining) log.error(`The admin socket is tried again each second: ${error.message}`)
      this.#isComplaining = true
      setTimeout(() => void this.openWaiting(log), RETRY_MS).unref()
    }
  }
}
