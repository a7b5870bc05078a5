import type { ColumnProperty } from '../orm/column-property.ts'
import type { Relation } from '../orm/mapper.ts'
import type { State } from './flush-host.ts'

/** Forgets all values but the key, and the changes that wait to be written. */
export function expireState(state: State): void {
  const { values, mapper } = state
  const kept = mapper.primaryKey.map(({ slot }) => values[slot])
  values.fill(undefined)
  mapper.primaryKey.forEach(({ slot }, index) => {
    values[slot] = state.committed?.get(slot) ?? kept[index]
  })
  state.committed = null
  state.collections = null
  state.pending = null
  state.relationEpochs = null
  state.parents = null
  state.epoch = 0
}

/** Forgets the values of some attributes; those of the key stay. */
export function expireAttributes(state: State, properties: Iterable<ColumnProperty | Relation>): void {
  for (const property of properties) {
    const { slot } = property
    if (property.kind === 'column' && state.mapper.primaryKey.includes(property)) continue
    state.values[slot] = undefined
    state.committed?.delete(slot)
    state.collections?.delete(slot)
    state.pending?.delete(slot)
    state.relationEpochs?.delete(slot)
  }
  state.epoch = 0
}
