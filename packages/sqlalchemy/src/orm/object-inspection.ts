import { UnmappedInstanceError } from '../errors/base-errors.ts'
import { stateOf } from './instance-state.ts'
import type { Mapper } from './mapper.ts'

/** Where an object stands, and what of it changed. */
export interface ObjectInspection {
  readonly mapper: Mapper
  readonly transient: boolean
  readonly pending: boolean
  readonly persistent: boolean
  readonly deleted: boolean
  readonly detached: boolean
  /** Values of the key, or null without a row. */
  readonly identity: readonly unknown[] | null
  /** Attributes that are not loaded. */
  readonly unloaded: readonly string[]
  /** Values before the first change since the last flush, by attribute. */
  readonly changes: ReadonlyMap<string, unknown>
}

/** Tells where an object stands (`sqlalchemy.inspect(object)`). */
export function inspectObject(object: object): ObjectInspection {
  const state = stateOf(object)
  if (!state) throw new UnmappedInstanceError(`Class '${object.constructor?.name}' is not mapped`)
  const mapper = state.mapper as unknown as Mapper
  const properties = [...mapper.properties.values()]
  const changes = new Map<string, unknown>()
  for (const [slot, old] of state.committed ?? []) {
    const property = properties.find((own) => own.slot === slot)
    if (property) changes.set(property.key, old)
  }
  const attached = state.session !== null
  const hasRow = state.key !== null
  return {
    mapper,
    transient: !attached && !hasRow,
    pending: attached && !hasRow,
    persistent: attached && hasRow && !state.deleted,
    deleted: attached && state.deleted,
    detached: !attached && hasRow,
    identity: hasRow ? mapper.primaryKey.map((property) => state.values[property.slot]) : null,
    unloaded: properties
      .filter((property) => state.values[property.slot] === undefined)
      .map((property) => property.key),
    changes,
  }
}

/** Marks an attribute as changed whose value was changed in place, such as a JSON object. */
export function flagModified(object: object, key: string): void {
  const state = stateOf(object)
  const property = state && (state.mapper as unknown as Mapper).properties.get(key)
  if (!state || !property)
    throw new UnmappedInstanceError(`'${object.constructor?.name}' has no mapped attribute '${key}'`)
  state.touch(property.slot, undefined)
}

/** Makes an object forget its row, so that it can be added as a new one. */
export function makeTransient(object: object): void {
  const state = stateOf(object)
  if (!state) throw new UnmappedInstanceError(`Class '${object.constructor?.name}' is not mapped`)
  state.session = null
  state.key = null
  state.deleted = false
  state.settle(0)
}
