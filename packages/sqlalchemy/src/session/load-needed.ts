import type { ColumnProperty } from '../orm/column-property.ts'
import type { Relation } from '../orm/mapper.ts'
import type { FlushHost, State } from './flush-host.ts'
import { loadColumns } from './refresh.ts'
import { historyOf } from './relation-history.ts'

/** Columns of an object that its own statement, or those of objects that refer to it, cannot do without. */
function needed(state: State, isDeleted: boolean): ColumnProperty[] {
  const columns: ColumnProperty[] = []
  const { versionProperty, relationships } = state.mapper
  if (versionProperty) columns.push(versionProperty)
  for (const { direction, pairs, parentPairs } of relationships) {
    // A row that goes is sorted by what it refers to; one that stays needs only what others copy from it.
    if (direction === 'oneToMany' || (isDeleted && direction === 'manyToOne'))
      for (const { local } of pairs) columns.push(local)
    for (const { property } of parentPairs) columns.push(property)
  }
  return columns
}

function refers(state: State): boolean {
  const { mapper } = state
  return mapper.relationships.some((relation) => relation.direction === 'manyToOne')
}

function* referred(state: State): Generator<readonly [State, readonly ColumnProperty[]]> {
  for (const relation of state.mapper.relationships as readonly Relation[]) {
    if (relation.direction !== 'manyToOne' || relation.viewonly) continue
    const remote = relation.pairs.map((pair) => pair.remote)
    for (const target of historyOf(relation, state).added) yield [target, remote]
  }
}

/** Reads what the statements of a flush need of objects that were made to forget it. */
export async function loadNeeded(
  host: FlushHost,
  inserts: ReadonlySet<State>,
  deletes: ReadonlySet<State>,
): Promise<void> {
  const load = async (state: State, columns: readonly ColumnProperty[]) => {
    if (state.key === null) return
    const missing = columns.filter(({ slot }) => state.values[slot] === undefined)
    // A row that is gone is reported by the statement that does not find it.
    await loadColumns(host, state, missing)
  }
  for (const state of [...host.modified, ...deletes]) {
    const columns = needed(state, deletes.has(state))
    if (columns.length > 0) await load(state, columns)
  }
  for (const state of [...host.modified, ...inserts]) {
    if (!refers(state)) continue
    for (const [target, columns] of referred(state)) await load(target, columns)
  }
}
