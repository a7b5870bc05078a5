import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { isWriteText } from '../compile/compiler.ts'
import type { RawResult } from '../dialects/driver.ts'
import type { Connection } from '../engine/connection.ts'
import type { DialectName } from '../types/type-engine.ts'

function toObjects<R>(raw: RawResult): R[] {
  const columns = raw.columns ?? []
  return raw.rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])) as R)
}

class SharedConnection implements DatabaseConnection {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const raw = await this.#connection.executeDriver(query.sql, query.parameters, isWriteText(query.sql))
    const insertId = raw.lastRowId === null ? undefined : BigInt(raw.lastRowId)
    return { rows: toObjects<R>(raw), numAffectedRows: BigInt(raw.rowCount), insertId }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize = 1000): AsyncIterableIterator<QueryResult<R>> {
    for await (const part of this.#connection.streamDriver(query.sql, query.parameters, chunkSize)) {
      yield { rows: toObjects<R>(part) }
    }
  }
}

/** Hands Kysely one connection, whose transaction belongs to its owner. */
class SharedDriver implements Driver {
  readonly #connection: SharedConnection

  constructor(connection: Connection) {
    this.#connection = new SharedConnection(connection)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('SAVEPOINT kysely'))
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('RELEASE SAVEPOINT kysely'))
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('ROLLBACK TO SAVEPOINT kysely'))
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

const parts = {
  sqlite: [SqliteAdapter, SqliteQueryCompiler, SqliteIntrospector],
  postgresql: [PostgresAdapter, PostgresQueryCompiler, PostgresIntrospector],
  mysql: [MysqlAdapter, MysqlQueryCompiler, MysqlIntrospector],
} as const satisfies Record<DialectName, unknown>

/**
 * A Kysely query builder on a connection, within the transaction that the connection is in: for queries
 * that are easier to say in Kysely's words. `await session.connection()` gives the session's.
 */
export function kyselyOn<Database>(connection: Connection): Kysely<Database> {
  const [Adapter, Compiler, Introspector] = parts[connection.traits.name]
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new Adapter(),
      createDriver: () => new SharedDriver(connection),
      createQueryCompiler: () => new Compiler(),
      createIntrospector: (db) => new Introspector(db),
    },
  })
}
