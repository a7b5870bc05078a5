import { FlushError } from '../errors/base-errors.ts'
import { dispatch, listenersOf } from '../event/listeners.ts'
import { stateOf } from '../orm/instance-state.ts'
import type { Mapper, Relation } from '../orm/mapper.ts'
import { writeAssociations } from './association-rows.ts'
import { cascadeDeletes } from './cascade-delete.ts'
import { clearChild } from './clear-child.ts'
import type { FlushHost, State } from './flush-host.ts'
import { insertRows } from './insert-rows.ts'
import { loadNeeded } from './load-needed.ts'
import { historyOf, settleCollections, storedObjects } from './relation-history.ts'
import { layersForDelete, layersForInsert, sortMappers } from './sort-states.ts'
import { deleteRows, hasColumnChange, updateRows } from './update-rows.ts'

/** Copies the key of a referred object into the columns that refer. */
function syncReference(relation: Relation, state: State): void {
  if (relation.viewonly || state.values[relation.slot] === undefined) return
  if (state.key !== null && !state.committed?.has(relation.slot)) return
  const target = stateOf(state.values[relation.slot])
  for (const { local, remote } of relation.pairs) {
    const value = target ? target.values[remote.slot] : null
    if (target && value === undefined && target.key === null) continue
    state.set(local.slot, value ?? null)
  }
}

/** Copies the key of an object into the columns of its children that refer to it. */
function syncChild(relation: Relation, parent: State, child: State): void {
  for (const { local, remote } of relation.pairs) child.set(remote.slot, parent.values[local.slot] ?? null)
}

/** What leaving a relationship means for a member that was not known when it left. */
function releaseMember(relation: Relation, state: State, child: State): void {
  if (relation.deletesOrphans) child.dropParent(relation, state)
  const { reverse } = relation
  if (reverse && !reverse.uselist && child.values[reverse.slot] === state.object)
    child.set(reverse.slot, null)
}

class Flush {
  readonly #host: FlushHost
  readonly #inserts: Set<State>
  readonly #deletes: Set<State>
  readonly #touched = new Set<State>()

  constructor(host: FlushHost) {
    this.#host = host
    this.#inserts = new Set([...host.added].sort((left, right) => left.order - right.order))
    this.#deletes = new Set(host.deleted)
  }

  async run(): Promise<void> {
    await this.#loadReplaced()
    await cascadeDeletes(this.#host, this.#inserts, this.#deletes)
    await loadNeeded(this.#host, this.#inserts, this.#deletes)
    this.#handleRemoved()
    for (const group of sortMappers(this.#mappers())) await this.#writeGroup(group.mappers, group.circular)
    await this.#postUpdates()
    await writeAssociations(this.#host, [...this.#touched], this.#deletes)
    await this.#delete()
    this.#settle()
  }

  /** A collection that was replaced before it was loaded: what it held must be known to be let go. */
  async #loadReplaced(): Promise<void> {
    for (const state of this.#host.modified) {
      for (const relation of state.mapper.relationships) {
        if (
          relation.direction === 'manyToOne' ||
          relation.viewonly ||
          state.values[relation.slot] === undefined
        )
          continue
        const committed = state.committed
        if (!committed?.has(relation.slot) || state.collections?.has(relation.slot)) continue
        if (relation.uselist) {
          const stored = await storedObjects(this.#host, relation, state)
          state.collections ??= new Map()
          state.collections.set(relation.slot, stored)
          for (const child of historyOf(relation, state).removed) releaseMember(relation, state, child)
        } else if (committed.get(relation.slot) === undefined) {
          const [stored] = await storedObjects(this.#host, relation, state)
          committed.set(relation.slot, stored?.object ?? null)
          for (const child of historyOf(relation, state).removed) releaseMember(relation, state, child)
        }
      }
    }
  }

  #mappers(): Set<Mapper> {
    const mappers = new Set<Mapper>()
    for (const states of [this.#inserts, this.#host.modified, this.#deletes])
      for (const state of states) mappers.add(state.mapper)
    // Children that lose or gain a parent are written as well, even when nothing else of theirs changed.
    for (const state of [...this.#inserts, ...this.#host.modified]) {
      for (const relation of state.mapper.relationships)
        if (relation.direction === 'oneToMany') mappers.add(relation.target)
    }
    return mappers
  }

  #handleRemoved(): void {
    for (const state of [...this.#inserts, ...this.#host.modified]) {
      if (this.#deletes.has(state)) continue
      for (const relation of state.mapper.relationships) {
        if (relation.direction !== 'oneToMany' || relation.viewonly) continue
        for (const child of historyOf(relation, state).removed) {
          if (this.#deletes.has(child) || child.orphaned) continue
          if (child.key !== null) clearChild(relation, child)
        }
      }
    }
  }

  async #writeGroup(mappers: ReadonlySet<Mapper>, circular: boolean): Promise<void> {
    const mine = [...this.#inserts].filter((state) => mappers.has(state.mapper.root))
    for (const state of this.#modifiedOf(mappers)) this.#syncAll(state)
    // Updates first: a row may free a unique value that a new one takes.
    await this.#update(mappers)
    const layers = circular ? layersForInsert(mine) : [mine]
    for (const layer of layers) await this.#insertLayer(layer)
    await this.#update(mappers)
  }

  #modifiedOf(mappers: ReadonlySet<Mapper>): State[] {
    return [...this.#host.modified].filter(
      (state) => mappers.has(state.mapper.root) && !this.#deletes.has(state) && state.key !== null,
    )
  }

  #syncAll(state: State): void {
    this.#touched.add(state)
    for (const relation of state.mapper.relationships) {
      if (relation.viewonly) continue
      if (relation.direction === 'manyToOne' && !relation.options.postUpdate) syncReference(relation, state)
      else if (relation.direction === 'oneToMany') this.#syncChildren(relation, state)
    }
  }

  #syncChildren(relation: Relation, state: State): void {
    for (const child of historyOf(relation, state).added) {
      if (!this.#deletes.has(child)) syncChild(relation, state, child)
    }
  }

  async #insertLayer(states: readonly State[]): Promise<void> {
    const byMapper = new Map<Mapper, State[]>()
    for (const state of states) {
      for (const relation of state.mapper.relationships) {
        if (relation.direction === 'manyToOne' && !relation.options.postUpdate) syncReference(relation, state)
      }
      const group = byMapper.get(state.mapper)
      if (group) group.push(state)
      else byMapper.set(state.mapper, [state])
    }
    for (const [mapper, group] of byMapper) await this.#insert(mapper, group)
  }

  async #insert(mapper: Mapper, states: readonly State[]): Promise<void> {
    const { polymorphicOn, versionProperty } = mapper
    for (const state of states) {
      if (polymorphicOn && state.values[polymorphicOn.slot] === undefined) {
        state.values[polymorphicOn.slot] = mapper.options.polymorphicIdentity ?? null
      }
      if (versionProperty && state.values[versionProperty.slot] === undefined)
        state.values[versionProperty.slot] = 1
    }
    await announce(mapper, 'beforeInsert', states)
    const connection = await this.#host.connectionFor(mapper)
    await insertRows(connection, mapper, states)
    for (const state of states) {
      const key = mapper.identityOf(state)
      if (key === null) {
        throw new FlushError(
          `Instance ${String(state.object)} has a NULL identity key.  If this is an auto-generated value, check that the database table allows generation of new primary key values, and that the mapped Column object is configured to expect these generated values.`,
        )
      }
      for (const relation of mapper.relationships) {
        if (relation.direction === 'oneToMany' && !relation.viewonly) this.#syncChildren(relation, state)
      }
      this.#touched.add(state)
      state.key = key
      this.#host.inserted(state)
    }
    await announce(mapper, 'afterInsert', states)
  }

  async #update(mappers: ReadonlySet<Mapper>): Promise<void> {
    const byMapper = new Map<Mapper, State[]>()
    for (const state of this.#modifiedOf(mappers)) {
      this.#touched.add(state)
      if (!hasColumnChange(state)) continue
      this.#host.remember(state)
      const group = byMapper.get(state.mapper)
      if (group) group.push(state)
      else byMapper.set(state.mapper, [state])
    }
    for (const [mapper, states] of byMapper) {
      await announce(mapper, 'beforeUpdate', states)
      const sorted = states.sort((left, right) => (Number(left.key) || 0) - (Number(right.key) || 0))
      await updateRows(await this.#host.connectionFor(mapper), mapper, sorted)
      await announce(mapper, 'afterUpdate', states)
      for (const state of states) for (const { slot } of mapper.columns) state.committed?.delete(slot)
    }
  }

  /** References between rows that refer to each other are written when both exist. */
  async #postUpdates(): Promise<void> {
    for (const state of this.#touched) {
      if (this.#deletes.has(state)) continue
      let changed = false
      for (const relation of state.mapper.relationships) {
        if (!relation.options.postUpdate || relation.direction !== 'manyToOne') continue
        const target = stateOf(state.values[relation.slot])
        if (state.values[relation.slot] === undefined) continue
        for (const { local, remote } of relation.pairs) {
          const value = target ? target.values[remote.slot] : null
          if (state.values[local.slot] === value) continue
          state.set(local.slot, value)
          changed = true
        }
      }
      if (changed) await updateRows(await this.#host.connectionFor(state.mapper), state.mapper, [state])
    }
  }

  async #delete(): Promise<void> {
    const states = [...this.#deletes].filter((state) => state.key !== null)
    if (states.length === 0) return
    const groups = sortMappers(states.map((state) => state.mapper)).reverse()
    for (const { mappers } of groups) {
      const mine = states.filter((state) => mappers.has(state.mapper.root))
      for (const layer of layersForDelete(mine)) {
        for (const mapper of new Set(layer.map((state) => state.mapper))) {
          const members = layer.filter((state) => state.mapper === mapper)
          await announce(mapper, 'beforeDelete', members)
          for (const state of members) this.#host.remember(state)
          await deleteRows(await this.#host.connectionFor(mapper), mapper, members)
          for (const state of members) this.#host.removed(state)
          await announce(mapper, 'afterDelete', members)
        }
      }
    }
  }

  #settle(): void {
    const host = this.#host
    for (const state of [...this.#touched, ...host.modified]) {
      settleCollections(state, state.mapper.relationships)
      for (const relation of state.mapper.relationships) {
        if (state.values[relation.slot] !== undefined) state.markFresh(relation.slot)
      }
      rekey(host, state)
      state.settle(host.epoch)
    }
    host.added.clear()
    host.modified.clear()
    host.deleted.clear()
  }
}

/** An object whose key was changed goes by the new one. */
function rekey(host: FlushHost, state: State): void {
  if (state.key === null || state.deleted) return
  const key = state.mapper.identityOf(state)
  if (key === null || key === state.key) return
  host.identity.remove(state)
  state.key = key
  host.identity.add(state)
}

async function announce(mapper: Mapper, name: string, states: readonly State[]): Promise<void> {
  for (let own: Mapper | null = mapper; own; own = own.parent) {
    if (!listenersOf(own.cls, name)) continue
    for (const state of states) await dispatch(own.cls, name, own, state.object)
  }
}

/** Writes all changes of a session to the database. */
export async function flushSession(host: FlushHost): Promise<void> {
  await new Flush(host).run()
}
