import { uniqueRows } from '../engine/result.ts'
import { InvalidRequestError, MultipleResultsFound, NoResultFound } from '../errors/base-errors.ts'
import type { ColumnElement, Condition } from '../expression/column-element.ts'
import { type EntitySource, isEntity, type JoinPath } from '../expression/entity.ts'
import { FromClause, type Subquery } from '../expression/from-clause.ts'
import { func, literalColumn } from '../expression/functions.ts'
import { type DmlTarget, delete_, type RowValues, update } from '../statement/dml.ts'
import {
  type FilterValues,
  type JoinTarget,
  type OrderItem,
  type Select,
  select,
} from '../statement/select.ts'
import type { SelectItem, SelectRow } from '../statement/select-item.ts'
import type { ForUpdate } from '../statement/select-parts.ts'

/** A session as its queries see it. */
export interface QuerySession {
  execute(
    statement: never,
    parameters?: null,
  ): Promise<{ all(): unknown[]; unique(): { all(): unknown[] }; readonly rowcount: number }>
  fetchSingles(
    statement: Select<readonly unknown[]>,
    refresh?: boolean,
  ): Promise<{ values: unknown[]; multiplies: boolean }>
  get(cls: never, key: unknown, options?: { options?: readonly unknown[] }): Promise<unknown>
  stream(statement: never, options?: { yieldPer?: number }): AsyncIterable<readonly unknown[]>
}

/**
 * A query that knows its session (`sqlalchemy.orm.Query`). Every method gives a new query; `await` of a
 * query is `all()`. `T` is what a row gives: an object, or a tuple.
 */
export class Query<T> {
  readonly session: QuerySession
  readonly statement: Select<readonly unknown[]>
  readonly #isEntity: boolean
  readonly #refresh: boolean

  constructor(
    session: QuerySession,
    statement: Select<readonly unknown[]>,
    isEntity: boolean,
    refresh = false,
  ) {
    this.session = session
    this.statement = statement
    this.#isEntity = isEntity
    this.#refresh = refresh
  }

  /** A query of the same class with another statement; subclasses keep their own methods. */
  protected derive(statement: Select<readonly unknown[]>): this {
    const Own = this.constructor as new (
      session: QuerySession,
      statement: Select<readonly unknown[]>,
      isEntity: boolean,
      refresh: boolean,
    ) => this
    return new Own(this.session, statement, this.#isEntity, this.#refresh)
  }

  filter(...conditions: (Condition | undefined)[]): this {
    return this.derive(this.statement.where(...conditions))
  }

  where(...conditions: (Condition | undefined)[]): this {
    return this.filter(...conditions)
  }

  /** Equality of attributes. */
  filterBy(values: FilterValues<T>): this {
    return this.derive(this.statement.filterBy(values as FilterValues<unknown>))
  }

  orderBy(...columns: (OrderItem<T> | null)[]): this {
    return this.derive(this.statement.orderBy(...(columns as (OrderItem | null)[])))
  }

  groupBy(...columns: ColumnElement[]): this {
    return this.derive(this.statement.groupBy(...columns))
  }

  having(...conditions: Condition[]): this {
    return this.derive(this.statement.having(...conditions))
  }

  limit(count: number | null): this {
    return this.derive(this.statement.limit(count))
  }

  offset(count: number | null): this {
    return this.derive(this.statement.offset(count))
  }

  slice(start: number, stop: number): this {
    return this.derive(this.statement.slice(start, stop))
  }

  distinct(...columns: ColumnElement[]): this {
    return this.derive(this.statement.distinct(...columns))
  }

  join(target: JoinTarget, on?: Condition | JoinPath, options?: { isOuter?: boolean; full?: boolean }): this {
    return this.derive(this.statement.join(target, on, options))
  }

  outerjoin(target: JoinTarget, on?: Condition | JoinPath): this {
    return this.derive(this.statement.outerjoin(target, on))
  }

  selectFrom(...froms: (FromClause | EntitySource)[]): this {
    return this.derive(this.statement.selectFrom(...froms))
  }

  /** Adds loader options. */
  options(...options: unknown[]): this {
    return this.derive(this.statement.options(...options))
  }

  withForUpdate(options?: ForUpdate): this {
    return this.derive(this.statement.withForUpdate(options))
  }

  executionOptions(options: Record<string, unknown>): this {
    return this.derive(this.statement.executionOptions(options))
  }

  /** Replaces values also of objects that are up to date. */
  populateExisting(): this {
    const Own = this.constructor as new (
      session: QuerySession,
      statement: Select<readonly unknown[]>,
      isEntity: boolean,
      refresh: boolean,
    ) => this
    return new Own(this.session, this.statement, this.#isEntity, true)
  }

  /** Selects other things. */
  withEntities<const I extends readonly SelectItem[]>(...items: I): Query<SelectRow<I>> {
    const froms = this.statement.parts.froms.length || this.statement.parts.joins.length ? this.#froms() : []
    const statement = this.statement.with({ froms }).withOnlyColumns(...items)
    return new Query(this.session, statement as Select<readonly unknown[]>, false)
  }

  #froms(): readonly FromClause[] {
    const { froms, items } = this.statement.parts
    if (froms.length) return froms
    return items.flatMap((item) =>
      item instanceof FromClause ? [item] : isEntity(item) ? select(item).selectFrom(item).parts.froms : [],
    )
  }

  addColumns<const I extends readonly SelectItem[]>(...items: I): Query<[T, ...SelectRow<I>]> {
    return new Query(this.session, this.statement.addColumns(...items) as Select<readonly unknown[]>, false)
  }

  subquery(name?: string): Subquery {
    return this.statement.subquery(name)
  }

  /** All rows; objects that a join repeats are given once. */
  async all(): Promise<T[]> {
    if (this.#isEntity) {
      const { values, multiplies } = await this.session.fetchSingles(this.statement, this.#refresh)
      return (multiplies ? uniqueRows(values) : values) as T[]
    }
    const result = await this.session.execute(this.statement as never, null)
    const single = this.statement.parts.items.length === 1 && this.#isScalarEntity()
    const rows =
      result.unique === undefined ? result.all() : this.#needsUnique() ? result.unique().all() : result.all()
    return (single ? rows.map((row) => (row as unknown[])[0]) : rows) as T[]
  }

  #needsUnique(): boolean {
    return this.statement.parts.items.some(isEntity) && this.statement.parts.options.length > 0
  }

  #isScalarEntity(): boolean {
    return isEntity(this.statement.parts.items[0])
  }

  /** The first row, or null. */
  async first(): Promise<T | null> {
    const limited = this.statement.parts.limit === null ? this.limit(1) : this
    const [row] = await limited.all()
    return row ?? null
  }

  /** The only row. */
  async one(): Promise<T> {
    const rows = await this.all()
    if (rows.length === 1) return rows[0] as T
    if (rows.length === 0) throw new NoResultFound('No row was found when one was required')
    throw new MultipleResultsFound('Multiple rows were found when exactly one was required')
  }

  /** The only row, or null without one. */
  async oneOrNone(): Promise<T | null> {
    const rows = await this.all()
    if (rows.length > 1)
      throw new MultipleResultsFound('Multiple rows were found when one or none was required')
    return rows[0] ?? null
  }

  /** The first value of the only row, or null without one. */
  async scalar(): Promise<unknown> {
    const row = await this.oneOrNone()
    return Array.isArray(row) ? row[0] : row
  }

  /** The object of a key, or null. */
  async get(key: unknown): Promise<T | null> {
    const [item] = this.statement.parts.items
    if (!isEntity(item)) throw new InvalidRequestError('get() needs a query of a mapped class')
    const { options } = this.statement.parts
    return (await this.session.get(item as never, key, { options })) as T | null
  }

  /** How many rows the query gives. */
  async count(): Promise<number> {
    const inner = this.statement.with({ options: [] }).subquery()
    const [row] = (
      await this.session.execute(
        select(func.count(literalColumn('*') as never)).selectFrom(inner) as never,
        null,
      )
    ).all()
    return Number((row as unknown[])[0])
  }

  /** True as a condition when the query gives a row. */
  exists(): Condition {
    return this.statement.withOnlyColumns(literalColumn('1')).exists()
  }

  #target(): DmlTarget {
    const [item] = this.statement.parts.items
    if (isEntity(item)) return item
    throw new InvalidRequestError('update() and delete() need a query of a mapped class')
  }

  /** Updates all rows of the query; gives their number. */
  async update(values: RowValues): Promise<number> {
    const statement = update(this.#target())
      .where(...this.statement.parts.where)
      .values(values)
    return (await this.session.execute(statement as never, null)).rowcount
  }

  /** Deletes all rows of the query; gives their number. */
  async delete(): Promise<number> {
    const statement = delete_(this.#target()).where(...this.statement.parts.where)
    return (await this.session.execute(statement as never, null)).rowcount
  }

  /** Reads a large result in pieces. */
  async *yieldPer(size: number): AsyncGenerator<T> {
    for await (const row of this.session.stream(this.statement as never, { yieldPer: size })) {
      yield (this.#isEntity ? row[0] : row) as T
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.yieldPer(1000)
  }

  then<A = T[], B = never>(
    fulfilled?: ((rows: T[]) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.all().then(fulfilled, rejected)
  }
}
