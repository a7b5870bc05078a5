import type { IsolationLevel } from '../dialects/driver.ts'
import type { Engine } from '../engine/engine.ts'
import type { Mapper } from '../orm/mapper.ts'

/** Where a session finds its database, and how it behaves. */
export interface SessionOptions {
  /** The database. */
  bind?: Engine
  /** Chooses a database for a class, for those who use several. */
  bindFor?: (mapper: Mapper | null, bindKey: string | null) => Engine
  /** Writes pending changes before every query; true without. */
  autoflush?: boolean
  /**
   * Forgets all values at `commit()` and `rollback()`, so that each object is read again before its attributes are:
   * by a query, `refresh()` or `awaitableAttrs`. Without it values stay readable, as with `AsyncSession` in Python's
   * guide, and only the next query that gives an object renews them.
   */
  expireOnCommit?: boolean
  isolationLevel?: IsolationLevel
  info?: Record<string, unknown>
}

/** How a single statement is executed. */
export interface ExecuteOptions {
  bindKey?: string
  /** Replaces values of objects that are up to date. */
  populateExisting?: boolean
}

/** How `get` loads. */
export interface GetOptions {
  options?: readonly unknown[]
  populateExisting?: boolean
  withForUpdate?: boolean
}
