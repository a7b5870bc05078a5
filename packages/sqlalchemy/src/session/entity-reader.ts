import { dispatchNow, listenersOf } from '../event/listeners.ts'
import type { ColumnElement } from '../expression/column-element.ts'
import type { ColumnProperty } from '../orm/column-property.ts'
import type { MappedEntity } from '../orm/entity-ref.ts'
import { type IdentityKey, InstanceState } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'
import { columnIn } from '../orm/relation-conditions.ts'
import { STATE } from '../orm/symbols.ts'
import type { DialectName, Processor } from '../types/type-engine.ts'
import type { IdentityMap } from './identity-map.ts'
import type { LoadTree } from './load-option.ts'

/** A session as the readers of rows see it. */
export interface ReadingSession {
  readonly identity: IdentityMap
  readonly epoch: number
  adopt(state: InstanceState<Mapper>): void
}

/** Makes the values of an object out of a row, from a place in it on. */
type ValueReader = (row: readonly unknown[], offset: number) => unknown[]

interface Placed {
  readonly property: ColumnProperty
  readonly position: number
}

/**
 * Writes a function that reads one shape of rows: straight code, which runs many times as fast as a loop
 * over processors.
 */
function compileReader(slotCount: number, placed: readonly Placed[], dialect: DialectName): ValueReader {
  const bySlot = new Map(placed.map((item) => [item.property.slot, item]))
  const loads: Processor[] = []
  const cells: string[] = []
  const last = Math.max(-1, ...bySlot.keys())
  for (let slot = 0; slot <= last; slot++) {
    const item = bySlot.get(slot)
    if (!item) {
      cells.push('undefined')
      continue
    }
    const load = item.property.column.type.resultProcessor(dialect)
    const cell = `row[offset + ${item.position}]`
    if (load) cells.push(`${cell} === null ? null : loads[${loads.push(load) - 1}](${cell})`)
    else cells.push(cell)
  }
  const rest = Math.max(0, slotCount - last - 1)
  for (let count = 0; count < rest; count++) cells.push('undefined')
  const make = new Function('loads', `return (row, offset) => [${cells.join(', ')}]`) as (
    loads: Processor[],
  ) => ValueReader
  return make(loads)
}

interface Shape {
  readonly mapper: Mapper
  readonly read: ValueReader
  readonly placed: readonly Placed[]
}

function wanted(mapper: Mapper, tree: LoadTree | null): readonly ColumnProperty[] {
  const must = new Set<ColumnProperty>(mapper.primaryKey)
  const { polymorphicOn, versionProperty } = mapper
  if (polymorphicOn) must.add(polymorphicOn)
  if (versionProperty) must.add(versionProperty)
  return mapper.columns.filter((property) => {
    if (must.has(property)) return true
    if (!tree) return !property.deferred
    if (tree.only) return tree.only.has(property.key)
    if (tree.deferred.has(property.key)) return false
    return !property.deferred || tree.undeferred.has(property.key)
  })
}

/** Reads the objects of a class out of rows. */
export class EntityReader {
  readonly entity: MappedEntity
  /** The columns that the SELECT must give, in this order. */
  readonly columns: readonly ColumnElement[]
  readonly #mapper: Mapper
  readonly #shapes = new Map<unknown, Shape>()
  readonly #keyPositions: readonly number[]
  readonly #keyLoads: readonly (Processor | null)[]
  readonly #discriminator: number
  readonly #own: Shape

  constructor(entity: MappedEntity, tree: LoadTree | null, dialect: DialectName) {
    const { mapper } = entity
    this.entity = entity
    this.#mapper = mapper
    const family = mapper.polymorphicOn ? mapper.family : [mapper]
    const places = new Map<ColumnProperty, number>()
    const columns: ColumnElement[] = []
    const placeOf = (property: ColumnProperty) => {
      const known = [...places].find(([other]) => other.slot === property.slot)
      if (known) return known[1]
      columns.push(entity.alias ? columnIn(entity.alias, property.column) : property.column)
      places.set(property, columns.length - 1)
      return columns.length - 1
    }
    for (const member of family) {
      const placed = wanted(member, tree).map((property) => ({ property, position: placeOf(property) }))
      const shape = { mapper: member, placed, read: compileReader(member.slotCount, placed, dialect) }
      if (member.options.polymorphicIdentity !== undefined)
        this.#shapes.set(member.options.polymorphicIdentity, shape)
      if (member === mapper) this.#shapes.set(mapper, shape)
    }
    this.#own = this.#shapes.get(mapper) as Shape
    this.columns = columns
    const keys = mapper.primaryKey
    this.#keyPositions = keys.map(placeOf)
    this.#keyLoads = keys.map((property) => property.column.type.resultProcessor(dialect))
    this.#discriminator = mapper.polymorphicOn && family.length > 1 ? placeOf(mapper.polymorphicOn) : -1
  }

  /** Identity of the row's object, or null when an outer join found none. */
  #keyOf(row: readonly unknown[], offset: number): IdentityKey | null {
    const positions = this.#keyPositions
    if (positions.length === 1) {
      const value = row[offset + (positions[0] as number)]
      const load = this.#keyLoads[0]
      if (value === null) return null
      const loaded = load ? load(value) : value
      return typeof loaded === 'number' || typeof loaded === 'string'
        ? loaded
        : this.#mapper.identity([loaded])
    }
    const values = positions.map((position, index) => {
      const value = row[offset + position]
      const load = this.#keyLoads[index]
      return load && value !== null ? load(value) : value
    })
    return this.#mapper.identity(values)
  }

  /**
   * The object of a row.
   * @param refresh replaces values also of objects that are up to date
   * @param map the session's objects of this class, for those who read many rows
   */
  read(
    row: readonly unknown[],
    offset: number,
    session: ReadingSession,
    refresh: boolean,
    map = session.identity.of(this.#mapper),
  ): InstanceState<Mapper> | null {
    const key = this.#keyOf(row, offset)
    if (key === null) return null
    const known = map.get(key)
    if (known) {
      if (refresh || known.epoch < session.epoch) this.#refresh(known, row, offset, session.epoch)
      else this.#complete(known, row, offset)
      return known
    }
    const shape = this.#shapeOf(row, offset)
    const { mapper } = shape
    const state = new InstanceState<Mapper>(mapper, mapper, shape.read(row, offset))
    state.object = new mapper.loadedClass(state as unknown as InstanceState)
    state.key = key
    state.epoch = session.epoch
    map.set(key, state)
    session.adopt(state)
    if (listenersOf(mapper.cls, 'load')) dispatchNow(mapper.cls, 'load', state.object)
    return state
  }

  #shapeOf(row: readonly unknown[], offset: number): Shape {
    if (this.#discriminator < 0) return this.#own
    return this.#shapes.get(row[offset + this.#discriminator]) ?? this.#own
  }

  #refresh(state: InstanceState<Mapper>, row: readonly unknown[], offset: number, epoch: number): void {
    const shape = this.#shapeOf(row, offset)
    const values = shape.read(row, offset)
    for (const { property } of shape.placed) {
      const { slot } = property
      // What the program has changed since stays; it will be written.
      if (!state.committed?.has(slot)) state.values[slot] = values[slot]
    }
    for (const relation of state.mapper.relationships) forgetMoved(state, relation)
    state.epoch = epoch
    if (listenersOf(state.mapper.cls, 'refresh')) dispatchNow(state.mapper.cls, 'refresh', state.object)
  }

  /** Fills in what an earlier query left out. */
  #complete(state: InstanceState<Mapper>, row: readonly unknown[], offset: number): void {
    const { placed } = this.#own
    if (placed.every(({ property }) => state.values[property.slot] !== undefined)) return
    const values = this.#shapeOf(row, offset).read(row, offset)
    for (const { property } of placed) {
      if (state.values[property.slot] === undefined) state.values[property.slot] = values[property.slot]
    }
  }
}

interface MovableRelation {
  readonly direction: string
  readonly slot: number
  readonly pairs: readonly { readonly local: ColumnProperty; readonly remote: ColumnProperty }[]
}

/** Forgets a related object that the row no longer refers to. */
function forgetMoved(state: InstanceState<Mapper>, relation: MovableRelation): void {
  if (relation.direction !== 'manyToOne' || state.committed?.has(relation.slot)) return
  const related = state.values[relation.slot] as object | null | undefined
  if (related === undefined) return
  if (related === null) {
    if (relation.pairs.some((pair) => state.values[pair.local.slot] !== null))
      state.values[relation.slot] = undefined
    return
  }
  const other = relatedState(related)
  const same = relation.pairs.every(
    (pair) => other?.values[pair.remote.slot] === state.values[pair.local.slot],
  )
  if (!same) state.values[relation.slot] = undefined
}

function relatedState(object: object): InstanceState | undefined {
  return (object as { [STATE]?: InstanceState })[STATE]
}
