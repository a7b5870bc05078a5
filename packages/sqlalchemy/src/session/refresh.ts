import type { Connection } from '../engine/connection.ts'
import { InvalidRequestError, ObjectDeletedError } from '../errors/base-errors.ts'
import type { ColumnProperty } from '../orm/column-property.ts'
import type { Mapper } from '../orm/mapper.ts'
import { select } from '../statement/select.ts'
import type { State } from './flush-host.ts'
import { emptyTree } from './load-option.ts'
import { type LoadingSession, loadRelation } from './load-relation.ts'

/** Where a mapper's rows are. */
interface ConnectionSource {
  connectionFor(mapper: Mapper): Promise<Connection>
}

/** A session as the refresh of an object sees it. */
export interface RefreshHost extends LoadingSession, ConnectionSource {
  beforeQuery(): Promise<void>
}

/** Reads columns of an object that nothing has changed since; false when its row is gone. */
export async function loadColumns(
  host: ConnectionSource,
  state: State,
  columns: readonly ColumnProperty[],
): Promise<boolean> {
  if (columns.length === 0) return true
  const { mapper } = state
  const keys = mapper.primaryKey.map(({ column, slot }) =>
    column.eq((state.committed?.get(slot) ?? state.values[slot]) as never),
  )
  const statement = select(...columns.map(({ column }) => column))
    .selectFrom(mapper.from)
    .where(...keys)
  const row = (await (await host.connectionFor(mapper)).execute(statement)).first()
  if (!row) return false
  columns.forEach(({ slot }, index) => {
    if (!state.committed?.has(slot)) state.values[slot] = row[index]
  })
  return true
}

/** Reads an object again; pending changes of what is read are lost. */
export async function refreshState(
  host: RefreshHost,
  state: State,
  attributes?: readonly string[],
): Promise<void> {
  const { mapper } = state
  mapper.configure()
  const columns = mapper.columns.filter(({ key }) => attributes?.includes(key) ?? true)
  for (const { slot } of columns) state.committed?.delete(slot)
  if (!(await loadColumns(host, state, columns)))
    throw new InvalidRequestError(`Could not refresh instance '${String(state.object)}'`)
  for (const relation of mapper.relationships) {
    if (attributes ? !attributes.includes(relation.key) : state.values[relation.slot] === undefined) continue
    state.relationEpochs?.delete(relation.slot)
    state.committed?.delete(relation.slot)
    await loadRelation(host, relation, [state], emptyTree())
  }
  if (!attributes) state.epoch = host.epoch
}

/** Reads all that an object was made to forget, and one more column. */
async function loadForgotten(host: RefreshHost, state: State, wanted: ColumnProperty | null): Promise<void> {
  const missing = state.mapper.columns.filter(
    (property) => state.values[property.slot] === undefined && (property === wanted || !property.deferred),
  )
  if (await loadColumns(host, state, missing)) return
  throw new ObjectDeletedError(
    `Instance '${String(state.object)}' has been deleted, or its row is otherwise not present.`,
  )
}

/** Loads an attribute of an object that is not loaded, or is stale. */
export async function loadAttribute(host: RefreshHost, state: State, key: string): Promise<unknown> {
  state.mapper.configure()
  const property = state.mapper.properties.get(key)
  const object = state.object as Record<string, unknown>
  if (!property || state.key === null) return object[key]
  if (property.kind === 'column') {
    if (state.values[property.slot] === undefined) await loadForgotten(host, state, property)
    return object[key]
  }
  await host.beforeQuery()
  if (!state.isFresh(property.slot) || state.pending?.has(property.slot)) {
    const locals = [
      ...property.pairs.map((pair) => pair.local),
      ...property.parentPairs.map((pair) => pair.property),
    ]
    if (locals.some(({ slot }) => state.values[slot] === undefined)) await loadForgotten(host, state, null)
    await loadRelation(host, property, [state], emptyTree())
  }
  return state.values[property.slot]
}
