import type { Connection, ConnectionOptions } from 'mysql2/promise'
import { mariadbTraits, mysqlTraits } from '../compile/traits.ts'
import type { DatabaseUrl } from '../url/database-url.ts'
import type { Driver, DriverConnection, IsolationLevel, RawResult } from './driver.ts'
import { explainMysql } from './mysql-errors.ts'
import { requireDriver } from './require-driver.ts'

const levels = new Set(['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])

/** A value as the protocol takes it; objects are refused, for the driver would write them as SQL. */
function toParameter(value: unknown): string | number | boolean | Buffer | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    case 'bigint':
      return value.toString()
    default:
      if (value === null || value === undefined) return null
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      throw new TypeError(`Parameter of type ${Object.prototype.toString.call(value)} is not supported`)
  }
}

interface Header {
  affectedRows: number
  insertId: number
}

/** A connection of `mysql2` with autocommit off, so that a transaction needs no BEGIN. */
class MysqlConnection implements DriverConnection {
  readonly #connection: Connection
  #lost: Error | null = null
  #autocommit = false

  constructor(connection: Connection) {
    this.#connection = connection
    connection.on('error', (error: Error) => {
      this.#lost = error
    })
  }

  async execute(sql: string, params: readonly unknown[]): Promise<RawResult> {
    if (this.#lost) throw this.#lost
    const options = { sql, values: params.map(toParameter), rowsAsArray: true }
    // Statements without parameters need no preparation, and some cannot be prepared at all.
    const [answer, fields] = params.length
      ? await this.#connection.execute(options)
      : await this.#connection.query({ sql, rowsAsArray: true })
    if (Array.isArray(answer)) {
      const rows = answer as unknown as unknown[][]
      const columns = (fields ?? []).map((field) => field.name)
      return { rows, columns, rowCount: rows.length, lastRowId: null }
    }
    const { affectedRows, insertId } = answer as unknown as Header
    return { rows: [], columns: null, rowCount: affectedRows, lastRowId: Number(insertId) }
  }

  async executeMany(sql: string, paramSets: readonly (readonly unknown[])[]): Promise<RawResult[]> {
    return await Promise.all(paramSets.map((params) => this.execute(sql, params)))
  }

  async *stream(sql: string, params: readonly unknown[], size: number): AsyncGenerator<RawResult> {
    const { connection } = this.#connection as unknown as { connection: StreamingConnection }
    const query = connection.query({ sql, values: params.map(toParameter), rowsAsArray: true })
    let columns: string[] = []
    query.on('fields', (fields: { name: string }[]) => {
      columns = fields.map((field) => field.name)
    })
    let rows: unknown[][] = []
    for await (const row of query.stream({ highWaterMark: size })) {
      rows.push(row as unknown[])
      if (rows.length < size) continue
      yield { rows, columns, rowCount: rows.length, lastRowId: null }
      rows = []
    }
    if (rows.length) yield { rows, columns, rowCount: rows.length, lastRowId: null }
  }

  async begin(isolation: IsolationLevel | null): Promise<void> {
    if (this.#lost) throw this.#lost
    const autocommit = isolation === 'AUTOCOMMIT'
    if (autocommit !== this.#autocommit) {
      this.#autocommit = autocommit
      await this.#connection.query(`SET autocommit = ${autocommit ? 1 : 0}`)
    }
    if (isolation && levels.has(isolation))
      await this.#connection.query(`SET TRANSACTION ISOLATION LEVEL ${isolation}`)
  }

  async commit(): Promise<void> {
    await this.#connection.query('COMMIT')
  }

  async rollback(): Promise<void> {
    await this.#connection.query('ROLLBACK')
  }

  async ping(): Promise<void> {
    if (this.#lost) throw this.#lost
    await this.#connection.ping()
  }

  async close(): Promise<void> {
    await this.#connection.end()
  }
}

interface StreamingConnection {
  query(options: object): {
    on(event: 'fields', listener: (fields: { name: string }[]) => void): void
    stream(options: { highWaterMark: number }): AsyncIterable<unknown>
  }
}

/** MySQL and MariaDB by the package `mysql2`. */
export class MysqlDriver implements Driver {
  readonly name = 'mysql2'
  readonly isShared = false
  readonly readsOutsideTransaction = false
  traits = mysqlTraits
  readonly #config: ConnectionOptions
  #knowsServer = false

  constructor(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>) {
    requireDriver('mysql2')
    if (url.backendName === 'mariadb') this.traits = mariadbTraits
    const { charset, ...query } = url.query
    this.#config = {
      host: url.host ?? 'localhost',
      port: url.port ?? 3306,
      user: url.username ?? 'root',
      password: url.password ?? '',
      database: url.database ?? undefined,
      ...query,
      charset: charset?.includes('_') ? charset : 'utf8mb4_general_ci',
      ...connectArgs,
      // Dates as the text that the server sent: the driver would read them in local time.
      dateStrings: true,
      timezone: 'Z',
      supportBigNumbers: true,
      jsonStrings: true,
      maxPreparedStatements: 200,
    } as ConnectionOptions
  }

  async connect(): Promise<DriverConnection> {
    const { createConnection } = await import('mysql2/promise')
    const connection = await createConnection(this.#config)
    await connection.query('SET autocommit = 0')
    if (!this.#knowsServer) {
      const [rows] = await connection.query({ sql: 'SELECT VERSION()', rowsAsArray: true })
      const version = String((rows as unknown as unknown[][])[0]?.[0])
      this.traits = /mariadb/i.test(version) ? mariadbTraits : mysqlTraits
      this.#knowsServer = true
    }
    return new MysqlConnection(connection)
  }

  explain = explainMysql
}
