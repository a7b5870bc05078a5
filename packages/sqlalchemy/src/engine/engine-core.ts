import type { DialectTraits } from '../compile/traits.ts'
import type { Driver, IsolationLevel } from '../dialects/driver.ts'
import type { MetaData, ReflectOptions } from '../schema/metadata.ts'
import type { Pool } from './pool.ts'

/** An engine as its connections see it. */
export interface EngineCore {
  readonly driver: Driver
  readonly traits: DialectTraits
  readonly pool: Pool
  readonly isolationLevel: IsolationLevel | null
  /** True when statements are written to the log or recorded. */
  readonly logsStatements: boolean
  log(line: string): void
  logStatement(sql: string, params: readonly unknown[], milliseconds: number): void
  /** Reads tables into a collection; set by the engine, which stands above reflection. */
  reflector(source: ReflectionHost, metadata: MetaData, options: ReflectOptions): Promise<void>
}

/** A connection as reflection sees it. */
export interface ReflectionHost {
  readonly traits: DialectTraits
  executeDriver(
    sql: string,
    params: readonly unknown[],
    isWrite?: boolean,
    isPure?: boolean,
  ): { readonly rows: unknown[][] } | Promise<{ readonly rows: unknown[][] }>
}
