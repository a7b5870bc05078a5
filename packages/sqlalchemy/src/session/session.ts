import type { Executable } from '../compile/compiler.ts'
import type { Connection, Parameters } from '../engine/connection.ts'
import { type Result, Result as RowResult, type ScalarResult } from '../engine/result.ts'
import { type Row, rowClass } from '../engine/row.ts'
import { InvalidRequestError, NoResultFound } from '../errors/base-errors.ts'
import { ENTITY, isEntity } from '../expression/entity.ts'
import { bindparam } from '../expression/functions.ts'
import { MappedEntity } from '../orm/entity-ref.ts'
import { InstanceState } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'
import { mapperOf } from '../orm/registry.ts'
import { Delete, insert, type RowValues, Update } from '../statement/dml.ts'
import { Select, select } from '../statement/select.ts'
import type { SelectItem, SelectRow } from '../statement/select-item.ts'
import { bulkSynchronize } from './bulk-synchronize.ts'
import { expireAttributes } from './expire-state.ts'
import type { State } from './flush-host.ts'
import { mergeState } from './merge.ts'
import { keyValues, requireState } from './object-states.ts'
import { planQuery } from './plan-cache.ts'
import { bindPlan, firstMapper } from './plan-params.ts'
import { Query } from './query.ts'
import type { QueryPlan } from './query-plan.ts'
import { refreshState } from './refresh.ts'
import type { ExecuteOptions, GetOptions, SessionOptions } from './session-options.ts'
import { UnitOfWork } from './unit-of-work.ts'

type RowOf<S> = S extends { readonly '~row'?: infer R }
  ? R extends readonly unknown[]
    ? R
    : unknown[]
  : unknown[]

/** A mapped class whose instances are `I`. */
export type EntityClass<I> = abstract new (...args: never[]) => I

/** Objects and their transaction (`sqlalchemy.orm.Session`, as `AsyncSession`: what needs the database is awaited). */
export class Session {
  readonly #unit: UnitOfWork
  readonly info: Record<string, unknown>

  constructor(options: SessionOptions = {}) {
    this.#unit = new UnitOfWork(options, [this, new.target])
    this.info = options.info ?? {}
  }

  /** Objects that wait for their INSERT. */
  get new(): readonly object[] {
    return Array.from(this.#unit.added, (state) => state.object)
  }

  /** Objects with changes that wait for their UPDATE. */
  get dirty(): readonly object[] {
    return [...this.#unit.modified]
      .filter((state) => !this.#unit.deleted.has(state))
      .map((state) => state.object)
  }

  /** Objects that wait for their DELETE. */
  get deleted(): readonly object[] {
    return Array.from(this.#unit.deleted, (state) => state.object)
  }

  get autoflush(): boolean {
    return this.#unit.autoflush
  }

  set autoflush(on: boolean) {
    this.#unit.autoflush = on
  }

  /** False after a failed flush, until `rollback()`. */
  get isActive(): boolean {
    return this.#unit.isActive
  }

  inTransaction(): boolean {
    return this.#unit.inTransaction
  }

  /** Takes an object in, with those that it is related to. */
  add(object: object): void {
    this.#unit.add(requireState(object))
  }

  addAll(objects: Iterable<object>): void {
    for (const object of objects) this.add(object)
  }

  /** Marks an object to be deleted at the next flush. */
  delete(object: object): void {
    const state = requireState(object)
    if (state.key === null) throw new InvalidRequestError(`Instance '${String(object)}' is not persisted`)
    if (state.session !== this.#unit) this.#unit.add(state)
    this.#unit.deleted.add(state)
  }

  /** Forgets an object without touching its row. */
  expunge(object: object): void {
    const state = requireState(object)
    if (state.session !== this.#unit)
      throw new InvalidRequestError(`Instance ${String(object)} is not present in this Session`)
    this.#unit.expunge(state)
  }

  expungeAll(): void {
    for (const state of [...this.#unit.identity, ...this.#unit.added]) this.#unit.expunge(state)
  }

  /** True when the session holds the object. */
  contains(object: object): boolean {
    return requireState(object).session === this.#unit
  }

  [Symbol.iterator](): Iterator<object> {
    return [...this.#unit.identity, ...this.#unit.added].map((state) => state.object)[Symbol.iterator]()
  }

  isModified(object: object): boolean {
    const state = requireState(object)
    return [...(state.committed ?? [])].some(
      ([slot, old]) => old !== state.values[slot] || Array.isArray(old),
    )
  }

  /**
   * Forgets an object's values, its pending changes included, until they are read again; its key stays.
   * @param attributes only these; without them also what the `refresh-expire` cascade reaches
   * @throws InvalidRequestError when the session does not hold the object, or has no row for it
   */
  expire(object: object, attributes?: readonly string[]): void {
    const state = requireState(object)
    if (state.session !== this.#unit || state.key === null) {
      throw new InvalidRequestError(`Instance '${String(object)}' is not persistent within this Session`)
    }
    if (!attributes) {
      this.#unit.expire(state)
      return
    }
    const properties = attributes.map((key) => {
      const property = state.mapper.properties.get(key)
      if (property) return property
      throw new InvalidRequestError(`'${state.mapper.className}' has no attribute '${key}'`)
    })
    expireAttributes(state, properties)
  }

  expireAll(): void {
    this.#unit.epoch++
  }

  /** Runs an action without writing pending changes before its queries. */
  async noAutoflush<T>(action: () => Promise<T>): Promise<T> {
    const before = this.#unit.autoflush
    this.#unit.autoflush = false
    try {
      return await action()
    } finally {
      this.#unit.autoflush = before
    }
  }

  async flush(): Promise<void> {
    await this.#unit.flush()
  }

  /** Writes all changes and ends the transaction. */
  async commit(): Promise<void> {
    await this.#unit.commit()
  }

  /** Undoes the transaction: rows, and the objects that it changed. */
  async rollback(): Promise<void> {
    await this.#unit.rollback()
  }

  /** Rolls back, forgets all objects and gives the connections back. */
  async close(): Promise<void> {
    await this.#unit.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** Runs an action in a transaction, which is committed when the action succeeds. */
  async begin<T>(action: () => Promise<T>): Promise<T> {
    if (this.#unit.inTransaction)
      throw new InvalidRequestError('A transaction is already begun on this Session.')
    try {
      const value = await action()
      await this.commit()
      return value
    } catch (error) {
      await this.rollback()
      throw error
    }
  }

  /** Runs an action within a savepoint, which is undone when the action fails. */
  async beginNested<T>(action: () => Promise<T>): Promise<T> {
    return await this.#unit.nested(action)
  }

  /** The session's connection. */
  async connection(options: { bindKey?: string } = {}): Promise<Connection> {
    return await this.#unit.connectionFor(null, options.bindKey ?? null)
  }

  /** The database of a class, or the session's own. */
  getBind(cls?: unknown): unknown {
    return this.#unit.engineFor(cls === undefined ? null : mapperOf(cls))
  }

  /** Executes a statement: a SELECT gives objects of mapped classes. */
  async execute<S extends Executable>(
    statement: S,
    parameters?: Parameters | null,
    options?: ExecuteOptions,
  ): Promise<Result<RowOf<S>>>
  async execute(
    statement: Executable,
    parameters?: Parameters | null,
    options: ExecuteOptions = {},
  ): Promise<Result> {
    await this.#unit.beforeQuery()
    if (statement instanceof Select)
      return await this.#select(statement, parameters as RowValues | null, options)
    const target = 'parts' in statement && 'target' in statement.parts ? statement.parts.target : null
    const mapper = target && isEntity(target) ? (target[ENTITY] as MappedEntity).mapper : null
    const connection = await this.#unit.connectionFor(mapper, options.bindKey ?? null)
    const changes = statement instanceof Update || statement instanceof Delete
    const given = parameters ?? undefined
    if (mapper && changes) return await bulkSynchronize(this.#unit, connection, mapper, statement, given)
    return (await connection.execute(statement, given)) as Result
  }

  async #select(
    statement: Select<readonly unknown[]>,
    values: RowValues | null,
    options: ExecuteOptions,
  ): Promise<Result> {
    const connection = await this.#unit.connectionFor(firstMapper(statement), options.bindKey ?? null)
    const plan = planQuery(statement, connection.traits)
    const refresh = options.populateExisting ?? statement.parts.executionOptions.populateExisting === true
    const rows = await this.#unit.runPlan(plan, connection, bindPlan(plan, connection, values), refresh)
    return new RowResult(shapeRows(plan, rows), plan.keys, {
      rowCount: rows.length,
      needsUnique: plan.multiplies,
    })
  }

  /** Executes and gives the first value of each row. */
  async scalars<S extends Executable>(
    statement: S,
    parameters?: Parameters | null,
  ): Promise<ScalarResult<RowOf<S>[0]>> {
    const result = await this.execute(statement, parameters)
    return result.scalars() as ScalarResult<RowOf<S>[0]>
  }

  /** Executes and gives the first value of the first row, or null. */
  async scalar<S extends Executable>(
    statement: S,
    parameters?: Parameters | null,
  ): Promise<RowOf<S>[0] | null> {
    const result = await this.execute(statement, parameters)
    return result.scalar() as RowOf<S>[0] | null
  }

  /** Reads a large result in pieces of `yieldPer` rows. */
  async *stream<R extends readonly unknown[]>(
    statement: Select<R>,
    options: { yieldPer?: number } = {},
  ): AsyncGenerator<Row<R>> {
    await this.#unit.beforeQuery()
    const connection = await this.#unit.connectionFor(firstMapper(statement))
    const plan = planQuery(statement, connection.traits)
    const params = bindPlan(plan, connection)
    for await (const part of connection.streamDriver(plan.compiled.sql, params, options.yieldPer ?? 1000)) {
      yield* shapeRows(plan, await this.#unit.readPlan(plan, part.rows, false)) as unknown as Row<R>[]
    }
  }

  /** A query in the style of Flask-SQLAlchemy: `session.query(User).filterBy({ name }).first()`. */
  query<const T extends readonly SelectItem[]>(
    ...items: T
  ): Query<T extends readonly [infer One] ? SelectRow<[One]>[0] : Row<SelectRow<T>>> {
    return new Query(
      this,
      select(...items) as Select<readonly unknown[]>,
      items.length === 1 && isEntity(items[0]),
    )
  }

  /** Values of the only item of each row; queries of a single class use it. */
  async fetchSingles(
    statement: Select<readonly unknown[]>,
    refresh = false,
  ): Promise<{ values: unknown[]; multiplies: boolean }> {
    await this.#unit.beforeQuery()
    const connection = await this.#unit.connectionFor(firstMapper(statement))
    const plan = planQuery(statement, connection.traits)
    const raw = await connection.executeDriver(
      plan.compiled.sql,
      bindPlan(plan, connection),
      false,
      plan.compiled.isPure,
    )
    return { values: await this.#unit.readSingles(plan, raw.rows, refresh), multiplies: plan.multiplies }
  }

  /** The object of a key, or null: from the session when it is there and not stale, else from the database. */
  async get<I>(cls: EntityClass<I>, key: unknown, options: GetOptions = {}): Promise<I | null> {
    const mapper = mapperOf(cls)
    if (key === null || key === undefined) return null
    const state = await this.#get(mapper, keyValues(mapper, key), options)
    return state ? (state.object as I) : null
  }

  /** The object of a key; an error when there is none. */
  async getOne<I>(cls: EntityClass<I>, key: unknown, options: GetOptions = {}): Promise<I> {
    const object = await this.get(cls, key, options)
    if (object === null) throw new NoResultFound('No row was found when one was required')
    return object
  }

  async #get(mapper: Mapper, values: readonly unknown[], options: GetOptions): Promise<State | null> {
    const unit = this.#unit
    unit.checkActive()
    const identity = mapper.identity(values)
    if (identity === null) return null
    const known = unit.identity.of(mapper).get(identity)
    const special = options.options?.length || options.populateExisting || options.withForUpdate
    if (known && !special && known.epoch >= unit.epoch && !known.deleted)
      return known.mapper.isA(mapper) ? known : null
    if (unit.hasChanges) await unit.beforeQuery()
    const connection = await unit.connectionFor(mapper)
    const plan = special
      ? keyPlan(mapper, connection, options)
      : mapper.remember(`get:${connection.traits.name}`, () => keyPlan(mapper, connection, {}))
    const given = Object.fromEntries(values.map((value, index) => [`pk_${index}`, value]))
    const raw = await connection.executeDriver(
      plan.compiled.sql,
      bindPlan(plan, connection, given),
      false,
      plan.compiled.isPure,
    )
    const rows = await unit.readSingles(plan, raw.rows, options.populateExisting ?? false)
    if (rows[0]) return requireState(rows[0])
    return null
  }

  /** Reads an object again; pending changes of it are lost. */
  async refresh(object: object, attributes?: readonly string[]): Promise<void> {
    const state = requireState(object)
    if (state.session !== this.#unit || state.key === null) {
      throw new InvalidRequestError(`Instance '${String(object)}' is not persistent within this Session`)
    }
    await refreshState(this.#unit, state, attributes)
  }

  /** Copies an object's state onto the session's own object of the same row. */
  async merge<T extends object>(object: T): Promise<T> {
    const host = {
      get: (mapper: Mapper, key: readonly unknown[]) => this.#get(mapper, key, {}),
      create: (mapper: Mapper) => {
        const state = new InstanceState<Mapper>(mapper, mapper, new Array<unknown>(mapper.slotCount))
        state.object = new mapper.loadedClass(state as unknown as InstanceState)
        this.#unit.add(state)
        return state
      },
    }
    return (await mergeState(host, requireState(object), new Map())).object as T
  }

  /** Inserts rows of a class without making objects. */
  async bulkInsertMappings(cls: EntityClass<object>, rows: readonly RowValues[]): Promise<void> {
    const mapper = mapperOf(cls)
    const objects = rows.map(
      (row) => Reflect.construct(mapper.cls as unknown as new (init: RowValues) => object, [row]) as object,
    )
    this.addAll(objects)
    await this.flush()
    for (const object of objects) this.#unit.expunge(requireState(object))
  }

  /** Updates rows of a class by their keys without loading objects. */
  async bulkUpdateMappings(cls: EntityClass<object>, rows: readonly RowValues[]): Promise<void> {
    const mapper = mapperOf(cls)
    const connection = await this.#unit.connectionFor(mapper)
    for (const row of rows) {
      const keys = mapper.primaryKey.map((property) => property.column.eq(row[property.key] as never))
      const values = Object.fromEntries(
        Object.entries(row).filter(([key]) => !mapper.primaryKey.some((property) => property.key === key)),
      )
      await connection.execute(
        new Update({ ...insert(mapper.cls as never).parts, values: [values], where: keys }),
      )
    }
  }

  /** Adds objects and writes them at once. */
  async bulkSaveObjects(objects: Iterable<object>): Promise<void> {
    this.addAll(objects)
    await this.flush()
  }
}

function shapeRows(plan: QueryPlan, rows: readonly unknown[][]): Row[] {
  const RowShape = rowClass(plan.keys)
  return rows.map((values) => {
    const row = new RowShape()
    for (let index = 0; index < values.length; index++) row[index] = values[index]
    return row as unknown as Row
  })
}

/** SELECT of one object by its key. */
function keyPlan(mapper: Mapper, connection: Connection, options: GetOptions): QueryPlan {
  const where = mapper.primaryKey.map((property, index) =>
    property.column.eq(bindparam(`pk_${index}`, undefined, property.column.type) as never),
  )
  let statement = select({ [ENTITY]: new MappedEntity(mapper, null) }).where(...where)
  if (options.options?.length) statement = statement.options(...options.options)
  if (options.withForUpdate) statement = statement.withForUpdate()
  return planQuery(statement, connection.traits)
}
