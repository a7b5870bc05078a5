import type { Relation } from '../orm/mapper.ts'
import { clearChild } from './clear-child.ts'
import type { FlushHost, State } from './flush-host.ts'
import { historyOf, relatedStates } from './relation-history.ts'

function isLoaded(relation: Relation, state: State): boolean {
  return state.values[relation.slot] !== undefined
}

async function reached(host: FlushHost, relation: Relation, state: State): Promise<State[]> {
  const passive = relation.options.passiveDeletes
  if (passive && !isLoaded(relation, state)) return []
  return await relatedStates(host, relation, state)
}

/** What the deletion of an object means for those that it is related to. */
async function follow(
  host: FlushHost,
  state: State,
  inserts: Set<State>,
  deletes: Set<State>,
): Promise<State[]> {
  const more: State[] = []
  state.mapper.configure()
  for (const relation of state.mapper.relationships) {
    if (relation.viewonly) continue
    if (relation.cascade.has('delete')) {
      for (const related of await reached(host, relation, state)) {
        if (related.key !== null && !deletes.has(related)) more.push(related)
        else if (related.key === null && inserts.delete(related)) host.expunge(related)
      }
    } else if (relation.direction === 'oneToMany' && relation.options.passiveDeletes !== 'all') {
      for (const child of await reached(host, relation, state)) {
        if (deletes.has(child) || child.key === null) continue
        const { reverse } = relation
        if (reverse && child.values[reverse.slot] === state.object) child.set(reverse.slot, null)
        clearChild(relation, child)
      }
    }
  }
  return more
}

/** Orphans: new ones are forgotten, those with a row are deleted. */
function collectOrphans(host: FlushHost, inserts: Set<State>, deletes: Set<State>): void {
  for (const state of inserts) {
    if (!state.orphaned) continue
    inserts.delete(state)
    host.expunge(state)
  }
  for (const state of [...inserts, ...host.modified]) {
    if (state.orphaned && state.key !== null) deletes.add(state)
    for (const relation of state.mapper.relationships) {
      if (!relation.deletesOrphans) continue
      for (const child of historyOf(relation, state).removed) {
        if (child.key !== null && child.orphaned) deletes.add(child)
        else if (child.key === null && inserts.delete(child)) host.expunge(child)
      }
    }
  }
}

/** Extends the set of objects to be deleted by what goes with them. */
export async function cascadeDeletes(
  host: FlushHost,
  inserts: Set<State>,
  deletes: Set<State>,
): Promise<void> {
  collectOrphans(host, inserts, deletes)
  const waiting = [...deletes]
  for (let state = waiting.shift(); state; state = waiting.shift()) {
    for (const related of await follow(host, state, inserts, deletes)) {
      deletes.add(related)
      waiting.push(related)
    }
  }
}
