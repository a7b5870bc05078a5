import { BindError, HaltServer } from '../errors.ts'
import type { Logger } from '../logging/logger.ts'
import type { Config } from '../settings/registry.ts'
import { inheritListener, type Listener, makeListeners } from './listeners.ts'

/** How often, in milliseconds, and how many times an address that is taken is tried again. */
const pause = 1000
const attempts = 5

/** The arbiter's listening sockets. */
export class Sockets {
  readonly #cwd: string
  readonly #inherited: readonly number[]
  listeners: readonly Listener[] = []

  /**
   * @param inherited - Descriptors that take the place of the bind setting, if there are any.
   */
  constructor(cwd: string, inherited: readonly number[]) {
    this.#cwd = cwd
    this.#inherited = inherited
  }

  /** Where they listen, for start-up lines. */
  get urls(): string {
    return this.listeners.map(({ url }) => url).join(',')
  }

  /**
   * Takes over what was inherited, or binds what the settings say.
   *
   * @param isOver - Whether the arbiter is to end already.
   * @throws HaltServer if an address cannot be bound.
   */
  async open(config: Config, log: Logger, isOver: () => boolean): Promise<void> {
    if (this.#inherited.length > 0) {
      this.listeners = this.#inherited.map((fd) => inheritListener(config, fd))
      return
    }
    for (let attempt = 1; this.listeners.length === 0; attempt++) {
      try {
        this.listeners = await makeListeners(config, config.bind, this.#cwd)
      } catch (error) {
        if (!(error instanceof BindError)) throw error
        log.error(error.message)
        if (attempt === attempts || error.code !== 'EADDRINUSE') throw new HaltServer(error.message)
        log.debug('Retrying in 1 second.')
        await new Promise((resolve) => setTimeout(resolve, pause))
        if (isOver()) throw new HaltServer('stopped while waiting for the address', 0)
      }
    }
  }

  /**
   * Binds what is new in the bind setting.
   *
   * @returns What is no longer in it, to be closed when nobody needs it any more.
   * @throws BindError; then everything stays as it was.
   */
  async change(before: Config, now: Config, log: Logger): Promise<Listener[]> {
    if (this.#inherited.length > 0 || before.bind.join() === now.bind.join()) return []
    const kept = this.listeners.filter(({ bind }) => now.bind.includes(bind))
    const added = now.bind.filter((bind) => !kept.some((listener) => listener.bind === bind))
    const fresh = await makeListeners(now, added, this.#cwd)
    const dropped = this.listeners.filter((listener) => !kept.includes(listener))
    this.listeners = [...kept, ...fresh]
    log.info(`Listening at: ${this.urls}`)
    return dropped
  }
}
