import type { Compiled } from '../compile/compilation.ts'
import { bindParameters, compile, type Executable } from '../compile/compiler.ts'
import type { DialectTraits } from '../compile/traits.ts'
import type { IsolationLevel, RawResult } from '../dialects/driver.ts'
import { InvalidRequestError, ResourceClosedError, SQLAlchemyError } from '../errors/base-errors.ts'
import { StatementError } from '../errors/dbapi-errors.ts'
import { dispatch, listenersOf } from '../event/listeners.ts'
import { TextClause, text } from '../expression/text-clause.ts'
import type { MetaData, ReflectOptions } from '../schema/metadata.ts'
import type { TableSchema } from '../schema/table.ts'
import { Insert } from '../statement/dml.ts'
import { createTables, dropTables } from './ddl-runner.ts'
import type { EngineCore } from './engine-core.ts'
import { insertedKey, withImplicitReturning } from './inserted-key.ts'
import type { PooledConnection } from './pool.ts'
import { Result } from './result.ts'
import type { Row } from './row.ts'
import { readRows } from './row-reader.ts'

/** Values of named parameters; a list of them executes the statement once for each. */
export type Parameters = Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[]

type RowOf<S> = S extends { readonly '~row'?: infer R }
  ? R extends readonly unknown[]
    ? R
    : unknown[]
  : unknown[]

/** How a connection behaves. */
export interface ConnectionOptions {
  isolationLevel?: IsolationLevel
}

/**
 * A connection taken from the pool. The transaction begins by itself with the first statement and lasts
 * until `commit()`, `rollback()` or `close()`.
 */
export class Connection {
  readonly engine: EngineCore
  #pooled: PooledConnection | null
  #transaction = false
  #invalid = false
  #isolation: IsolationLevel | null
  #savepoints = 0
  #beginning: Promise<void> | null = null

  constructor(engine: EngineCore, pooled: PooledConnection, isolation: IsolationLevel | null) {
    this.engine = engine
    this.#pooled = pooled
    this.#isolation = isolation
  }

  get traits(): DialectTraits {
    return this.engine.traits
  }

  get closed(): boolean {
    return this.#pooled === null
  }

  /** True when the connection was lost. */
  get invalidated(): boolean {
    return this.#invalid
  }

  /** True between the first statement and the end of the transaction. */
  inTransaction(): boolean {
    return this.#transaction
  }

  /** Sets the isolation level of the transactions to come. */
  executionOptions(options: ConnectionOptions): this {
    if (this.#transaction) {
      throw new InvalidRequestError('The isolation level can only be set before the transaction has begun')
    }
    this.#isolation = options.isolationLevel ?? this.#isolation
    return this
  }

  get #driver() {
    if (!this.#pooled) throw new ResourceClosedError('This Connection is closed')
    if (this.#invalid) {
      throw new InvalidRequestError(
        "Can't reconnect until invalid transaction is rolled back: close this connection",
      )
    }
    return this.#pooled.driver
  }

  /** Begins the transaction now. */
  async begin(): Promise<void> {
    if (this.#transaction) {
      throw new InvalidRequestError(
        "This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; can't call begin() here unless rollback() or commit() is called first.",
      )
    }
    await this.#begin()
  }

  /** Several statements may come first at once; they share one beginning. */
  #begin(): Promise<void> {
    this.#beginning ??= this.#beginOnce().finally(() => {
      this.#beginning = null
    })
    return this.#beginning
  }

  async #beginOnce(): Promise<void> {
    try {
      await this.#driver.begin(this.#isolation ?? this.engine.isolationLevel)
    } catch (error) {
      throw this.#explain(error, '', [])
    }
    this.#transaction = true
    this.engine.log('BEGIN (implicit)')
  }

  #explain(error: unknown, sql: string, params: readonly unknown[]): unknown {
    if (error instanceof SQLAlchemyError && !(error instanceof StatementError && error.statement === ''))
      return error
    const orig = error instanceof StatementError ? error.orig : error
    const { type, disconnect } = this.engine.driver.explain(orig)
    if (disconnect) {
      this.#invalid = true
      this.engine.pool.invalidateAll()
    }
    return new type(orig, sql, params, disconnect)
  }

  /**
   * Sends SQL as it is to the driver; the base of everything else.
   * @param sql text with the driver's placeholders
   * @param isPure true when it may run before the transaction begins
   */
  executeDriver(
    sql: string,
    params: readonly unknown[],
    isWrite = true,
    isPure = false,
  ): RawResult | Promise<RawResult> {
    const early =
      isPure && this.engine.driver.readsOutsideTransaction && !this.#isolation && !this.engine.isolationLevel
    const logged =
      this.engine.logsStatements ||
      listenersOf(this.engine, 'beforeCursorExecute') ||
      listenersOf(this.engine, 'afterCursorExecute')
    if ((!this.#transaction && !early) || logged) return this.#executeSlowly(sql, params, isWrite, early)
    try {
      const answer = this.#driver.execute(sql, params, isWrite)
      if (!(answer instanceof Promise)) return answer
      return answer.catch((error: unknown) => {
        throw this.#explain(error, sql, params)
      })
    } catch (error) {
      throw this.#explain(error, sql, params)
    }
  }

  async #executeSlowly(
    sql: string,
    params: readonly unknown[],
    isWrite: boolean,
    early: boolean,
  ): Promise<RawResult> {
    if (!this.#transaction && !early) await this.#begin()
    const driver = this.#driver
    await dispatch(this.engine, 'beforeCursorExecute', this, sql, params)
    const start = performance.now()
    try {
      return await driver.execute(sql, params, isWrite)
    } catch (error) {
      throw this.#explain(error, sql, params)
    } finally {
      this.engine.logStatement(sql, params, performance.now() - start)
      await dispatch(this.engine, 'afterCursorExecute', this, sql, params, performance.now() - start)
    }
  }

  /** Sends the same SQL for many sets of parameters. */
  async executeManyDriver(sql: string, sets: readonly (readonly unknown[])[]): Promise<RawResult[]> {
    if (!this.#transaction) await this.#begin()
    if (
      this.engine.logsStatements ||
      listenersOf(this.engine, 'beforeCursorExecute') ||
      listenersOf(this.engine, 'afterCursorExecute')
    ) {
      const results: RawResult[] = []
      for (const params of sets) results.push(await this.executeDriver(sql, params))
      return results
    }
    try {
      return await this.#driver.executeMany(sql, sets)
    } catch (error) {
      throw this.#explain(error, sql, sets[0] ?? [])
    }
  }

  /** Executes a statement; SQL text goes through `text()`. */
  async execute<S extends Executable>(statement: S, parameters?: Parameters): Promise<Result<RowOf<S>>>
  async execute(statement: Executable, parameters?: Parameters): Promise<Result> {
    if (Array.isArray(parameters)) return await this.#executeMany(statement, parameters)
    return await this.#executeOne(statement, (parameters as Record<string, unknown> | undefined) ?? null)
  }

  async #executeMany(
    statement: Executable,
    sets: readonly Readonly<Record<string, unknown>>[],
  ): Promise<Result> {
    let rowCount = 0
    for (const values of sets) {
      const bound =
        statement instanceof Insert && statement.parts.values.length === 0
          ? statement.values(values)
          : statement
      const result = await this.#executeOne(bound, values)
      rowCount += result.rowcount
    }
    return new Result([], [], { rowCount, returnsRows: false })
  }

  async #executeOne(given: Executable, values: Readonly<Record<string, unknown>> | null): Promise<Result> {
    const seeded =
      given instanceof Insert && values && given.parts.values.length === 0 && !given.parts.fromSelect
    const full = seeded ? given.values(values) : given
    const statement = withImplicitReturning(full, this.traits)
    const compiled = compile(statement, this.traits)
    const params = bindParameters(compiled, this.traits, values)
    const raw = await this.executeDriver(compiled.sql, params, compiled.isWrite, compiled.isPure)
    const returnsRows = raw.columns !== null && statement === full
    const insertedPrimaryKey = full instanceof Insert ? insertedKey(full, raw, this.traits) : null
    const info = { rowCount: raw.rowCount, lastRowId: raw.lastRowId, insertedPrimaryKey, returnsRows }
    if (!returnsRows) return new Result([], [], info)
    const typed = full instanceof TextClause ? withTextTypes(compiled, full, raw) : compiled
    const { rows, keys } = readRows(raw, typed, this.traits.name)
    return new Result(rows as unknown as Row[], keys, info)
  }

  /** Executes and gives the first value of the first row, or null. */
  async scalar<S extends Executable>(statement: S, parameters?: Parameters): Promise<RowOf<S>[0] | null> {
    const result = await this.execute(statement, parameters)
    return result.scalar() as RowOf<S>[0] | null
  }

  /** Executes SQL text without looking for parameters in it. */
  async execDriverSql(sql: string, params: readonly unknown[] = []): Promise<Result> {
    const raw = await this.executeDriver(sql, params)
    const compiled: Compiled = { sql, slots: [], columns: null, isWrite: true, isPure: false }
    const { rows, keys } = readRows(raw, compiled, this.traits.name)
    return new Result(rows as unknown as Row[], keys, {
      rowCount: raw.rowCount,
      returnsRows: raw.columns !== null,
    })
  }

  /** Reads a large result in pieces of `size` rows. */
  async *streamDriver(sql: string, params: readonly unknown[], size: number): AsyncGenerator<RawResult> {
    if (!this.#transaction) await this.#begin()
    try {
      yield* this.#driver.stream(sql, params, size)
    } catch (error) {
      throw this.#explain(error, sql, params)
    }
  }

  /** Executes a SELECT whose rows arrive in pieces. */
  async *stream<S extends Executable>(statement: S, size = 1000): AsyncGenerator<Row<RowOf<S>>> {
    const compiled = compile(statement, this.traits)
    for await (const part of this.streamDriver(
      compiled.sql,
      bindParameters(compiled, this.traits, null),
      size,
    )) {
      yield* readRows(part, compiled, this.traits.name).rows as unknown as Row<RowOf<S>>[]
    }
  }

  /** Ends the transaction and keeps what it did. */
  async commit(): Promise<void> {
    if (!this.#transaction) return
    const driver = this.#driver
    try {
      await driver.commit()
    } catch (error) {
      throw this.#explain(error, 'COMMIT', [])
    }
    this.#transaction = false
    this.engine.log('COMMIT')
  }

  /** Ends the transaction and undoes what it did. */
  async rollback(): Promise<void> {
    if (!this.#transaction) return
    this.#transaction = false
    if (this.#invalid || !this.#pooled) return
    try {
      await this.#pooled.driver.rollback()
      this.engine.log('ROLLBACK')
    } catch (error) {
      const explained = this.#explain(error, 'ROLLBACK', [])
      // A lost connection has rolled back already.
      if (!this.#invalid) throw explained
    }
  }

  /** Sets a savepoint and gives its name. */
  async savepoint(): Promise<string> {
    const name = `sa_savepoint_${++this.#savepoints}`
    await this.executeDriver(`SAVEPOINT ${name}`, [])
    return name
  }

  async releaseSavepoint(name: string): Promise<void> {
    await this.executeDriver(`RELEASE SAVEPOINT ${name}`, [])
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    await this.executeDriver(`ROLLBACK TO SAVEPOINT ${name}`, [])
  }

  /** Runs an action within a savepoint, which is undone when the action fails. */
  async beginNested<T>(action: () => Promise<T>): Promise<T> {
    const name = await this.savepoint()
    try {
      const value = await action()
      await this.releaseSavepoint(name)
      return value
    } catch (error) {
      await this.rollbackToSavepoint(name)
      throw error
    }
  }

  async createTables(tables: readonly TableSchema[], checkFirst: boolean): Promise<void> {
    await createTables(this, tables, checkFirst)
  }

  async dropTables(tables: readonly TableSchema[], checkFirst: boolean): Promise<void> {
    await dropTables(this, tables, checkFirst)
  }

  async reflectInto(metadata: MetaData, options: ReflectOptions): Promise<void> {
    await this.engine.reflector(this, metadata, options)
  }

  /** Drops the connection itself, as if it had been lost. */
  invalidate(): void {
    this.#invalid = true
  }

  /** Rolls back and gives the connection back to the pool. */
  async close(): Promise<void> {
    const pooled = this.#pooled
    if (!pooled) return
    try {
      await this.rollback()
    } finally {
      this.#pooled = null
      await this.engine.pool.checkin(pooled, this.#invalid)
      await dispatch(this.engine, 'checkin', pooled.driver)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/** Result columns of SQL text: declared types by name, in the order in which the database gave them. */
function withTextTypes(compiled: Compiled, statement: TextClause, raw: RawResult): Compiled {
  if (statement.columnTypes.size === 0 || !raw.columns) return compiled
  const untyped = text('').type
  const columns = raw.columns.map((name) => ({
    name,
    type: statement.columnTypes.get(name)?.type ?? untyped,
  }))
  return { ...compiled, columns }
}
