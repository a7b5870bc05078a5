import type { ColumnElement } from '../expression/column-element.ts'
import type { ExpressionNode, FromElement, QueryElement } from '../expression/node.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import type { DialectTraits } from './traits.ts'

/** A parameter's place in a statement. */
export interface BindSlot {
  /** Name under which the value can be given at execution, or null. */
  readonly key: string | null
  readonly value: unknown
  readonly type: TypeEngine
}

/** A column of a result. */
export interface ResultColumn {
  readonly name: string
  readonly type: TypeEngine
}

/** A statement in a database's language. */
export interface Compiled {
  readonly sql: string
  readonly slots: readonly BindSlot[]
  /** Result columns, null when only the database knows them. */
  readonly columns: readonly ResultColumn[] | null
  /** True when the statement may change the database. */
  readonly isWrite: boolean
  /** True when the statement only reads and calls nothing unknown, so that it may run outside a transaction. */
  readonly isPure: boolean
}

/** One run of the compiler, as the writers of its parts see it. */
export interface Compilation {
  readonly traits: DialectTraits
  /** Column names carry their table; false in DDL and RETURNING. */
  qualify: boolean
  /** Becomes false at locks, text and functions that might change something. */
  pure: boolean
  /** Values are written into the text instead of parameters. */
  readonly literalBinds: boolean
  /** Labels that ORDER BY may use. */
  labels: ReadonlySet<string>
  /** FROM elements of the statements around this one. */
  readonly enclosing: (readonly FromElement[])[]
  node(node: ExpressionNode): string
  /** An expression in brackets where its place needs them. */
  element(element: ColumnElement): string
  bind(value: unknown, type: TypeEngine, key: string | null): string
  query(query: QueryElement): string
  /** A nested query, in brackets. */
  nested(query: QueryElement): string
  /** Name of a FROM element; made up when it has none. */
  nameOf(from: FromElement): string
  quote(name: string): string
  /** A FROM element as FROM writes it. */
  from(from: FromElement): string
}
