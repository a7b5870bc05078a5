import { stateOf } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { State } from './flush-host.ts'

/** A session as `merge` sees it. */
export interface MergeHost {
  get(mapper: Mapper, key: readonly unknown[]): Promise<State | null>
  create(mapper: Mapper): State
}

/** Copies an object's state onto the session's own object of the same row, or onto a new one. */
export async function mergeState(host: MergeHost, given: State, seen: Map<State, State>): Promise<State> {
  const known = seen.get(given)
  if (known) return known
  const { mapper } = given
  mapper.configure()
  const key = mapper.primaryKey.map((property) => given.values[property.slot])
  const complete = key.every((value) => value !== null && value !== undefined)
  const target = (complete ? await host.get(mapper, key) : null) ?? host.create(mapper)
  seen.set(given, target)
  for (const { slot } of mapper.columns) {
    const value = given.values[slot]
    if (value !== undefined) target.set(slot, value)
  }
  const object = target.object as Record<string, unknown>
  for (const relation of mapper.relationships) {
    const value = given.values[relation.slot]
    if (value === undefined || !relation.cascade.has('merge')) continue
    if (relation.uselist && target.key !== null && target.values[relation.slot] === undefined) {
      await (object.awaitableAttrs as Record<string, Promise<unknown>>)[relation.key]
    }
    if (Array.isArray(value)) {
      const members: object[] = []
      for (const item of value) members.push((await mergeState(host, stateOf(item) as State, seen)).object)
      object[relation.key] = members
    } else
      object[relation.key] =
        value === null ? null : (await mergeState(host, stateOf(value) as State, seen)).object
  }
  return target
}
