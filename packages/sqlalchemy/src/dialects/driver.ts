import type { DialectTraits } from '../compile/traits.ts'
import type { DBAPIErrorClass } from '../errors/dbapi-errors.ts'

/** What a statement gave: rows as arrays, in the order of the columns. */
export interface RawResult {
  readonly rows: unknown[][]
  /** Column names, null when the statement gives no rows. */
  readonly columns: readonly string[] | null
  readonly rowCount: number
  readonly lastRowId: number | null
}

/** How a transaction isolates itself from others. */
export type IsolationLevel =
  | 'READ UNCOMMITTED'
  | 'READ COMMITTED'
  | 'REPEATABLE READ'
  | 'SERIALIZABLE'
  | 'AUTOCOMMIT'

/** One connection to a database. Statements come one after another; the caller waits for each. */
export interface DriverConnection {
  execute(sql: string, params: readonly unknown[], isWrite: boolean): RawResult | Promise<RawResult>
  /** The same statement for many rows; results come in the order of the rows. */
  executeMany(sql: string, paramSets: readonly (readonly unknown[])[]): RawResult[] | Promise<RawResult[]>
  /** Rows in pieces of about `size`. */
  stream(sql: string, params: readonly unknown[], size: number): AsyncIterable<RawResult>
  begin(isolation: IsolationLevel | null): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  /** A statement that costs little, to see whether the connection lives. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** What a driver's error means. */
export interface ErrorMeaning {
  readonly type: DBAPIErrorClass
  /** True when the connection is lost. */
  readonly disconnect: boolean
}

/** A kind of database behind one URL. */
export interface Driver {
  readonly name: string
  traits: DialectTraits
  /** True when all users share one connection (SQLite in memory). */
  readonly isShared: boolean
  /** True when reads may run before BEGIN without a difference to what they see. */
  readonly readsOutsideTransaction: boolean
  connect(): Promise<DriverConnection>
  explain(error: unknown): ErrorMeaning
}
