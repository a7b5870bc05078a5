import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteTraits } from '../compile/traits.ts'
import { ArgumentError } from '../errors/base-errors.ts'
import type { DatabaseUrl } from '../url/database-url.ts'
import { type BetterSqlite3, openBetterSqlite } from './better-sqlite3-handle.ts'
import type { Driver, DriverConnection, IsolationLevel, RawResult } from './driver.ts'
import { requireDriver } from './require-driver.ts'
import { explainSqlite, sqliteCode } from './sqlite-errors.ts'
import { openNodeSqlite, runEntry, type SqliteHandle, StatementCache } from './sqlite-handle.ts'
import { fileLock, WriteLock } from './write-lock.ts'

/** What can be set of a SQLite database, by `connectArgs` or in the URL's query. */
export interface SqliteOptions {
  /** Milliseconds to wait for another writer; 5,000 without. */
  readonly timeout: number
  readonly foreignKeys: boolean
  readonly journalMode: string | null
  readonly readOnly: boolean
}

/** An open database with its statements and the lock that its writers wait for. */
interface OpenDatabase {
  readonly handle: SqliteHandle
  readonly statements: StatementCache
  readonly lock: WriteLock
}

const busy = 5
const locked = 6

function busyError(): Error {
  return Object.assign(new Error('database is locked'), { errcode: busy, code: 'ERR_SQLITE_ERROR' })
}

/** Repeats what another process's lock refuses, without blocking the event loop. */
async function patiently<T>(action: () => T, timeout: number): Promise<T> {
  const end = performance.now() + timeout
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    try {
      return action()
    } catch (error) {
      const code = sqliteCode(error)
      if ((code !== busy && code !== locked) || performance.now() >= end) throw error
    }
    await sleep(wait)
  }
}

/**
 * One user's view of a SQLite database. Reads run by themselves; the first write takes the file's lock
 * and begins the transaction, so that no reader ever holds up a writer (Python's sqlite3 does alike).
 */
class SqliteConnection implements DriverConnection {
  readonly #database: OpenDatabase
  readonly #options: SqliteOptions
  readonly #ownsHandle: boolean
  #begun = false
  #autocommit = false
  #writing = false

  constructor(database: OpenDatabase, options: SqliteOptions, ownsHandle: boolean) {
    this.#database = database
    this.#options = options
    this.#ownsHandle = ownsHandle
  }

  execute(sql: string, params: readonly unknown[], isWrite: boolean): RawResult | Promise<RawResult> {
    if (isWrite && !this.#writing) return this.#firstWrite(sql, params)
    try {
      return this.#database.statements.run(sql, params)
    } catch (error) {
      if (sqliteCode(error) !== busy) throw error
      return patiently(() => this.#database.statements.run(sql, params), this.#options.timeout)
    }
  }

  async #firstWrite(sql: string, params: readonly unknown[]): Promise<RawResult> {
    await this.#startWriting()
    try {
      return this.#database.statements.run(sql, params)
    } finally {
      if (this.#autocommit || !this.#begun) await this.commit()
    }
  }

  async #startWriting(): Promise<void> {
    const { lock, statements } = this.#database
    if (!lock.tryAcquire() && !(await lock.acquire(this.#options.timeout))) throw busyError()
    try {
      await patiently(() => statements.run('BEGIN IMMEDIATE', []), this.#options.timeout)
    } catch (error) {
      lock.release()
      throw error
    }
    this.#writing = true
  }

  async executeMany(sql: string, paramSets: readonly (readonly unknown[])[]): Promise<RawResult[]> {
    if (!this.#writing) await this.#startWriting()
    const entry = this.#database.statements.get(sql)
    const results = new Array<RawResult>(paramSets.length)
    try {
      for (let index = 0; index < paramSets.length; index++) {
        results[index] = runEntry(entry, paramSets[index] as readonly unknown[])
      }
    } finally {
      if (this.#autocommit || !this.#begun) await this.commit()
    }
    return results
  }

  async *stream(sql: string, params: readonly unknown[], size: number): AsyncGenerator<RawResult> {
    // A statement of its own: the cached one may be asked for again while this one is half read.
    const statement = this.#database.handle.prepare(sql)
    const columns = statement.columns()
    const iterator = statement.iterate(params)
    for (;;) {
      const rows: unknown[][] = []
      let step = iterator.next()
      while (!step.done) {
        rows.push(step.value)
        if (rows.length >= size) break
        step = iterator.next()
      }
      if (rows.length) yield { rows, columns, rowCount: rows.length, lastRowId: null }
      if (step.done) return
    }
  }

  async begin(isolation: IsolationLevel | null): Promise<void> {
    this.#begun = true
    this.#autocommit = isolation === 'AUTOCOMMIT'
  }

  async #end(sql: string): Promise<void> {
    this.#begun = false
    if (!this.#writing) return
    const { statements, lock } = this.#database
    try {
      await patiently(() => statements.run(sql, []), this.#options.timeout)
    } catch (error) {
      // Some errors end the transaction by themselves; a second end would only hide the first error.
      if (sql === 'COMMIT') throw error
      if (!/no transaction is active/.test(String((error as Error).message))) throw error
    }
    this.#writing = false
    lock.release()
  }

  async commit(): Promise<void> {
    const begun = this.#begun
    await this.#end('COMMIT')
    if (this.#autocommit) this.#begun = begun
  }

  async rollback(): Promise<void> {
    await this.#end('ROLLBACK')
  }

  async ping(): Promise<void> {
    this.#database.statements.run('SELECT 1', [])
  }

  async close(): Promise<void> {
    await this.rollback()
    if (!this.#ownsHandle) return
    this.#database.statements.clear()
    this.#database.handle.close()
  }
}

function flag(value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback
  return value === true || value === '1' || value === 'true' || value === 'on'
}

function readOptions(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): SqliteOptions {
  const given: Record<string, unknown> = { ...url.query, ...connectArgs }
  const seconds = Number(given.timeout ?? 5)
  const mode = given.journalMode ?? given.journal_mode ?? null
  if (mode !== null && !/^(delete|truncate|persist|memory|wal|off)$/i.test(String(mode))) {
    throw new ArgumentError(
      `journalMode takes delete, truncate, persist, memory, wal or off, not '${String(mode)}'`,
    )
  }
  return {
    timeout: seconds * 1000,
    foreignKeys: flag(given.foreignKeys ?? given.foreign_keys, false),
    journalMode: mode === null ? null : String(mode),
    readOnly: flag(given.readOnly ?? given.read_only, false),
  }
}

/** SQLite by Node's own module, or by better-sqlite3 for `sqlite+better-sqlite3://`. */
export class SqliteDriver implements Driver {
  readonly name: string
  readonly traits = sqliteTraits
  readonly readsOutsideTransaction = false
  readonly isShared: boolean
  readonly #path: string
  readonly #options: SqliteOptions
  readonly #better: boolean
  #shared: OpenDatabase | null = null

  constructor(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>) {
    const path = url.database ?? ':memory:'
    this.isShared = path === ':memory:' || path === ''
    this.#path = this.isShared ? ':memory:' : resolve(path)
    this.#options = readOptions(url, connectArgs)
    this.#better = /^better[-_]?sqlite3$/.test(url.driverName ?? '')
    this.name = this.#better ? 'better-sqlite3' : 'node:sqlite'
    if (this.#better) requireDriver('better-sqlite3')
  }

  #open(): OpenDatabase {
    const { foreignKeys, readOnly, journalMode } = this.#options
    const handle = this.#better
      ? openBetterSqlite(loadBetter(), this.#path, foreignKeys, readOnly)
      : openNodeSqlite(this.#path, foreignKeys, readOnly)
    if (journalMode) handle.exec(`PRAGMA journal_mode = ${journalMode}`)
    const lock = this.isShared ? new WriteLock() : fileLock(this.#path)
    return { handle, statements: new StatementCache(handle), lock }
  }

  async connect(): Promise<DriverConnection> {
    if (!this.isShared) return new SqliteConnection(this.#open(), this.#options, true)
    this.#shared ??= this.#open()
    return new SqliteConnection(this.#shared, this.#options, false)
  }

  explain = explainSqlite
}

function loadBetter(): BetterSqlite3 {
  return createRequire(import.meta.url)('better-sqlite3') as BetterSqlite3
}
