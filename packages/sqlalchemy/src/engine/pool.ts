import type { DriverConnection } from '../dialects/driver.ts'
import { InvalidRequestError, PoolTimeoutError } from '../errors/base-errors.ts'

/** Settings of a pool of connections. */
export interface PoolOptions {
  /** Connections that are kept; 5 without. */
  poolSize?: number
  /** Connections beyond them while there is need; 10 without, -1 for any number. */
  maxOverflow?: number
  /** Seconds to wait for a connection; 30 without. */
  poolTimeout?: number
  /** Seconds after which a connection is replaced; -1 without. */
  poolRecycle?: number
  /** Tries every connection before it is handed out. */
  poolPrePing?: boolean
}

/** A connection that the pool handed out. */
export interface PooledConnection {
  readonly driver: DriverConnection
  readonly born: number
  readonly generation: number
}

interface Waiter {
  resolve(connection: PooledConnection): void
  reject(error: unknown): void
  readonly timer: NodeJS.Timeout
}

/** What a pool says about itself. */
export interface PoolStatus {
  readonly size: number
  readonly checkedIn: number
  readonly checkedOut: number
  readonly overflow: number
  readonly waiting: number
}

/** Milliseconds for which connections beyond `poolSize` are kept: to open one for each request of a burst is dear. */
const overflowKept = 2000

/** Keeps connections open and bounds their number (`sqlalchemy.pool.QueuePool`). */
export class Pool {
  readonly #connect: () => Promise<DriverConnection>
  readonly #options: Required<PoolOptions>
  readonly #idle: PooledConnection[] = []
  readonly #waiters: Waiter[] = []
  readonly #out = new Set<PooledConnection>()
  #opening = 0
  #generation = 0
  #trimming: NodeJS.Timeout | null = null

  constructor(connect: () => Promise<DriverConnection>, options: PoolOptions) {
    this.#connect = connect
    const {
      poolSize = 5,
      maxOverflow = 10,
      poolTimeout = 30,
      poolRecycle = -1,
      poolPrePing = false,
    } = options
    this.#options = { poolSize, maxOverflow, poolTimeout, poolRecycle, poolPrePing }
  }

  get #limit(): number {
    const { poolSize, maxOverflow } = this.#options
    return poolSize === 0 || maxOverflow < 0 ? Number.POSITIVE_INFINITY : poolSize + maxOverflow
  }

  get #open(): number {
    return this.#idle.length + this.#out.size + this.#opening
  }

  status(): PoolStatus {
    return {
      size: this.#options.poolSize,
      checkedIn: this.#idle.length,
      checkedOut: this.#out.size,
      overflow: this.#open - this.#options.poolSize,
      waiting: this.#waiters.length,
    }
  }

  /**
   * Takes a connection, waiting for one when all are in use.
   * @throws PoolTimeoutError after `poolTimeout` seconds
   */
  async checkout(): Promise<PooledConnection> {
    for (;;) {
      const idle = this.#idle.pop()
      if (!idle) break
      this.#out.add(idle)
      if (await this.#isUsable(idle)) return idle
      this.#out.delete(idle)
      await closeQuietly(idle.driver)
    }
    if (this.#open < this.#limit) return await this.#create()
    return await this.#wait()
  }

  async #isUsable(connection: PooledConnection): Promise<boolean> {
    const { poolRecycle, poolPrePing } = this.#options
    if (connection.generation !== this.#generation) return false
    if (poolRecycle >= 0 && performance.now() - connection.born > poolRecycle * 1000) return false
    if (!poolPrePing) return true
    try {
      await connection.driver.ping()
      return true
    } catch {
      // A dead connection is what the ping looks for; the caller opens a new one instead.
      return false
    }
  }

  async #create(): Promise<PooledConnection> {
    this.#opening++
    try {
      const driver = await this.#connect()
      const connection = { driver, born: performance.now(), generation: this.#generation }
      this.#out.add(connection)
      return connection
    } catch (error) {
      // Those who wait would wait for a connection that never comes back: each tries for itself.
      queueMicrotask(() => this.#serveNext())
      throw error
    } finally {
      this.#opening--
    }
  }

  #wait(): Promise<PooledConnection> {
    const { poolSize, maxOverflow, poolTimeout } = this.#options
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(
          new PoolTimeoutError(
            `QueuePool limit of size ${poolSize} overflow ${maxOverflow} reached, connection timed out, timeout ${poolTimeout.toFixed(2)}`,
          ),
        )
      }, poolTimeout * 1000)
      const waiter: Waiter = { resolve, reject, timer }
      this.#waiters.push(waiter)
    })
  }

  /** Gives a connection back, ready for the next user; `invalid` ones are closed. */
  async checkin(connection: PooledConnection, invalid: boolean): Promise<void> {
    if (!this.#out.has(connection))
      throw new InvalidRequestError('This connection was already given back to the pool')
    if (invalid || connection.generation !== this.#generation) {
      this.#out.delete(connection)
      await closeQuietly(connection.driver)
      this.#serveNext()
      return
    }
    const waiter = this.#waiters.shift()
    if (waiter) {
      clearTimeout(waiter.timer)
      waiter.resolve(connection)
      return
    }
    this.#out.delete(connection)
    this.#idle.push(connection)
    if (this.#open > this.#options.poolSize) this.#trimLater()
  }

  /** Closes the connections beyond `poolSize` once the burst that needed them is over. */
  #trimLater(): void {
    if (this.#trimming || this.#options.poolSize === 0) return
    this.#trimming = setTimeout(() => {
      this.#trimming = null
      const surplus = this.#idle.splice(0, Math.max(0, this.#open - this.#options.poolSize))
      for (const connection of surplus) void closeQuietly(connection.driver)
    }, overflowKept)
    this.#trimming.unref()
  }

  #serveNext(): void {
    if (this.#waiters.length === 0 || this.#open >= this.#limit) return
    const waiter = this.#waiters.shift() as Waiter
    clearTimeout(waiter.timer)
    this.#create().then(waiter.resolve, waiter.reject)
  }

  /** Makes all connections that are open now be closed instead of used again: the server was lost. */
  invalidateAll(): void {
    this.#generation++
  }

  /** Closes the connections that are not in use; those in use are closed when they come back. */
  async dispose(): Promise<void> {
    this.#generation++
    if (this.#trimming) clearTimeout(this.#trimming)
    this.#trimming = null
    const idle = this.#idle.splice(0)
    for (const connection of idle) await closeQuietly(connection.driver)
  }
}

async function closeQuietly(driver: DriverConnection): Promise<void> {
  try {
    await driver.close()
  } catch {
    // The connection is thrown away because it is broken or old; that it cannot say goodbye changes nothing.
  }
}
