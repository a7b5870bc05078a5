import type { Connection } from '../engine/connection.ts'
import { InstrumentedList } from '../orm/collection.ts'
import { stateOf } from '../orm/instance-state.ts'
import type { State } from './flush-host.ts'
import type { IdentityMap } from './identity-map.ts'

/** Values of an object before a transaction changed them. */
interface Snapshot {
  readonly values: unknown[]
  readonly lists: ReadonlyMap<number, readonly object[]>
}

/** A transaction or a savepoint of a session: what a rollback must restore. */
export class TransactionLevel {
  readonly parent: TransactionLevel | null
  /** Savepoints of this level by connection; empty for the transaction itself. */
  readonly savepoints = new Map<Connection, string>()
  readonly #inserted = new Set<State>()
  readonly #removed = new Set<State>()
  readonly #added = new Set<State>()
  readonly #snapshots = new Map<State, Snapshot>()

  constructor(parent: TransactionLevel | null) {
    this.parent = parent
  }

  /** The object became part of the session. */
  noteAdded(state: State): void {
    this.#added.add(state)
  }

  noteInserted(state: State): void {
    this.#inserted.add(state)
  }

  noteRemoved(state: State): void {
    this.#removed.add(state)
  }

  /** Keeps an object's values from before its first change at this level. */
  remember(state: State): void {
    if (!this.#snapshots.has(state) && !this.#inserted.has(state))
      this.#snapshots.set(state, takeSnapshot(state))
  }

  /** A released savepoint's changes belong to the level above. */
  mergeInto(parent: TransactionLevel): void {
    for (const state of this.#added) parent.#added.add(state)
    for (const state of this.#inserted) parent.#inserted.add(state)
    for (const state of this.#removed) parent.#removed.add(state)
    for (const [state, snapshot] of this.#snapshots) {
      if (!parent.#snapshots.has(state) && !parent.#inserted.has(state))
        parent.#snapshots.set(state, snapshot)
    }
  }

  /** Puts all objects back to where they were when the level began. */
  restore(identity: IdentityMap, modified: Iterable<State>, session: State['session']): void {
    for (const state of modified) if (!this.#inserted.has(state)) this.remember(state)
    for (const state of this.#inserted) {
      identity.remove(state)
      state.key = null
      state.session = null
      state.settle(0)
      state.deleted = false
    }
    for (const state of this.#added) {
      if (this.#inserted.has(state) || state.key !== null) continue
      state.session = null
    }
    for (const state of this.#removed) {
      if (this.#inserted.has(state)) continue
      state.deleted = false
      state.session = session
      identity.add(state)
    }
    for (const [state, snapshot] of this.#snapshots) restoreSnapshot(state, snapshot)
  }

  /** Objects whose rows are gone leave the session for good. */
  detachRemoved(): void {
    for (const state of this.#removed) state.session = null
  }
}

function takeSnapshot(state: State): Snapshot {
  const values = [...state.values]
  const lists = new Map<number, readonly object[]>()
  for (const [slot, old] of state.committed ?? []) values[slot] = old
  for (let slot = 0; slot < values.length; slot++) {
    if (!(state.values[slot] instanceof InstrumentedList)) continue
    const base = state.collections?.get(slot)
    values[slot] = base ? state.values[slot] : undefined
    if (base)
      lists.set(
        slot,
        base.map((member) => member.object),
      )
  }
  return { values, lists }
}

function restoreSnapshot(state: State, snapshot: Snapshot): void {
  for (let slot = 0; slot < snapshot.values.length; slot++) {
    state.values[slot] = snapshot.values[slot]
    const items = snapshot.lists.get(slot)
    const list = state.values[slot]
    if (!items || !(list instanceof InstrumentedList)) continue
    list.replaceQuietly(items)
    state.collections?.set(
      slot,
      items.map((item) => stateOf(item) as State),
    )
  }
  state.committed = null
  state.pending = null
  state.parents = null
}
