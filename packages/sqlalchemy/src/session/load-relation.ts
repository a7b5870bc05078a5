import { type ColumnElement, type Condition, conjunction } from '../expression/column-element.ts'
import { ENTITY, type EntitySource } from '../expression/entity.ts'
import type { ColumnProperty } from '../orm/column-property.ts'
import { entityOf } from '../orm/entity-ref.ts'
import { type InstanceState, stateOf } from '../orm/instance-state.ts'
import type { Mapper, Relation } from '../orm/mapper.ts'
import { relationOrder } from '../orm/relation-conditions.ts'
import { fillList } from '../orm/relation-values.ts'
import { Select } from '../statement/select.ts'
import { emptyParts } from '../statement/select-parts.ts'
import type { IdentityMap } from './identity-map.ts'
import type { LoadTree } from './load-option.ts'

/** A session as the loaders of relationships see it. */
export interface LoadingSession {
  readonly identity: IdentityMap
  readonly epoch: number
  /** Executes a SELECT and gives the values of its rows. */
  loadRows(select: Select<readonly unknown[]>, tree: LoadTree): Promise<unknown[][]>
  /** The same for a SELECT of one class: its objects. */
  loadObjects(select: Select<readonly unknown[]>, tree: LoadTree): Promise<object[]>
}

const largestGroup = 512

function groupKey(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : JSON.stringify(values.map(String))
}

/** Lists of few different lengths make few different statements, which stay prepared. */
function padded(values: readonly unknown[]): unknown[] {
  const length = 2 ** Math.ceil(Math.log2(values.length))
  const last = values.at(-1)
  return Array.from({ length }, (_, index) => (index < values.length ? values[index] : last))
}

/** What an object's row holds in some columns, whatever the program has done since. */
function storedKey(state: InstanceState, columns: readonly ColumnProperty[]): unknown {
  const [first] = columns
  if (columns.length === 1 && first) return state.committed?.get(first.slot) ?? state.values[first.slot]
  return groupKey(columns.map(({ slot }) => state.committed?.get(slot) ?? state.values[slot]))
}

function matches(columns: readonly ColumnElement[], tuples: readonly (readonly unknown[])[]): Condition {
  const [first] = columns
  if (columns.length === 1 && first) {
    const values = padded(tuples.map(([value]) => value))
    return values.length === 1 ? first.eq(values[0]) : first.in(values as never[])
  }
  return conjunction(
    'or',
    tuples.map((values) =>
      conjunction(
        'and',
        columns.map((column, index) => column.eq(values[index])),
      ),
    ),
  )
}

function entitySource(mapper: Mapper): EntitySource {
  return { [ENTITY]: entityOf(mapper) }
}

function* groups<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += largestGroup)
    yield items.slice(start, start + largestGroup)
}

function distinctTuples(
  states: Iterable<InstanceState>,
  slots: readonly number[],
): Map<unknown, readonly unknown[]> {
  const tuples = new Map<unknown, readonly unknown[]>()
  for (const state of states) {
    const values = slots.map((slot) => state.values[slot])
    if (values.every((value) => value !== null && value !== undefined)) tuples.set(groupKey(values), values)
  }
  return tuples
}

function assign(state: InstanceState<Mapper>, relation: Relation, related: readonly object[]): void {
  if (relation.uselist) {
    if (
      !state.committed?.has(relation.slot) ||
      state.pending?.has(relation.slot) ||
      state.values[relation.slot] === undefined
    ) {
      fillList(state, relation, related)
    }
  } else if (!state.committed?.has(relation.slot)) state.values[relation.slot] = related[0] ?? null
  state.markFresh(relation.slot)
}

async function loadManyToOne(
  session: LoadingSession,
  relation: Relation,
  states: readonly InstanceState<Mapper>[],
  tree: LoadTree,
  criteria: readonly Condition[],
): Promise<void> {
  const slots = relation.pairs.map((pair) => pair.local.slot)
  const { target } = relation
  const remote = relation.pairs.map((pair) => pair.remote)
  const byKey =
    remote.length === target.primaryKey.length &&
    remote.every((property) => target.primaryKey.includes(property))
  const found = new Map<unknown, object>()
  const tuples = distinctTuples(states, slots)
  const known = session.identity.of(target)
  const plain = byKey && criteria.length === 0 && relation.extra === null && tree.relations.size === 0
  for (const [key, values] of plain ? tuples : []) {
    const ordered = target.primaryKey.map((property) => values[remote.indexOf(property)])
    const state = known.get(target.identity(ordered) as never)
    if (!state || state.epoch < session.epoch || !state.mapper.isA(target)) continue
    found.set(key, state.object)
    tuples.delete(key)
  }
  for (const group of groups([...tuples.values()])) {
    const where = [
      matches(
        remote.map((property) => property.column),
        group,
      ),
      ...criteria,
    ]
    if (relation.extra) where.push(relation.extra)
    const objects = await session.loadObjects(
      new Select({ ...emptyParts, items: [entitySource(target)], where }),
      tree,
    )
    for (const object of objects) {
      const state = stateOf(object) as InstanceState
      found.set(groupKey(remote.map((property) => state.values[property.slot])), object)
    }
  }
  for (const state of states) {
    const related = found.get(groupKey(slots.map((slot) => state.values[slot])))
    assign(state, relation, related ? [related] : [])
  }
}

async function loadOneToMany(
  session: LoadingSession,
  relation: Relation,
  states: readonly InstanceState<Mapper>[],
  tree: LoadTree,
  criteria: readonly Condition[],
): Promise<void> {
  const { target } = relation
  const slots = relation.pairs.map((pair) => pair.local.slot)
  const remote = relation.pairs.map((pair) => pair.remote)
  const collected = new Map<unknown, object[]>()
  for (const group of groups([...distinctTuples(states, slots).values()])) {
    const where = [
      matches(
        remote.map((property) => property.column),
        group,
      ),
      ...criteria,
    ]
    if (relation.extra) where.push(relation.extra)
    const orderBy = relationOrder(relation, target.from)
    const objects = await session.loadObjects(
      new Select({ ...emptyParts, items: [entitySource(target)], where, orderBy }),
      tree,
    )
    for (const object of objects) {
      const key = storedKey(stateOf(object) as InstanceState, remote)
      const list = collected.get(key)
      if (list) list.push(object)
      else collected.set(key, [object])
    }
  }
  for (const state of states)
    assign(state, relation, collected.get(groupKey(slots.map((slot) => state.values[slot]))) ?? [])
}

async function loadManyToMany(
  session: LoadingSession,
  relation: Relation,
  states: readonly InstanceState<Mapper>[],
  tree: LoadTree,
  criteria: readonly Condition[],
): Promise<void> {
  const { target, secondary } = relation
  if (!secondary) return
  const slots = relation.parentPairs.map((pair) => pair.property.slot)
  const near = relation.parentPairs.map((pair) => pair.secondary)
  const collected = new Map<unknown, object[]>()
  const on = conjunction(
    'and',
    relation.targetPairs.map((pair) => pair.property.column.eq(pair.secondary)),
  )
  for (const group of groups([...distinctTuples(states, slots).values()])) {
    const where = [matches(near, group), ...criteria]
    if (relation.extra) where.push(relation.extra)
    const select = new Select({
      ...emptyParts,
      items: [entitySource(target), ...near],
      froms: [secondary.join(target.from, on)],
      where,
      orderBy: relationOrder(relation, target.from),
    })
    for (const [object, ...key] of await session.loadRows(select, tree)) {
      const list = collected.get(groupKey(key))
      if (list) list.push(object as object)
      else collected.set(groupKey(key), [object as object])
    }
  }
  for (const state of states)
    assign(state, relation, collected.get(groupKey(slots.map((slot) => state.values[slot]))) ?? [])
}

/** Loads a relationship for many objects with as few SELECTs as possible. */
export async function loadRelation(
  session: LoadingSession,
  relation: Relation,
  states: Iterable<InstanceState<Mapper>>,
  tree: LoadTree,
  criteria: readonly Condition[] = [],
): Promise<void> {
  const waiting = [...states].filter((state) => !state.isFresh(relation.slot) || tree.relations.size > 0)
  if (waiting.length === 0) return
  if (relation.direction === 'manyToOne') await loadManyToOne(session, relation, waiting, tree, criteria)
  else if (relation.direction === 'oneToMany') await loadOneToMany(session, relation, waiting, tree, criteria)
  else await loadManyToMany(session, relation, waiting, tree, criteria)
}
