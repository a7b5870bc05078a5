import { ArgumentError } from '../errors/base-errors.ts'
import type { ColumnElement } from '../expression/column-element.ts'
import type { SelectableQuery } from '../expression/from-clause.ts'
import { checkCount, QueryBase } from './query-base.ts'

/** Ways to combine SELECTs. */
export type CompoundOperator = 'UNION' | 'UNION ALL' | 'INTERSECT' | 'INTERSECT ALL' | 'EXCEPT' | 'EXCEPT ALL'

interface CompoundParts {
  readonly operator: CompoundOperator
  readonly queries: readonly SelectableQuery[]
  readonly orderBy: readonly (ColumnElement | string)[]
  readonly limit: number | ColumnElement | null
  readonly offset: number | ColumnElement | null
}

/** Several SELECTs as one. */
export class CompoundSelect<R extends readonly unknown[] = unknown[]> extends QueryBase<R> {
  readonly statementKind = 'compound'
  readonly parts: CompoundParts

  constructor(parts: CompoundParts) {
    super()
    if (parts.queries.length < 2) throw new ArgumentError(`${parts.operator} needs at least two SELECTs`)
    this.parts = parts
  }

  orderBy(...columns: (ColumnElement | string)[]): CompoundSelect<R> {
    return new CompoundSelect<R>({ ...this.parts, orderBy: [...this.parts.orderBy, ...columns] })
  }

  limit(count: number | ColumnElement | null): CompoundSelect<R> {
    return new CompoundSelect<R>({ ...this.parts, limit: checkCount(count, 'limit') })
  }

  offset(count: number | ColumnElement | null): CompoundSelect<R> {
    return new CompoundSelect<R>({ ...this.parts, offset: checkCount(count, 'offset') })
  }

  exportedColumns(): ReadonlyMap<string, ColumnElement> {
    return (this.parts.queries[0] as SelectableQuery).exportedColumns()
  }
}

type RowsOf<Q> = Q extends QueryBase<infer R> ? R : unknown[]

function compound<Q extends SelectableQuery>(
  operator: CompoundOperator,
  queries: readonly Q[],
): CompoundSelect<RowsOf<Q>> {
  return new CompoundSelect<RowsOf<Q>>({ operator, queries, orderBy: [], limit: null, offset: null })
}

/** Rows of any of the SELECTs, each once. */
export function union<Q extends SelectableQuery>(...queries: Q[]): CompoundSelect<RowsOf<Q>> {
  return compound('UNION', queries)
}

/** Rows of all SELECTs one after another. */
export function unionAll<Q extends SelectableQuery>(...queries: Q[]): CompoundSelect<RowsOf<Q>> {
  return compound('UNION ALL', queries)
}

/** Rows that all SELECTs give. */
export function intersect<Q extends SelectableQuery>(...queries: Q[]): CompoundSelect<RowsOf<Q>> {
  return compound('INTERSECT', queries)
}

/** Rows of the first SELECT that the others do not give. */
export function except<Q extends SelectableQuery>(...queries: Q[]): CompoundSelect<RowsOf<Q>> {
  return compound('EXCEPT', queries)
}
