import type { ColumnElement, Condition } from '../expression/column-element.ts'
import type { EntitySource, JoinPath } from '../expression/entity.ts'
import type { Cte, FromClause, JoinKind } from '../expression/from-clause.ts'
import type { SelectItem } from './select-item.ts'

/** What `join()` was given. */
export interface JoinSpec {
  readonly target: FromClause | EntitySource | JoinPath
  /** A relationship whose target is replaced by `target`, or the condition. */
  readonly on: Condition | JoinPath | null
  readonly kind: JoinKind
}

/** Row locks. */
export interface ForUpdate {
  readonly read?: boolean
  readonly nowait?: boolean
  readonly skipLocked?: boolean
  readonly of?: readonly (FromClause | EntitySource)[]
}

/** All that a SELECT consists of; never changed, only copied. */
export interface SelectParts {
  readonly items: readonly SelectItem[]
  readonly froms: readonly FromClause[]
  readonly joins: readonly JoinSpec[]
  readonly where: readonly Condition[]
  readonly groupBy: readonly ColumnElement[]
  readonly having: readonly Condition[]
  readonly orderBy: readonly (ColumnElement | string)[]
  readonly limit: number | ColumnElement | null
  readonly offset: number | ColumnElement | null
  readonly distinct: boolean | readonly ColumnElement[]
  readonly forUpdate: ForUpdate | null
  readonly correlate: readonly FromClause[] | null
  readonly ctes: readonly Cte[]
  /** Loader options, which only the ORM reads. */
  readonly options: readonly unknown[]
  readonly executionOptions: Readonly<Record<string, unknown>>
}

/** A SELECT of nothing. */
export const emptyParts: SelectParts = {
  items: [],
  froms: [],
  joins: [],
  where: [],
  groupBy: [],
  having: [],
  orderBy: [],
  limit: null,
  offset: null,
  distinct: false,
  forUpdate: null,
  correlate: null,
  ctes: [],
  options: [],
  executionOptions: {},
}
