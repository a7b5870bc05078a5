import type { SqliteHandle, SqliteStatement } from './sqlite-handle.ts'

/** The part of better-sqlite3's statements that is used here. */
interface BetterStatement {
  readonly reader: boolean
  raw(on: boolean): BetterStatement
  columns(): { name: string }[]
  all(...params: readonly unknown[]): unknown[]
  run(...params: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint }
  iterate(...params: readonly unknown[]): Iterator<unknown[]>
}

/** The part of better-sqlite3's database that is used here. */
interface BetterDatabase {
  prepare(sql: string): BetterStatement
  exec(sql: string): unknown
  pragma(sql: string): unknown
  function(name: string, options: object, body: (...args: unknown[]) => unknown): unknown
  close(): unknown
}

/** The module's constructor. */
export type BetterSqlite3 = new (
  path: string,
  options: { timeout: number; readonly: boolean },
) => BetterDatabase

function wrap(statement: BetterStatement): SqliteStatement {
  if (statement.reader) statement.raw(true)
  return {
    columns: () => (statement.reader ? statement.columns().map((column) => column.name) : []),
    all: (params) => statement.all(...params) as unknown[][],
    run: (params) => {
      const { changes, lastInsertRowid } = statement.run(...params)
      return { changes, lastRowId: Number(lastInsertRowid) }
    },
    iterate: (params) => statement.iterate(...params),
  }
}

/** Opens a database with better-sqlite3. */
export function openBetterSqlite(
  Database: BetterSqlite3,
  path: string,
  foreignKeys: boolean,
  readOnly: boolean,
): SqliteHandle {
  const database = new Database(path, { timeout: 0, readonly: readOnly })
  database.pragma(`foreign_keys = ${foreignKeys ? 'on' : 'off'}`)
  database.function('regexp', { deterministic: true }, (pattern, value) =>
    value === null || pattern === null ? null : Number(new RegExp(String(pattern)).test(String(value))),
  )
  return {
    prepare: (sql) => wrap(database.prepare(sql)),
    exec: (sql) => {
      database.exec(sql)
    },
    close: () => {
      database.close()
    },
  }
}
