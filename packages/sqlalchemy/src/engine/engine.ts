import type { DialectTraits } from '../compile/traits.ts'
import type { Driver, IsolationLevel } from '../dialects/driver.ts'
import { makeDriver } from '../dialects/make-driver.ts'
import { ArgumentError } from '../errors/base-errors.ts'
import { showParameters } from '../errors/dbapi-errors.ts'
import { dispatch } from '../event/listeners.ts'
import { reflectInto } from '../reflection/reflect-into.ts'
import type { MetaData, ReflectOptions } from '../schema/metadata.ts'
import type { TableSchema } from '../schema/table.ts'
import { type DatabaseUrl, makeUrl } from '../url/database-url.ts'
import { Connection } from './connection.ts'
import type { EngineCore } from './engine-core.ts'
import { Pool, type PoolOptions } from './pool.ts'

/** Options of an engine. */
export interface EngineOptions extends PoolOptions {
  /** Writes every statement: to the console, or to a function of yours. */
  echo?: boolean | ((line: string) => void)
  isolationLevel?: IsolationLevel
  /** Settings handed to the driver. */
  connectArgs?: Record<string, unknown>
  /** Keeps parameters out of the log. */
  hideParameters?: boolean
}

const known = new Set([
  'echo',
  'isolationLevel',
  'connectArgs',
  'hideParameters',
  'poolSize',
  'maxOverflow',
  'poolTimeout',
  'poolRecycle',
  'poolPrePing',
])

function logToConsole(line: string): void {
  console.info(`INFO sqlalchemy.engine.Engine ${line}`)
}

/** A database: its driver and its pool of connections, which are opened when they are needed. */
export class Engine implements EngineCore {
  readonly url: DatabaseUrl
  readonly driver: Driver
  readonly pool: Pool
  readonly isolationLevel: IsolationLevel | null
  readonly #echo: ((line: string) => void) | null
  readonly #hideParameters: boolean
  readonly reflector = reflectInto

  constructor(url: DatabaseUrl, options: EngineOptions) {
    for (const key of Object.keys(options)) {
      if (!known.has(key))
        throw new ArgumentError(
          `Invalid argument '${key}' sent to createEngine(); known are ${[...known].join(', ')}`,
        )
    }
    this.url = url
    this.driver = makeDriver(url, options.connectArgs ?? {})
    this.isolationLevel = options.isolationLevel ?? null
    this.#echo = options.echo === true ? logToConsole : options.echo || null
    this.#hideParameters = options.hideParameters ?? false
    this.pool = new Pool(() => this.#connectDriver(), this.driver.isShared ? { maxOverflow: -1 } : options)
  }

  async #connectDriver() {
    try {
      const connection = await this.driver.connect()
      await dispatch(this, 'connect', connection)
      return connection
    } catch (error) {
      const { type, disconnect } = this.driver.explain(error)
      throw new type(error, '', [], disconnect)
    }
  }

  get traits(): DialectTraits {
    return this.driver.traits
  }

  /** The database family: `sqlite`, `postgresql`, `mysql`. */
  get name(): string {
    return this.traits.name
  }

  get logsStatements(): boolean {
    return this.#echo !== null
  }

  log(line: string): void {
    this.#echo?.(line)
  }

  logStatement(sql: string, params: readonly unknown[], milliseconds: number): void {
    if (!this.#echo) return
    this.#echo(sql)
    const shown = this.#hideParameters
      ? '[SQL parameters hidden due to hideParameters=true]'
      : showParameters(params)
    this.#echo(`[${milliseconds.toFixed(2)} ms] ${shown}`)
  }

  /** Takes a connection; close it, or take it with `await using`. */
  async connect(): Promise<Connection> {
    const pooled = await this.pool.checkout()
    await dispatch(this, 'checkout', pooled.driver)
    return new Connection(this, pooled, null)
  }

  /** Runs an action in a transaction, which is committed when the action succeeds. */
  async begin<T>(action: (connection: Connection) => Promise<T>): Promise<T> {
    await using connection = await this.connect()
    const value = await action(connection)
    await connection.commit()
    return value
  }

  async createTables(tables: readonly TableSchema[], checkFirst: boolean): Promise<void> {
    await this.begin((connection) => connection.createTables(tables, checkFirst))
  }

  async dropTables(tables: readonly TableSchema[], checkFirst: boolean): Promise<void> {
    await this.begin((connection) => connection.dropTables(tables, checkFirst))
  }

  async reflectInto(metadata: MetaData, options: ReflectOptions): Promise<void> {
    await using connection = await this.connect()
    await connection.reflectInto(metadata, options)
  }

  /** Closes the connections that are not in use. */
  async dispose(): Promise<void> {
    await this.pool.dispose()
  }

  toString(): string {
    return `Engine(${this.url.renderAsString()})`
  }
}

/**
 * Makes an engine. Nothing is connected yet, but the URL and the driver package are checked.
 * @param url `sqlite:///file.db`, `postgresql://user:password@host/database`, `mysql://...`
 * @throws ArgumentError, NoSuchModuleError, ModuleNotFoundError
 */
export function createEngine(url: string | DatabaseUrl, options: EngineOptions = {}): Engine {
  return new Engine(makeUrl(url), options)
}
