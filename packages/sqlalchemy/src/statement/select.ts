import { ArgumentError, InvalidRequestError } from '../errors/base-errors.ts'
import { ColumnElement, type Condition } from '../expression/column-element.ts'
import {
  ENTITY,
  type EntityRef,
  type EntitySource,
  isEntity,
  isJoinPath,
  type JoinPath,
} from '../expression/entity.ts'
import { type Cte, FromClause } from '../expression/from-clause.ts'
import { checkCount, QueryBase } from './query-base.ts'
import { checkItem, itemColumns, itemEntity, type SelectItem, type SelectRow } from './select-item.ts'
import { emptyParts, type ForUpdate, type JoinSpec, type SelectParts } from './select-parts.ts'

/** Keys and values of `filterBy`: data attributes of the entity, not its methods. */
export type FilterValues<I> = {
  [K in keyof (I & {}) as (I & {})[K] extends (...args: never[]) => unknown ? never : K]?:
    | (I & {})[K]
    | ColumnElement
    | null
}

/** What `orderBy` takes: expressions, and names of columns or labels. */
export type OrderItem<I = unknown> = ColumnElement | (keyof I & string) | (string & {})

/** A target of `join()`. */
export type JoinTarget = FromClause | EntitySource | JoinPath

/** Where an attribute name leads to in an entity or table. */
export function entityColumn(entity: EntityRef | FromClause, key: string): ColumnElement {
  const column = entity instanceof FromClause ? entity.columns.get(key) : entity.attribute(key)
  if (column) return column
  const name = entity instanceof FromClause ? entity.name : (entity.from.name ?? entity.entityName)
  throw new InvalidRequestError(`Entity namespace for "${name}" has no property "${key}"`)
}

function stepOptions(options: { isOuter?: boolean; full?: boolean }): JoinSpec['kind'] {
  return options.full ? 'full' : options.isOuter ? 'left' : 'inner'
}

/** A SELECT whose rows are tuples `R`. Every method gives a new statement. */
export class Select<R extends readonly unknown[] = unknown[]> extends QueryBase<R> {
  readonly statementKind = 'select'
  readonly parts: SelectParts

  constructor(parts: SelectParts) {
    super()
    this.parts = parts
  }

  /** A copy with some parts replaced. */
  with(changes: Partial<SelectParts>): Select<R> {
    return new Select<R>({ ...this.parts, ...changes })
  }

  /** Adds conditions, all of which must hold. */
  where(...conditions: (Condition | undefined)[]): Select<R> {
    const given = conditions.filter((condition) => condition !== undefined)
    for (const condition of given) {
      if (condition instanceof ColumnElement) continue
      throw new ArgumentError(`SQL expression for WHERE/HAVING role expected, got ${String(condition)}.`)
    }
    return this.with({ where: [...this.parts.where, ...given] })
  }

  /** Another name of `where`. */
  filter(...conditions: (Condition | undefined)[]): Select<R> {
    return this.where(...conditions)
  }

  /** Adds conditions of equality on attributes of the entity that was joined last, or selected first. */
  filterBy(values: FilterValues<R[0]>): Select<R> {
    const entity = this.filterEntity()
    const conditions = Object.entries(values).map(([key, value]) => entityColumn(entity, key).eq(value))
    return this.where(...conditions)
  }

  /** The entity that `filterBy` means. */
  filterEntity(): EntityRef | FromClause {
    const joined = this.parts.joins.at(-1)?.target
    if (joined) return isJoinPath(joined) ? joined.joinTarget : isEntity(joined) ? joined[ENTITY] : joined
    for (const item of this.parts.items) {
      const entity = itemEntity(item)
      if (entity) return entity
      if (
        item instanceof ColumnElement &&
        item.node.kind === 'column' &&
        item.node.from instanceof FromClause
      ) {
        return item.node.from
      }
    }
    const from = this.parts.froms.at(-1)
    if (from) return from
    throw new InvalidRequestError('filterBy() found no entity to filter: select a mapped class or a table')
  }

  /**
   * Joins a relationship, a mapped class or a table.
   * @param target what to join
   * @param on the condition, or the relationship that leads to `target` when that is an alias
   */
  join(
    target: JoinTarget,
    on?: Condition | JoinPath,
    options: { isOuter?: boolean; full?: boolean } = {},
  ): Select<R> {
    const spec: JoinSpec = { target, on: on ?? null, kind: stepOptions(options) }
    return this.with({ joins: [...this.parts.joins, spec] })
  }

  /** A left outer join. */
  outerjoin(target: JoinTarget, on?: Condition | JoinPath): Select<R> {
    return this.join(target, on, { isOuter: true })
  }

  /** Names what stands in FROM. */
  selectFrom(...froms: (FromClause | EntitySource)[]): Select<R> {
    const clauses = froms.map((from) => (from instanceof FromClause ? from : from[ENTITY].from))
    return this.with({ froms: [...this.parts.froms, ...clauses] })
  }

  groupBy(...columns: ColumnElement[]): Select<R> {
    return this.with({ groupBy: [...this.parts.groupBy, ...columns] })
  }

  having(...conditions: Condition[]): Select<R> {
    return this.with({ having: [...this.parts.having, ...conditions] })
  }

  /** Adds to the order; `orderBy(null)` takes it away. */
  orderBy(...columns: (OrderItem<R[0]> | null)[]): Select<R> {
    if (columns.length === 1 && columns[0] === null) return this.with({ orderBy: [] })
    const given = columns.filter((column) => column !== null)
    return this.with({ orderBy: [...this.parts.orderBy, ...given] })
  }

  limit(count: number | ColumnElement | null): Select<R> {
    return this.with({ limit: checkCount(count, 'limit') })
  }

  offset(count: number | ColumnElement | null): Select<R> {
    return this.with({ offset: checkCount(count, 'offset') })
  }

  /** Rows from `start` to before `stop`. */
  slice(start: number, stop: number): Select<R> {
    return this.limit(stop - start).offset(start)
  }

  /** DISTINCT, or DISTINCT ON the given columns (PostgreSQL). */
  distinct(...columns: ColumnElement[]): Select<R> {
    return this.with({ distinct: columns.length ? columns : true })
  }

  /** Locks the rows until the transaction ends. */
  withForUpdate(options: ForUpdate = {}): Select<R> {
    return this.with({ forUpdate: options })
  }

  /** Adds loader options: `selectinload(User.posts)`. */
  options(...options: unknown[]): Select<R> {
    return this.with({ options: [...this.parts.options, ...options] })
  }

  executionOptions(options: Record<string, unknown>): Select<R> {
    return this.with({ executionOptions: { ...this.parts.executionOptions, ...options } })
  }

  /** Elements of the enclosing statement that this SELECT refers to; without, all that it can. */
  correlate(...froms: (FromClause | EntitySource)[]): Select<R> {
    return this.with({
      correlate: froms.map((from) => (from instanceof FromClause ? from : from[ENTITY].from)),
    })
  }

  /** Puts common table expressions first even where nothing selects from them. */
  addCte(...ctes: Cte[]): Select<R> {
    return this.with({ ctes: [...this.parts.ctes, ...ctes] })
  }

  /** Selects more. */
  addColumns<const T extends readonly SelectItem[]>(...items: T): Select<[...R, ...SelectRow<T>]> {
    return new Select({ ...this.parts, items: [...this.parts.items, ...items.map(checkItem)] })
  }

  /** Selects other things from the same rows. */
  withOnlyColumns<const T extends readonly SelectItem[]>(...items: T): Select<SelectRow<T>> {
    return new Select({ ...this.parts, items: items.map(checkItem) })
  }

  exportedColumns(): ReadonlyMap<string, ColumnElement> {
    const columns = new Map<string, ColumnElement>()
    for (const column of this.parts.items.flatMap(itemColumns)) {
      const base = column.node.kind === 'column' ? column.node.name : column.key
      let name = base ?? `anon_${columns.size + 1}`
      for (let count = 1; columns.has(name); count++) name = `${base}_${count}`
      columns.set(name, column)
    }
    return columns
  }
}

/** A SELECT of expressions, mapped classes and tables. */
export function select<const T extends readonly SelectItem[]>(...items: T): Select<SelectRow<T>> {
  return new Select<SelectRow<T>>({ ...emptyParts, items: items.map(checkItem) })
}
