import type { InstanceState } from '../orm/instance-state.ts'
import type { Mapper, Relation } from '../orm/mapper.ts'
import { fillList } from '../orm/relation-values.ts'
import type { ReadingSession } from './entity-reader.ts'
import type { EntityLoad, LaterLoad, QueryPlan, ValueLoad } from './query-plan.ts'

/** Objects for which relationships are still to be loaded. */
interface LoadWork {
  readonly load: LaterLoad
  readonly states: Set<InstanceState<Mapper>>
}

/** True when a row of it is the object alone. */
function isBare({ raising, joined, later }: EntityLoad): boolean {
  return raising.length === 0 && joined.length === 0 && later.length === 0
}

/** Reads the rows of a plan; what is loaded later is collected in `work`. */
export class PlanReader {
  readonly #plan: QueryPlan
  readonly #session: ReadingSession
  readonly #refresh: boolean
  readonly #lists = new Map<EntityLoad, Map<InstanceState<Mapper>, object[]>>()
  readonly work = new Map<LaterLoad, LoadWork>()

  constructor(plan: QueryPlan, session: ReadingSession, refresh: boolean) {
    this.#plan = plan
    this.#session = session
    this.#refresh = refresh
  }

  /** Values of one row: objects and plain values. */
  values(row: readonly unknown[]): unknown[] {
    return this.#plan.loads.map((load) => this.#one(load, row))
  }

  /** The only value of each row, without a row around it. */
  singles(rows: readonly (readonly unknown[])[]): unknown[] {
    const load = this.#plan.loads[0] as EntityLoad | ValueLoad
    const result = new Array<unknown>(rows.length)
    if (load.kind === 'entity' && isBare(load)) {
      const { reader, offset } = load
      const map = this.#session.identity.of(reader.entity.mapper)
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index] as readonly unknown[]
        result[index] = reader.read(row, offset, this.#session, this.#refresh, map)?.object ?? null
      }
      return result
    }
    for (let index = 0; index < rows.length; index++)
      result[index] = this.#one(load, rows[index] as readonly unknown[])
    return result
  }

  #one(load: EntityLoad | ValueLoad, row: readonly unknown[]): unknown {
    if (load.kind === 'entity') return this.#entity(load, row)?.object ?? null
    const value = row[load.offset]
    return load.load === null || value === null ? value : load.load(value)
  }

  #entity(load: EntityLoad, row: readonly unknown[]): InstanceState<Mapper> | null {
    const state = load.reader.read(row, load.offset, this.#session, this.#refresh)
    if (state === null) return null
    for (const relation of load.raising) (state.raising ??= new Set()).add(relation.slot)
    for (const { relation, entity } of load.joined) this.#joined(state, relation, entity, row)
    for (const later of load.later) {
      let work = this.work.get(later)
      if (!work) {
        work = { load: later, states: new Set() }
        this.work.set(later, work)
      }
      work.states.add(state)
    }
    return state
  }

  #joined(
    state: InstanceState<Mapper>,
    relation: Relation,
    entity: EntityLoad,
    row: readonly unknown[],
  ): void {
    const related = this.#entity(entity, row)
    if (relation.uselist) {
      let lists = this.#lists.get(entity)
      if (!lists) {
        lists = new Map()
        this.#lists.set(entity, lists)
      }
      let list = lists.get(state)
      if (!list) {
        list = []
        lists.set(state, list)
      }
      if (related && !list.includes(related.object)) list.push(related.object)
      this.#targets.set(entity, relation)
      return
    }
    if (state.committed?.has(relation.slot)) return
    state.values[relation.slot] = related?.object ?? null
    state.markFresh(relation.slot)
  }

  readonly #targets = new Map<EntityLoad, Relation>()

  /** Puts the collections together when all rows are read. */
  finish(): void {
    for (const [entity, lists] of this.#lists) {
      const relation = this.#targets.get(entity) as Relation
      for (const [state, items] of lists) {
        if (state.committed?.has(relation.slot) || (state.isFresh(relation.slot) && !this.#refresh)) continue
        fillList(state, relation, items)
        state.markFresh(relation.slot)
      }
    }
  }
}
