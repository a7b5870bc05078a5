import { CircularDependencyError } from '../errors/base-errors.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { State } from './flush-host.ts'
import { historyOf } from './relation-history.ts'

/** Classes that are written together: one, or several that refer to each other. */
export interface MapperGroup {
  readonly mappers: ReadonlySet<Mapper>
  /** Rows of the group may refer to each other. */
  readonly circular: boolean
}

function needs(mapper: Mapper, among: ReadonlySet<Mapper>): Set<Mapper> {
  const found = new Set<Mapper>()
  for (const member of mapper.family) {
    for (const table of member.tables) {
      for (const target of table.dependencies()) {
        for (const other of among) {
          if (other !== mapper && other.family.some((one) => one.tables.includes(target))) found.add(other)
        }
      }
    }
  }
  return found
}

function refersToItself(mapper: Mapper): boolean {
  const tables = new Set(mapper.family.flatMap((member) => member.tables))
  for (const table of tables) {
    for (const constraint of table.foreignKeyConstraints) {
      const target = table.lookup(constraint.tableKey)
      const inherits = constraint.columns.every((column) => column.primaryKey) && target !== table
      if (target && tables.has(target) && !inherits) return true
    }
  }
  return false
}

/** Sorts classes so that each comes after those that its tables refer to. */
export function sortMappers(mappers: Iterable<Mapper>): MapperGroup[] {
  const roots = new Set(Array.from(mappers, (mapper) => mapper.root))
  const wants = new Map([...roots].map((mapper) => [mapper, needs(mapper, roots)]))
  const groups: MapperGroup[] = []
  const done = new Set<Mapper>()
  while (done.size < roots.size) {
    const waiting = [...roots].filter((mapper) => !done.has(mapper))
    const ready = waiting.filter((mapper) => [...(wants.get(mapper) ?? [])].every((need) => done.has(need)))
    if (ready.length === 0) {
      const circle = smallestCircle(waiting, wants, done)
      groups.push({ mappers: circle, circular: true })
      for (const mapper of circle) done.add(mapper)
      continue
    }
    for (const mapper of ready) {
      groups.push({ mappers: new Set([mapper]), circular: refersToItself(mapper) })
      done.add(mapper)
    }
  }
  return groups
}

/** Classes that refer to each other in a circle and need nothing else that is missing. */
function smallestCircle(
  waiting: readonly Mapper[],
  wants: ReadonlyMap<Mapper, Set<Mapper>>,
  done: ReadonlySet<Mapper>,
): Set<Mapper> {
  const reachable = (start: Mapper) => {
    const seen = new Set<Mapper>()
    const queue = [start]
    for (let next = queue.pop(); next; next = queue.pop()) {
      for (const need of wants.get(next) ?? []) {
        if (done.has(need) || seen.has(need)) continue
        seen.add(need)
        queue.push(need)
      }
    }
    return seen
  }
  const sets = waiting.map((mapper) => reachable(mapper).add(mapper))
  return sets.reduce((least, set) => (set.size < least.size ? set : least))
}

/** States among `all` whose rows must exist before that of `state`. */
function parentsOf(state: State, all: ReadonlySet<State>): State[] {
  const parents: State[] = []
  for (const relation of state.mapper.relationships) {
    if (relation.direction !== 'manyToOne' || relation.options.postUpdate || relation.viewonly) continue
    for (const target of historyOf(relation, state).added) if (all.has(target)) parents.push(target)
  }
  return parents
}

/** Sorts new objects into layers, each of which refers only to those before it. */
export function layersForInsert(states: readonly State[]): State[][] {
  const all = new Set(states)
  const parents = new Map<State, Set<State>>(states.map((state) => [state, new Set(parentsOf(state, all))]))
  for (const state of states) {
    for (const relation of state.mapper.relationships) {
      if (relation.direction !== 'oneToMany' || relation.options.postUpdate || relation.viewonly) continue
      for (const child of historyOf(relation, state).added) parents.get(child)?.add(state)
    }
  }
  return layers(states, parents)
}

/** Sorts objects to be deleted into layers, each of which nothing that is left refers to. */
export function layersForDelete(states: readonly State[]): State[][] {
  const byTableKey = new Map<string, State>()
  for (const state of states)
    byTableKey.set(`${state.mapper.root.table.fullName}:${String(state.key)}`, state)
  const parents = new Map<State, Set<State>>(states.map((state) => [state, new Set()]))
  for (const state of states) {
    for (const table of state.mapper.tables) {
      for (const constraint of table.foreignKeyConstraints) {
        const values = constraint.columns.map((column) => {
          const property = state.mapper.findPropertyOf(column)
          if (!property) return null
          const { slot } = property
          return state.committed?.has(slot) ? state.committed.get(slot) : state.values[slot]
        })
        const key = state.mapper.identity(values)
        const other = key === null ? undefined : byTableKey.get(`${constraint.tableKey}:${String(key)}`)
        if (other && other !== state) parents.get(state)?.add(other)
      }
    }
  }
  return layers(states, parents, true).reverse()
}

function layers(
  states: readonly State[],
  parents: ReadonlyMap<State, Set<State>>,
  lenient = false,
): State[][] {
  const result: State[][] = []
  const done = new Set<State>()
  let waiting = [...states]
  while (waiting.length) {
    const ready = waiting.filter((state) =>
      [...(parents.get(state) ?? [])].every((parent) => done.has(parent) || parent === state),
    )
    if (ready.length === 0) {
      if (lenient) return [...result, waiting]
      const names = [...new Set(waiting.map((state) => state.mapper.className))].join(', ')
      throw new CircularDependencyError(
        `Circular dependency detected between objects of ${names}: give one of the relationships postUpdate: true`,
      )
    }
    result.push(ready)
    for (const state of ready) done.add(state)
    waiting = waiting.filter((state) => !done.has(state))
  }
  return result
}
