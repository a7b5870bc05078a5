import type { DialectTraits } from '../compile/traits.ts'
import type { TypeEngine } from '../types/type-engine.ts'

/** A column as the database describes it. */
export interface ReflectedColumn {
  readonly name: string
  readonly type: TypeEngine
  /** The database's own words for the type. */
  readonly typeText: string
  readonly nullable: boolean
  /** SQL text of the default, or null. */
  readonly defaultText: string | null
  readonly autoincrement: boolean
  readonly comment: string | null
  readonly computed: string | null
}

/** A foreign key as the database describes it. */
export interface ReflectedForeignKey {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly referredSchema: string | null
  readonly referredTable: string
  readonly referredColumns: readonly string[]
  readonly ondelete: string | null
  readonly onupdate: string | null
}

/** An index as the database describes it. */
export interface ReflectedIndex {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
}

/** A unique constraint as the database describes it. */
export interface ReflectedUnique {
  readonly name: string | null
  readonly columns: readonly string[]
}

/** A check constraint as the database describes it. */
export interface ReflectedCheck {
  readonly name: string | null
  readonly sqltext: string
}

/** A table as the database describes it. */
export interface ReflectedTable {
  readonly name: string
  readonly schema: string | null
  readonly comment: string | null
  readonly columns: readonly ReflectedColumn[]
  readonly primaryKey: { readonly name: string | null; readonly columns: readonly string[] }
  readonly foreignKeys: readonly ReflectedForeignKey[]
  readonly indexes: readonly ReflectedIndex[]
  readonly uniqueConstraints: readonly ReflectedUnique[]
  readonly checks: readonly ReflectedCheck[]
}

/** What reflection asks the database through. */
export interface ReflectionSource {
  readonly traits: DialectTraits
  executeDriver(
    sql: string,
    params: readonly unknown[],
    isWrite?: boolean,
    isPure?: boolean,
  ): { readonly rows: unknown[][] } | Promise<{ readonly rows: unknown[][] }>
}

/** Asks and gives the rows. */
export async function ask(
  source: ReflectionSource,
  sql: string,
  params: readonly unknown[] = [],
): Promise<readonly unknown[][]> {
  return (await source.executeDriver(sql, params, false, true)).rows
}

/** Text of a value that may be missing. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

/** `NO ACTION`, which every database has when nothing else is said, counts as nothing. */
export function actionOrNull(value: unknown): string | null {
  const text = textOrNull(value)
  return text === null || text === 'NO ACTION' || text === 'a' ? null : text
}
