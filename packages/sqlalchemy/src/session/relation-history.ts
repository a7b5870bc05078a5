import { InstanceState, stateOf } from '../orm/instance-state.ts'
import type { Relation } from '../orm/mapper.ts'
import type { State } from './flush-host.ts'
import { emptyTree } from './load-option.ts'
import { type LoadingSession, loadRelation } from './load-relation.ts'

/** What entered and left a relationship since the last flush. */
export interface RelationHistory {
  readonly added: readonly State[]
  readonly removed: readonly State[]
  readonly unchanged: readonly State[]
}

const nothing: RelationHistory = { added: [], removed: [], unchanged: [] }

function statesOf(value: unknown): State[] {
  const objects = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]
  return objects.map((object) => stateOf(object) as State)
}

/** Changes of a relationship. */
export function historyOf(relation: Relation, state: State): RelationHistory {
  const { slot } = relation
  const value = state.values[slot]
  if (value === undefined) {
    const pending = state.pending?.get(slot)
    return pending
      ? { added: [...pending.added] as State[], removed: [...pending.removed] as State[], unchanged: [] }
      : nothing
  }
  const current = statesOf(value)
  if (relation.uselist) {
    const base = (state.collections?.get(slot) ?? []) as readonly State[]
    return {
      added: current.filter((member) => !base.includes(member)),
      removed: base.filter((member) => !current.includes(member)),
      unchanged: current.filter((member) => base.includes(member)),
    }
  }
  if (state.key === null) return { added: current, removed: [], unchanged: [] }
  if (!state.committed?.has(slot)) return { added: [], removed: [], unchanged: current }
  const old = statesOf(state.committed.get(slot))
  return { added: current, removed: old.filter((member) => !current.includes(member)), unchanged: [] }
}

/** Related objects as the database has them, whatever the program has done since. */
export async function storedObjects(
  session: LoadingSession,
  relation: Relation,
  state: State,
): Promise<State[]> {
  const values = [...state.values]
  for (const [slot, old] of state.committed ?? []) if (old !== undefined) values[slot] = old
  values[relation.slot] = undefined
  const probe = new InstanceState(state.mapper, state.object, values)
  probe.key = state.key
  await loadRelation(session, relation, [probe], emptyTree())
  return statesOf(probe.values[relation.slot])
}

/** Related objects: those present, or those of the database when nothing is loaded. */
export async function relatedStates(
  session: LoadingSession,
  relation: Relation,
  state: State,
): Promise<State[]> {
  if (state.values[relation.slot] !== undefined || state.key === null) {
    const { added, removed, unchanged } = historyOf(relation, state)
    return [...new Set([...unchanged, ...added, ...removed])]
  }
  const stored = await storedObjects(session, relation, state)
  const pending = state.pending?.get(relation.slot)
  const more = pending ? ([...pending.added] as State[]) : []
  return [...new Set([...stored, ...more])]
}

/** Notes what a collection holds as what the database has. */
export function settleCollections(state: InstanceState, relations: readonly Relation[]): void {
  for (const relation of relations) {
    if (!relation.uselist) continue
    const value = state.values[relation.slot]
    if (!Array.isArray(value)) continue
    state.collections ??= new Map()
    state.collections.set(relation.slot, statesOf(value))
  }
}
