import type { WsgiServer } from '@flask-ts/wsgi/server'
import type { WorkerStats } from './messages.ts'
import type { RequestCounter } from './request-counter.ts'
import type { Watchdog } from './watchdog.ts'

/** What a heartbeat looks after. */
export interface HeartbeatParts {
  /** Milliseconds between two beats. */
  readonly interval: number
  readonly watchdog: Watchdog | undefined
  readonly send: (stats: WorkerStats) => void
  /** Called with the resident memory in bytes. */
  readonly onMemory: (rss: number) => void
}

/** Tells the arbiter and the watchdog, again and again, that the event loop turns. */
export class Heartbeat {
  readonly #parts: HeartbeatParts
  #server: WsgiServer | undefined
  #counter: RequestCounter | undefined
  #due = performance.now()

  constructor(parts: HeartbeatParts) {
    this.#parts = parts
    this.#beat()
    setInterval(() => this.#beat(), parts.interval)
  }

  /** From now on the figures of this server are told as well. */
  watch(server: WsgiServer, counter: RequestCounter | undefined): void {
    this.#server = server
    this.#counter = counter
  }

  #beat(): void {
    const now = performance.now()
    const loopDelay = Math.max(0, Math.round(now - this.#due))
    this.#due = now + this.#parts.interval
    this.#parts.watchdog?.beat()
    const rss = process.memoryUsage.rss()
    const {
      connections = 0,
      active = 0,
      connectionsTotal = 0,
      requestsTotal = 0,
    } = this.#server?.counts ?? {}
    const requests = this.#counter
    this.#parts.send({ connections, active, connectionsTotal, requestsTotal, rss, loopDelay, requests })
    this.#parts.onMemory(rss)
  }
}
