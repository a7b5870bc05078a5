import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { RawResult } from './driver.ts'

/** A prepared statement of either SQLite driver. */
export interface SqliteStatement {
  /** Names of the result's columns; empty when it gives no rows. */
  columns(): readonly string[]
  all(params: readonly unknown[]): unknown[][]
  run(params: readonly unknown[]): { readonly changes: number; readonly lastRowId: number }
  iterate(params: readonly unknown[]): Iterator<unknown[]>
}

/** An open SQLite database of either driver. */
export interface SqliteHandle {
  prepare(sql: string): SqliteStatement
  exec(sql: string): void
  close(): void
}

interface CachedStatement {
  readonly statement: SqliteStatement
  columns: readonly string[]
}

const mostStatements = 300
const schemaChange = /^\s*(?:create|drop|alter|attach|detach|vacuum)\b/i

/** Prepared statements of one open database, the least recently used thrown out. */
export class StatementCache {
  readonly #handle: SqliteHandle
  readonly #cache = new Map<string, CachedStatement>()

  constructor(handle: SqliteHandle) {
    this.#handle = handle
  }

  get(sql: string): CachedStatement {
    const known = this.#cache.get(sql)
    if (known) return known
    const statement = this.#handle.prepare(sql)
    const entry = { statement, columns: statement.columns() }
    if (schemaChange.test(sql)) {
      this.#cache.clear()
      return entry
    }
    if (this.#cache.size >= mostStatements) this.#cache.delete(this.#cache.keys().next().value as string)
    this.#cache.set(sql, entry)
    return entry
  }

  clear(): void {
    this.#cache.clear()
  }

  /** Runs a statement once. */
  run(sql: string, params: readonly unknown[]): RawResult {
    const entry = this.get(sql)
    return runEntry(entry, params)
  }
}

/** Runs a prepared statement with one set of parameters. */
export function runEntry(entry: CachedStatement, params: readonly unknown[]): RawResult {
  if (entry.columns.length === 0) {
    const { changes, lastRowId } = entry.statement.run(params)
    return { rows: [], columns: null, rowCount: changes, lastRowId }
  }
  const rows = entry.statement.all(params)
  // `SELECT *` of a table that has changed since gives other columns than at first.
  const first = rows[0]
  if (first && first.length !== entry.columns.length) entry.columns = entry.statement.columns()
  return { rows, columns: entry.columns, rowCount: rows.length, lastRowId: null }
}

class NodeStatement implements SqliteStatement {
  readonly #statement: StatementSync

  constructor(statement: StatementSync) {
    this.#statement = statement
    statement.setReturnArrays(true)
  }

  columns(): readonly string[] {
    return this.#statement.columns().map((column) => column.name)
  }

  all(params: readonly unknown[]): unknown[][] {
    try {
      return this.#statement.all(...(params as SQLInputValue[])) as unknown as unknown[][]
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_OUT_OF_RANGE') throw error
      return this.#withBigInts(params)
    }
  }

  /** Reads again with integers as bigint: only then do those beyond 2^53 arrive whole. */
  #withBigInts(params: readonly unknown[]): unknown[][] {
    this.#statement.setReadBigInts(true)
    try {
      const rows = this.#statement.all(...(params as SQLInputValue[])) as unknown as unknown[][]
      return rows.map((row) => row.map(narrow))
    } finally {
      this.#statement.setReadBigInts(false)
    }
  }

  run(params: readonly unknown[]): { changes: number; lastRowId: number } {
    const { changes, lastInsertRowid } = this.#statement.run(...(params as SQLInputValue[]))
    return { changes: Number(changes), lastRowId: Number(lastInsertRowid) }
  }

  iterate(params: readonly unknown[]): Iterator<unknown[]> {
    return this.#statement.iterate(...(params as SQLInputValue[])) as unknown as Iterator<unknown[]>
  }
}

function narrow(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

/** Opens a database with Node's own SQLite. */
export function openNodeSqlite(path: string, foreignKeys: boolean, readOnly: boolean): SqliteHandle {
  const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: foreignKeys, readOnly })
  database.function('regexp', { deterministic: true }, (pattern, value) =>
    value === null || pattern === null ? null : Number(new RegExp(String(pattern)).test(String(value))),
  )
  return {
    prepare: (sql) => new NodeStatement(database.prepare(sql)),
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  }
}
