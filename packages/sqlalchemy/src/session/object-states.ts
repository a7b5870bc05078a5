import { InvalidRequestError, UnmappedInstanceError } from '../errors/base-errors.ts'
import { stateOf } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { State } from './flush-host.ts'
import { historyOf } from './relation-history.ts'

/** The state of an object; an error when it is not mapped. */
export function requireState(object: unknown): State {
  const state = stateOf(object)
  if (state) return state as State
  const name = typeof object === 'object' && object !== null ? object.constructor?.name : typeof object
  throw new UnmappedInstanceError(`Class '${name}' is not mapped`)
}

/** Objects that `save-update` reaches from one. */
export function relatedBy(cascade: string, state: State): State[] {
  const found: State[] = []
  state.mapper.configure()
  for (const relation of state.mapper.relationships) {
    if (!relation.cascade.has(cascade)) continue
    const { added, unchanged } = historyOf(relation, state)
    found.push(...added, ...unchanged)
  }
  return found
}

/** Values of a key given as a value, a list or an object by attribute. */
export function keyValues(mapper: Mapper, given: unknown): unknown[] {
  const keys = mapper.primaryKey
  if (keys.length === 1 && !Array.isArray(given) && !isPlain(given)) return [given]
  const values = Array.isArray(given)
    ? given
    : isPlain(given)
      ? keys.map((property) => (given as Record<string, unknown>)[property.key])
      : [given]
  if (values.length === keys.length && values.every((value) => value !== undefined)) return values
  throw new InvalidRequestError(
    `Incorrect number of values in identifier to formulate primary key for session.get(); primary key columns are ${keys.map((property) => `'${property.column.table.fullName}.${property.column.name}'`).join(',')}`,
  )
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
