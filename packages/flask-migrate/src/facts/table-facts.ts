import type { IndexSchema, TypeEngine } from '@flask-ts/sqlalchemy'

/** A column, whether a model or the database described it. */
export interface ColumnFacts {
  readonly name: string
  readonly type: TypeEngine
  readonly nullable: boolean
  /** A literal's text, or an expression; `undefined` without. */
  readonly serverDefault: unknown
  /** The same as SQL of the database at hand; `null` without. */
  readonly defaultSql: string | null
  /** True when the database counts it up by itself. */
  readonly autoincrement: boolean
  readonly comment: string | null
  /** The expression of a computed column, and whether it is stored. */
  readonly computed: { readonly sqltext: string; readonly persisted: boolean | undefined } | null
  /** Options of GENERATED AS IDENTITY. */
  readonly identity: { readonly always: boolean; readonly start?: number; readonly increment?: number } | null
}

/** A primary key or unique constraint. */
export interface KeyFacts {
  readonly name: string | null
  readonly columns: readonly string[]
}

/** An index. */
export interface IndexFacts {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
  /** The model's own index, for expressions, conditions and methods. */
  readonly schema: IndexSchema | null
  /** SQL of the expressions, in the places where `columns` has an empty name. */
  readonly expressions?: readonly string[]
  /** SQL of the condition of a partial index. */
  readonly where?: string
}

/** A foreign key. */
export interface ForeignKeyFacts {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly referredSchema: string | null
  readonly referredTable: string
  readonly referredColumns: readonly string[]
  readonly ondelete: string | null
  readonly onupdate: string | null
  readonly deferrable?: boolean
  readonly initially?: string
}

/** A check constraint. */
export interface CheckFacts {
  readonly name: string | null
  readonly sqltext: string
}

/** A table, whether a model or the database described it. */
export interface TableFacts {
  readonly name: string
  readonly schema: string | null
  readonly comment: string | null
  readonly columns: readonly ColumnFacts[]
  readonly primaryKey: KeyFacts
  readonly uniques: readonly KeyFacts[]
  readonly indexes: readonly IndexFacts[]
  readonly foreignKeys: readonly ForeignKeyFacts[]
  readonly checks: readonly CheckFacts[]
}
