import type { Connection } from '../engine/connection.ts'
import type { Engine } from '../engine/engine.ts'
import { InvalidRequestError, PendingRollbackError, UnboundExecutionError } from '../errors/base-errors.ts'
import { dispatch } from '../event/listeners.ts'
import type { InstanceState, StateSession } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { Select } from '../statement/select.ts'
import { expireState } from './expire-state.ts'
import { flushSession } from './flush.ts'
import type { FlushHost, State } from './flush-host.ts'
import { IdentityMap } from './identity-map.ts'
import type { LoadTree } from './load-option.ts'
import { loadRelation } from './load-relation.ts'
import { relatedBy } from './object-states.ts'
import { planQuery } from './plan-cache.ts'
import { bindPlan, firstMapper } from './plan-params.ts'
import { PlanReader } from './plan-reader.ts'
import type { QueryPlan } from './query-plan.ts'
import { loadAttribute } from './refresh.ts'
import type { SessionOptions } from './session-options.ts'
import { TransactionLevel } from './transaction-level.ts'

/** The core of a session: its objects, its transaction, and the writing of changes. */
export class UnitOfWork implements FlushHost, StateSession {
  readonly identity = new IdentityMap()
  readonly added = new Set<State>()
  readonly modified = new Set<State>()
  readonly deleted = new Set<State>()
  readonly options: SessionOptions
  /** What listeners of session events were registered on: the session, and its class. */
  readonly #targets: readonly object[]
  readonly #connections = new Map<Engine, Promise<Connection>>()
  epoch = 1
  autoflush: boolean
  #level: TransactionLevel | null = null
  #failure: Error | null = null
  #flushing = false
  #order = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: SessionOptions, targets: readonly object[]) {
    this.options = options
    this.autoflush = options.autoflush ?? true
    this.#targets = targets
  }

  async announce(name: string, ...args: unknown[]): Promise<void> {
    for (const target of this.#targets) await dispatch(target, name, this.#targets[0], ...args)
  }

  get isActive(): boolean {
    return this.#failure === null
  }

  get inTransaction(): boolean {
    return this.#level !== null
  }

  get level(): TransactionLevel {
    this.#level ??= new TransactionLevel(null)
    return this.#level
  }

  /** The database of a class. */
  engineFor(mapper: Mapper | null, bindKey: string | null = null): Engine {
    const { bindFor, bind } = this.options
    if (bindFor) return bindFor(mapper, bindKey ?? mapper?.table.options.bindKey ?? null)
    if (bind) return bind
    const what = mapper ? `mapper ${String(mapper)}` : 'SQL expression'
    throw new UnboundExecutionError(`Could not locate a bind configured on ${what} or this Session.`)
  }

  connectionFor(mapper: Mapper | null, bindKey: string | null = null): Promise<Connection> {
    return this.connectionOf(this.engineFor(mapper, bindKey))
  }

  /** The session's connection to a database, opened once even for several callers at a time. */
  connectionOf(engine: Engine): Promise<Connection> {
    if (this.#failure) throw this.#pendingRollback(this.#failure)
    let connection = this.#connections.get(engine)
    if (connection) return connection
    const { level } = this
    connection = this.#connect(engine, level)
    this.#connections.set(engine, connection)
    connection.catch(() => this.#connections.delete(engine))
    return connection
  }

  async #connect(engine: Engine, level: TransactionLevel): Promise<Connection> {
    const connection = await engine.connect()
    const { isolationLevel } = this.options
    if (isolationLevel) connection.executionOptions({ isolationLevel })
    const levels: TransactionLevel[] = []
    for (let own: TransactionLevel | null = level; own?.parent; own = own.parent) levels.unshift(own)
    for (const own of levels) own.savepoints.set(connection, await connection.savepoint())
    await this.announce('afterBegin', connection)
    return connection
  }

  #pendingRollback(cause: Error): PendingRollbackError {
    return new PendingRollbackError(
      `This Session's transaction has been rolled back due to a previous exception during flush. To begin a new transaction with this Session, first issue Session.rollback(). Original exception was: ${cause.message}`,
      { cause },
    )
  }

  checkActive(): void {
    if (this.#failure) throw this.#pendingRollback(this.#failure)
  }

  /** Takes a loaded object in. */
  adopt(state: State): void {
    state.session = this
  }

  /** Takes an object in, with all that `save-update` reaches from it. */
  add(state: State): void {
    const waiting = [state]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (!this.#addOne(next)) continue
      waiting.push(...relatedBy('save-update', next).reverse())
    }
  }

  #addOne(state: State): boolean {
    if (state.deleted) {
      throw new InvalidRequestError(
        `Instance '${String(state.object)}' has been deleted.  Use the makeTransient() function to send this object back to the transient state.`,
      )
    }
    if (state.session === this) {
      const isNew = state.key === null && !this.added.has(state)
      if (state.key !== null && this.deleted.delete(state)) return true
      if (!isNew) return false
    }
    if (state.session && state.session !== this) {
      throw new InvalidRequestError(`Object '${String(state.object)}' is already attached to another session`)
    }
    state.session = this
    state.order = ++this.#order
    if (state.key === null) {
      this.added.add(state)
      this.level.noteAdded(state)
    } else {
      const present = this.identity.of(state.mapper).get(state.key)
      if (present && present !== state) {
        state.session = null
        throw new InvalidRequestError(
          `Can't attach instance ${String(state.object)}; another instance with key (${state.mapper.className}, ${String(state.key)}) is already present in this session.`,
        )
      }
      this.identity.add(state)
      if (state.committed) this.modified.add(state)
    }
    return true
  }

  cascade(state: InstanceState): void {
    this.add(state as State)
  }

  markModified(state: InstanceState): void {
    // The row is gone; there is nothing left to update.
    if (!state.deleted) this.modified.add(state as State)
  }

  /** Forgets an object, with all that the `expunge` cascade reaches. */
  expunge(state: State): void {
    if (state.session !== this) return
    this.identity.remove(state)
    this.added.delete(state)
    this.modified.delete(state)
    this.deleted.delete(state)
    state.session = null
    for (const related of relatedBy('expunge', state)) this.expunge(related)
  }

  /** Forgets an object's values, and of all that the `refresh-expire` cascade reaches. */
  expire(state: State): void {
    if (state.session !== this || state.key === null) return
    const related = relatedBy('refresh-expire', state).filter((other) => other.epoch > 0)
    expireState(state)
    this.modified.delete(state)
    for (const other of related) this.expire(other)
  }

  remember(state: State): void {
    this.level.remember(state)
  }

  inserted(state: State): void {
    const { level } = this
    level.noteInserted(state)
    const known = this.identity.of(state.mapper).get(state.key as never)
    if (known && known !== state && !this.deleted.has(known)) {
      console.warn(
        `SAWarning: New instance ${String(state.object)} with identity key ${String(state.key)} conflicts with persistent instance`,
      )
    }
    this.identity.add(state)
    this.added.delete(state)
  }

  removed(state: State): void {
    this.level.noteRemoved(state)
    this.identity.remove(state)
    state.deleted = true
  }

  get hasChanges(): boolean {
    return this.added.size > 0 || this.modified.size > 0 || this.deleted.size > 0
  }

  /** Writes the changes, one flush after another. */
  async flush(): Promise<void> {
    if (this.#flushing || !this.hasChanges) return
    const turn = this.#turn.then(() => this.#flush())
    this.#turn = turn.catch(() => undefined)
    await turn
  }

  async #flush(): Promise<void> {
    if (!this.hasChanges) return
    this.checkActive()
    this.#flushing = true
    try {
      await this.announce('beforeFlush')
      await flushSession(this)
      await this.announce('afterFlush')
    } catch (error) {
      await this.#fail(error as Error)
      throw error
    } finally {
      this.#flushing = false
    }
  }

  /** A failed flush undoes the innermost transaction; nothing more goes until `rollback()`. */
  async #fail(error: Error): Promise<void> {
    const level = this.#level
    if (level?.parent) await this.#undoSavepoint(level)
    else {
      for (const pending of this.#connections.values()) {
        const connection = await pending.catch(() => null)
        await connection?.close()
      }
      this.#connections.clear()
      this.#restore(level)
    }
    this.#failure = error
  }

  async #undoSavepoint(level: TransactionLevel): Promise<void> {
    for (const [connection, name] of level.savepoints) await connection.rollbackToSavepoint(name)
    this.#restore(level)
  }

  /** After the end of a transaction, for those who want values to come from the database alone. */
  #expireAll(): void {
    if (!this.options.expireOnCommit) return
    for (const state of this.identity) expireState(state)
  }

  #restore(level: TransactionLevel | null): void {
    // Without a transaction there may be changes all the same: those that no statement has seen yet.
    const undone = level ?? new TransactionLevel(null)
    undone.restore(this.identity, this.modified, this)
    for (const state of this.identity) state.parents = null
    this.added.clear()
    this.modified.clear()
    this.deleted.clear()
    this.epoch++
  }

  /** Autoflush before a query. */
  async beforeQuery(): Promise<void> {
    this.checkActive()
    if (this.autoflush && this.hasChanges && !this.#flushing) await this.flush()
  }

  async commit(): Promise<void> {
    this.checkActive()
    if (this.#level?.parent)
      throw new InvalidRequestError(
        "Can't commit the session within beginNested(): return from its function instead",
      )
    await this.announce('beforeCommit')
    // A flush that another caller began counts as part of this one.
    await this.#turn
    for (let count = 0; this.hasChanges; count++) {
      if (count > 100)
        throw new InvalidRequestError(
          'Over 100 subsequent flushes have occurred within session.commit() - is an afterFlush() hook creating new objects?',
        )
      await this.flush()
    }
    const connections = await Promise.all(this.#connections.values())
    try {
      for (const connection of connections) await connection.commit()
    } catch (error) {
      await this.#fail(error as Error)
      throw error
    }
    this.#level?.detachRemoved()
    await this.#release()
    this.epoch++
    this.#expireAll()
    await this.announce('afterCommit')
  }

  async #release(): Promise<void> {
    const pending = [...this.#connections.values()]
    this.#connections.clear()
    this.#level = null
    for (const promise of pending) {
      const connection = await promise.catch(() => null)
      await connection?.close()
    }
  }

  async rollback(): Promise<void> {
    const failed = this.#failure !== null
    this.#failure = null
    for (let level: TransactionLevel | null = this.#level; level; level = level.parent) {
      if (!failed || level !== this.#level) this.#restore(level)
    }
    if (!this.#level) this.#restore(null)
    await this.#release()
    this.#expireAll()
    await this.announce('afterRollback')
  }

  /** Runs an action within a savepoint. */
  async nested<T>(action: () => Promise<T>): Promise<T> {
    await this.flush()
    this.checkActive()
    const parent = this.level
    const level = new TransactionLevel(parent)
    for (const pending of this.#connections.values()) {
      const connection = await pending
      level.savepoints.set(connection, await connection.savepoint())
    }
    this.#level = level
    try {
      const value = await action()
      await this.flush()
      for (const [connection, name] of level.savepoints) await connection.releaseSavepoint(name)
      level.mergeInto(parent)
      this.#level = parent
      return value
    } catch (error) {
      const undone = this.#failure !== null
      this.#failure = null
      if (this.#level === level) {
        if (!undone) await this.#undoSavepoint(level)
        this.#level = parent
      }
      throw error
    }
  }

  /** Forgets all objects and gives the connections back. */
  async close(): Promise<void> {
    this.#failure = null
    for (const state of this.identity) state.session = null
    for (const state of this.added) state.session = null
    this.identity.clear()
    this.added.clear()
    this.modified.clear()
    this.deleted.clear()
    await this.#release()
  }

  /** Executes a prepared plan and gives the values of its rows, objects loaded with all that belongs to them. */
  async runPlan(
    plan: QueryPlan,
    connection: Connection,
    params: readonly unknown[],
    refresh: boolean,
  ): Promise<unknown[][]> {
    const raw = await connection.executeDriver(plan.compiled.sql, params, false, plan.compiled.isPure)
    return await this.readPlan(plan, raw.rows, refresh)
  }

  /** Reads driver rows of a plan. */
  async readPlan(
    plan: QueryPlan,
    rows: readonly (readonly unknown[])[],
    refresh: boolean,
  ): Promise<unknown[][]> {
    const reader = new PlanReader(plan, this, refresh)
    const values =
      plan.loads.length === 1
        ? reader.singles(rows).map((value) => [value])
        : rows.map((row) => reader.values(row))
    await this.#finish(reader)
    return values
  }

  /** The same for plans of one item, without a row around each. */
  async readSingles(
    plan: QueryPlan,
    rows: readonly (readonly unknown[])[],
    refresh: boolean,
  ): Promise<unknown[]> {
    const reader = new PlanReader(plan, this, refresh)
    const values = reader.singles(rows)
    await this.#finish(reader)
    return values
  }

  async #finish(reader: PlanReader): Promise<void> {
    reader.finish()
    for (const { load, states } of reader.work.values()) {
      await loadRelation(this, load.relation, states, load.tree, load.criteria)
    }
  }

  async loadAttribute(state: InstanceState, key: string): Promise<unknown> {
    return await loadAttribute(this, state as State, key)
  }

  async loadObjects(select: Select<readonly unknown[]>, tree: LoadTree): Promise<object[]> {
    const connection = await this.connectionFor(firstMapper(select))
    const plan = planQuery(select, connection.traits, tree)
    const { sql, isPure } = plan.compiled
    const raw = await connection.executeDriver(sql, bindPlan(plan, connection), false, isPure)
    return (await this.readSingles(plan, raw.rows, false)) as object[]
  }

  async loadRows(select: Select<readonly unknown[]>, tree: LoadTree): Promise<unknown[][]> {
    const mapper = firstMapper(select)
    const connection = await this.connectionFor(mapper)
    const plan = planQuery(select, connection.traits, tree)
    return await this.runPlan(plan, connection, bindPlan(plan, connection), false)
  }
}
