import type { Connection } from '../engine/connection.ts'
import { InvalidRequestError } from '../errors/base-errors.ts'
import type { Mapper } from '../orm/mapper.ts'
import { select } from '../statement/select.ts'
import type { State } from './flush-host.ts'
import { emptyTree } from './load-option.ts'
import { type LoadingSession, loadRelation } from './load-relation.ts'

/** A session as the refresh of an object sees it. */
export interface RefreshHost extends LoadingSession {
  connectionFor(mapper: Mapper): Promise<Connection>
  beforeQuery(): Promise<void>
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
  const keys = mapper.primaryKey.map((property) => property.column.eq(state.values[property.slot] as never))
  if (columns.length) {
    const connection = await host.connectionFor(mapper)
    const statement = select(...columns.map(({ column }) => column))
      .selectFrom(mapper.from)
      .where(...keys)
    const row = (await connection.execute(statement)).first()
    if (!row) throw new InvalidRequestError(`Could not refresh instance '${String(state.object)}'`)
    for (const [index, { slot }] of columns.entries()) state.values[slot] = row[index]
  }
  for (const relation of mapper.relationships) {
    if (attributes ? !attributes.includes(relation.key) : state.values[relation.slot] === undefined) continue
    state.relationEpochs?.delete(relation.slot)
    state.committed?.delete(relation.slot)
    await loadRelation(host, relation, [state], emptyTree())
  }
  if (!attributes) state.epoch = host.epoch
}

/** Loads an attribute of an object that is not loaded, or is stale. */
export async function loadAttribute(host: RefreshHost, state: State, key: string): Promise<unknown> {
  state.mapper.configure()
  const property = state.mapper.properties.get(key)
  const object = state.object as Record<string, unknown>
  if (!property || state.key === null) return object[key]
  if (property.kind === 'column') {
    if (state.values[property.slot] === undefined) await refreshState(host, state, [key])
    return object[key]
  }
  await host.beforeQuery()
  if (!state.isFresh(property.slot) || state.pending?.has(property.slot)) {
    await loadRelation(host, property, [state], emptyTree())
  }
  return state.values[property.slot]
}
