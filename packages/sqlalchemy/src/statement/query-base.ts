import { ArgumentError } from '../errors/base-errors.ts'
import { ColumnElement, type Condition } from '../expression/column-element.ts'
import { Cte, type SelectableQuery, Subquery } from '../expression/from-clause.ts'
import { exists } from '../expression/functions.ts'
import { nullType, type TypeEngine } from '../types/type-engine.ts'

declare const ROW: unique symbol

/** What SELECT and compound SELECT have in common: they can stand in FROM and in expressions. */
export abstract class QueryBase<R extends readonly unknown[] = unknown[]> implements SelectableQuery {
  declare readonly [ROW]: R
  declare readonly '~row': R
  abstract readonly statementKind: string
  abstract exportedColumns(): ReadonlyMap<string, ColumnElement>

  /** The type of the only column, where the query stands for one value. */
  get scalarType(): TypeEngine {
    const [first] = this.exportedColumns().values()
    return first?.type ?? nullType
  }

  /** The query as a FROM element. */
  subquery(name?: string): Subquery {
    return new Subquery(this, name ?? null)
  }

  /** The query as a FROM element that sees those before it. */
  lateral(name?: string): Subquery {
    return new Subquery(this, name ?? null, true)
  }

  /** The query as a common table expression; for a recursive one, give the part that refers to itself. */
  cte(name: string, recurse?: (self: Cte) => SelectableQuery): Cte {
    const cte = new Cte(this, name, recurse !== undefined)
    if (recurse) cte.query = recurse(cte)
    return cte
  }

  /** The query as one value. */
  scalarSubquery(): ColumnElement<R[0]> {
    return new ColumnElement<R[0]>({ kind: 'scalar', query: this }, this.scalarType)
  }

  /** The query as one value with a name. */
  label(name: string): ColumnElement<R[0]> {
    return this.scalarSubquery().label(name)
  }

  /** True when the query gives a row. */
  exists(): Condition {
    return exists(this)
  }
}

/** Checks a LIMIT or OFFSET: a whole number from 0, or an expression. */
export function checkCount(
  value: number | ColumnElement | null,
  what: string,
): number | ColumnElement | null {
  if (value === null || value instanceof ColumnElement) return value
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new ArgumentError(`${what}() takes a whole number from 0, not ${JSON.stringify(value)}`)
}
