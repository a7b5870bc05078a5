import { DetachedInstanceError, InvalidRequestError, MissingGreenlet } from '../errors/base-errors.ts'
import { dispatchNow, listenersOf } from '../event/listeners.ts'
import { type CollectionOwner, InstrumentedList } from './collection.ts'
import { type InstanceState, stateOf } from './instance-state.ts'
import type { Mapper, Relation } from './mapper.ts'

/** The state of an object that belongs into a relationship. */
function memberState(relation: Relation, item: unknown): InstanceState<Mapper> {
  const state = stateOf(item) as InstanceState<Mapper> | undefined
  if (!state) {
    throw new InvalidRequestError(
      `Relationship ${relation} takes objects of ${relation.target.className}, not ${String(item)}`,
    )
  }
  if (!state.mapper.isA(relation.target)) {
    throw new InvalidRequestError(
      `Attempting to flush child of type ${state.mapper.className} on collection "${relation}": expected ${relation.target.className}`,
    )
  }
  return state
}

function cascadesInto(relation: Relation, state: InstanceState, member: InstanceState): void {
  if (relation.cascade.has('save-update')) state.session?.cascade(member)
}

function notify(
  relation: Relation,
  name: 'append' | 'remove' | 'set',
  state: InstanceState,
  ...values: unknown[]
): void {
  // Nobody can have registered on an attribute that was never asked for.
  const target = relation.parent.memo.get(`attribute:${relation.key}`) as object | undefined
  if (target && listenersOf(target, name)) dispatchNow(target, name, state.object, ...values)
}

class ListOwner implements CollectionOwner {
  readonly #state: InstanceState
  readonly #relation: Relation

  constructor(state: InstanceState, relation: Relation) {
    this.#state = state
    this.#relation = relation
  }

  added(item: object): void {
    const state = this.#state
    const relation = this.#relation
    const member = memberState(relation, item)
    state.touch(relation.slot, state.values[relation.slot])
    if (relation.deletesOrphans) member.setParent(relation, state)
    cascadesInto(relation, state, member)
    notify(relation, 'append', state, item)
    const { reverse } = relation
    if (!reverse) return
    if (reverse.uselist) receiveAppend(reverse, member, state)
    else receiveSet(reverse, member, state)
  }

  removed(item: object): void {
    const state = this.#state
    const relation = this.#relation
    const member = memberState(relation, item)
    state.touch(relation.slot, state.values[relation.slot])
    notify(relation, 'remove', state, item)
    if (relation.deletesOrphans) member.dropParent(relation, state)
    const { reverse } = relation
    if (!reverse) return
    if (reverse.uselist) receiveRemove(reverse, member, state)
    else if (member.values[reverse.slot] === state.object) member.set(reverse.slot, null)
  }
}

/** Makes the list of a relationship with what the database has. */
function makeList(state: InstanceState, relation: Relation, items: readonly object[]): InstrumentedList {
  return InstrumentedList.make(new ListOwner(state, relation), items)
}

/** Puts loaded objects into a relationship; changes that waited for it are applied. */
export function fillList(state: InstanceState, relation: Relation, items: readonly object[]): void {
  const { slot } = relation
  const present = state.values[slot]
  const content = [...items]
  const changes = state.pending?.get(slot)
  if (changes) {
    for (const added of changes.added) if (!content.includes(added.object)) content.push(added.object)
    for (const removed of changes.removed)
      if (content.includes(removed.object)) content.splice(content.indexOf(removed.object), 1)
    state.pending?.delete(slot)
  }
  state.collections ??= new Map()
  state.collections.set(
    slot,
    items.map((item) => stateOf(item) as InstanceState),
  )
  if (present instanceof InstrumentedList) present.replaceQuietly(content)
  else state.values[slot] = makeList(state, relation, content)
}

/** The list of a relationship, made when the object is new. */
function ownList(state: InstanceState, relation: Relation): InstrumentedList | null {
  const present = state.values[relation.slot]
  if (present instanceof InstrumentedList) return present
  if (state.key !== null) return null
  const list = makeList(state, relation, [])
  state.values[relation.slot] = list
  return list
}

/** A member was put into the other side: this side follows without a further echo. */
function receiveAppend(relation: Relation, state: InstanceState, member: InstanceState): void {
  if (relation.viewonly) return
  const list = ownList(state, relation)
  state.touch(relation.slot, state.values[relation.slot])
  if (relation.deletesOrphans) member.setParent(relation, state)
  if (list) {
    if (!list.includes(member.object)) list.appendQuietly(member.object)
    return
  }
  const changes = state.pendingFor(relation.slot)
  changes.removed.delete(member)
  changes.added.add(member)
}

function receiveRemove(relation: Relation, state: InstanceState, member: InstanceState): void {
  if (relation.viewonly) return
  const list = ownList(state, relation)
  state.touch(relation.slot, state.values[relation.slot])
  if (relation.deletesOrphans) member.dropParent(relation, state)
  if (list) {
    list.removeQuietly(member.object)
    return
  }
  const changes = state.pendingFor(relation.slot)
  changes.added.delete(member)
  changes.removed.add(member)
}

function receiveSet(relation: Relation, state: InstanceState, member: InstanceState): void {
  const old = stateOf(state.values[relation.slot])
  if (old === member) return
  if (relation.deletesOrphans) {
    old?.dropParent(relation, state)
    member.setParent(relation, state)
  }
  if (old && relation.reverse) {
    if (relation.reverse.uselist) receiveRemove(relation.reverse, old, state)
    else old.set(relation.reverse.slot, null)
  }
  state.set(relation.slot, member.object)
}

function setScalar(relation: Relation, state: InstanceState, value: unknown): void {
  const { slot, reverse } = relation
  const old = stateOf(state.values[slot])
  const member = value === null || value === undefined ? null : memberState(relation, value)
  if (old && old === member) return
  if (state.values[slot] === undefined && member === null && state.key === null) {
    state.values[slot] = null
    return
  }
  state.set(slot, member ? member.object : null)
  notify(relation, 'set', state, value, old?.object ?? null)
  if (old && relation.deletesOrphans) old.dropParent(relation, state)
  if (old && reverse) {
    if (reverse.uselist) receiveRemove(reverse, old, state)
    else if (old.values[reverse.slot] === state.object) {
      old.set(reverse.slot, null)
      if (reverse.deletesOrphans) state.dropParent(reverse, old)
    }
  }
  if (!member) return
  if (relation.deletesOrphans) member.setParent(relation, state)
  cascadesInto(relation, state, member)
  if (!reverse) return
  if (reverse.uselist) receiveAppend(reverse, member, state)
  else receiveSet(reverse, member, state)
}

/** Sets a relationship as an assignment does. */
export function setRelation(relation: Relation, state: InstanceState, value: unknown): void {
  if (!relation.uselist) {
    setScalar(relation, state, value)
    return
  }
  if (value === null || value === undefined || !(Symbol.iterator in (value as object))) {
    throw new TypeError(
      `Incompatible collection type: ${value === null ? 'None' : typeof value} is not list-like`,
    )
  }
  const items = [...(value as Iterable<object>)]
  let list = ownList(state, relation)
  if (!list) {
    // The old content is not known; the flush loads it to tell what was left out.
    state.touch(relation.slot, undefined)
    list = makeList(state, relation, [])
    state.values[relation.slot] = list
  }
  const present: readonly object[] = [...list]
  for (const item of present) if (!items.includes(item)) list.remove(item)
  for (const item of items) if (!present.includes(item)) list.push(item)
  list.replaceQuietly(items)
}

/** Reads a relationship as an attribute access does. */
export function getRelation(relation: Relation, state: InstanceState): unknown {
  const value = state.values[relation.slot]
  if (value !== undefined) return value
  if (state.key === null) return relation.uselist ? ownList(state, relation) : null
  const name = String(relation)
  if (state.raising?.has(relation.slot) || relation.lazy === 'raise') {
    throw new InvalidRequestError(`'${name}' is not available due to lazy='raise'`)
  }
  if (relation.lazy === 'noload') return relation.uselist ? makeList(state, relation, []) : null
  if (!state.session) {
    throw new DetachedInstanceError(
      `Parent instance <${relation.parent.className}> is not bound to a Session; lazy load operation of attribute '${relation.key}' cannot proceed`,
    )
  }
  // A reference without a key refers to nothing; that needs no database.
  if (
    relation.direction === 'manyToOne' &&
    relation.pairs.every((pair) => state.values[pair.local.slot] === null)
  )
    return null
  throw new MissingGreenlet(
    `'${name}' is not loaded, and loading needs the database: use "await object.awaitableAttrs.${relation.key}", or load it with the query by .options(selectinload(${name}))`,
  )
}
