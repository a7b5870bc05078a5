import type { Compiled } from '../compile/compilation.ts'
import { compile } from '../compile/compiler.ts'
import type { DialectTraits } from '../compile/traits.ts'
import { ColumnElement, type Condition } from '../expression/column-element.ts'
import {
  ENTITY,
  type EntityRef,
  isEntity,
  JOIN_PATH,
  type JoinPath,
  type JoinStep,
} from '../expression/entity.ts'
import { Alias, FromClause, Join, joinCondition } from '../expression/from-clause.ts'
import { MappedEntity } from '../orm/entity-ref.ts'
import type { Mapper, Relation } from '../orm/mapper.ts'
import { adaptTo, joinSteps, relationOrder } from '../orm/relation-conditions.ts'
import { Select } from '../statement/select.ts'
import type { JoinSpec } from '../statement/select-parts.ts'
import type { DialectName, Processor } from '../types/type-engine.ts'
import { EntityReader } from './entity-reader.ts'
import { buildTree, type LoadTree, strategyOf } from './load-option.ts'

/** A relationship that comes with the rows of the query. */
interface JoinedLoad {
  readonly relation: Relation
  readonly entity: EntityLoad
}

/** A relationship that is loaded after the rows, for all objects together. */
export interface LaterLoad {
  readonly relation: Relation
  readonly tree: LoadTree
  readonly criteria: readonly Condition[]
}

/** An entity of the query: where its columns begin, and what is loaded with it. */
export interface EntityLoad {
  readonly kind: 'entity'
  readonly reader: EntityReader
  readonly offset: number
  readonly joined: JoinedLoad[]
  readonly later: LaterLoad[]
  readonly raising: Relation[]
}

/** A plain value of the query. */
export interface ValueLoad {
  readonly kind: 'value'
  readonly offset: number
  readonly load: Processor | null
}

/** A SELECT prepared for the ORM: the statement to send, and how its rows are read. */
export interface QueryPlan {
  readonly compiled: Compiled
  readonly loads: readonly (EntityLoad | ValueLoad)[]
  readonly keys: readonly string[]
  /** Collections were joined: rows repeat objects. */
  readonly multiplies: boolean
}

class PlanBuilder {
  readonly columns: ColumnElement[] = []
  readonly froms: FromClause[] = []
  readonly joins: JoinSpec[] = []
  readonly where: Condition[] = []
  readonly order: ColumnElement[] = []
  readonly #dialect: DialectName
  readonly #allowsCollections: boolean
  multiplies = false

  constructor(dialect: DialectName, allowsCollections: boolean) {
    this.#dialect = dialect
    this.#allowsCollections = allowsCollections
  }

  entity(entity: MappedEntity, tree: LoadTree, path: readonly Mapper[]): EntityLoad {
    const reader = new EntityReader(entity, tree, this.#dialect)
    const offset = this.columns.length
    this.columns.push(...reader.columns)
    const load: EntityLoad = { kind: 'entity', reader, offset, joined: [], later: [], raising: [] }
    entity.mapper.configure()
    for (const relation of entity.mapper.relationships) this.#relation(load, entity, relation, tree, path)
    return load
  }

  #relation(
    load: EntityLoad,
    entity: MappedEntity,
    relation: Relation,
    tree: LoadTree,
    path: readonly Mapper[],
  ): void {
    const choice = tree.relations.get(relation.key)
    const strategy = strategyOf(relation, tree)
    if (strategy === 'select') return
    if (strategy === 'raise') {
      load.raising.push(relation)
      return
    }
    const below = choice?.below ?? buildTree([])
    // Without an option a relationship is not followed back to where it came from.
    if (!choice && path.some((mapper) => mapper === relation.target || mapper.isA(relation.target))) return
    if (strategy === 'contains') {
      load.joined.push({
        relation,
        entity: this.entity(new MappedEntity(relation.target, null), below, [...path, entity.mapper]),
      })
      this.multiplies ||= relation.uselist
    } else if (strategy === 'joined' && this.#canJoin(relation)) {
      load.joined.push({
        relation,
        entity: this.#join(entity, relation, below, path, choice?.criteria ?? []),
      })
    } else if (strategy === 'selectin' || strategy === 'joined') {
      load.later.push({ relation, tree: below, criteria: choice?.criteria ?? [] })
    }
  }

  /** LIMIT would count the rows of the join, and tables of a hierarchy have no common alias. */
  #canJoin(relation: Relation): boolean {
    const { target } = relation
    const plain = target.tables.length === 1 && target.family.length === 1
    return plain && (!relation.uselist || this.#allowsCollections)
  }

  #join(
    entity: MappedEntity,
    relation: Relation,
    tree: LoadTree,
    path: readonly Mapper[],
    criteria: readonly Condition[],
  ): EntityLoad {
    const alias = new Alias(relation.target.table, null)
    const secondary = relation.secondary ? new Alias(relation.secondary, null) : undefined
    const steps = joinSteps(relation, entity.from, alias, secondary)
    const last = steps.at(-1) as JoinStep
    const more = [...criteria, relation.target.criterion].filter((condition) => condition !== null)
    const on = more.reduce((left, condition) => left.and(adaptTo(condition, [alias])), last.on)
    steps[steps.length - 1] = { ...last, on }
    const kind = relation.options.innerjoin && !relation.uselist ? 'inner' : 'left'
    this.joins.push({ target: fixedPath(steps, relation), on: null, kind })
    this.order.push(...relationOrder(relation, alias))
    this.multiplies ||= relation.uselist
    return this.entity(new MappedEntity(relation.target, alias), tree, [...path, entity.mapper])
  }
}

/** Joins that are known already, in the form that a SELECT takes them. */
function fixedPath(steps: readonly JoinStep[], relation: Relation): JoinPath {
  return { [JOIN_PATH]: () => steps, joinTarget: new MappedEntity(relation.target, null) }
}

/** Tables of subclasses beside those of the class, for objects of any of them. */
function polymorphicFrom(mapper: Mapper): FromClause {
  let from = mapper.from
  if (!mapper.polymorphicOn) return from
  for (const member of mapper.family) {
    if (!from.covers(member.table))
      from = new Join(from, member.table, joinCondition(member.parent?.table ?? from, member.table), 'left')
  }
  return from
}

function asMapped(entity: EntityRef): MappedEntity {
  return entity as MappedEntity
}

function keyOf(item: unknown, index: number): string {
  if (item instanceof ColumnElement) return item.key ?? `_${index}`
  if (isEntity(item)) return item[ENTITY].entityName
  return `_${index}`
}

/** Prepares a SELECT for the ORM. */
export function makePlan(
  select: Select<readonly unknown[]>,
  traits: DialectTraits,
  given?: LoadTree,
): QueryPlan {
  const { parts } = select
  const tree = given ?? buildTree(parts.options)
  const plainRows =
    parts.limit === null && parts.offset === null && !parts.distinct && parts.groupBy.length === 0
  const builder = new PlanBuilder(traits.name, plainRows)
  const loads: (EntityLoad | ValueLoad)[] = []
  const keys: string[] = []
  for (const [index, item] of parts.items.entries()) {
    if (isEntity(item)) {
      const entity = asMapped(item[ENTITY])
      const from = entity.alias ?? polymorphicFrom(entity.mapper)
      if (!parts.froms.some((other) => other.covers(from))) builder.froms.push(from)
      if (entity.criterion) builder.where.push(entity.criterion)
      loads.push(builder.entity(entity, tree, []))
      keys.push(keyOf(item, index))
      continue
    }
    const columns = item instanceof FromClause ? [...item.columns.values()] : [item]
    for (const column of columns) {
      loads.push({
        kind: 'value',
        offset: builder.columns.length,
        load: column.type.resultProcessor(traits.name),
      })
      builder.columns.push(column)
      keys.push(keyOf(column, keys.length))
    }
  }
  const statement = new Select({
    ...parts,
    items: builder.columns,
    froms: mergeFroms(parts.froms, builder.froms),
    joins: [...parts.joins, ...builder.joins],
    where: [...parts.where, ...builder.where],
    orderBy: [...parts.orderBy.map((item) => namedOrder(select, item)), ...builder.order],
  })
  return { compiled: compile(statement, traits), loads, keys, multiplies: builder.multiplies }
}

/** Entities' tables, unless something given covers them. */
function mergeFroms(given: readonly FromClause[], own: readonly FromClause[]): FromClause[] {
  const kept = own.filter((from) => !given.some((other) => other.covers(from)))
  const outer = given.filter((from) => !kept.some((other) => other !== from && other.covers(from)))
  return [...outer, ...kept]
}

/** An order by attribute name, found while the entities are still known. */
function namedOrder(
  select: Select<readonly unknown[]>,
  item: ColumnElement | string,
): ColumnElement | string {
  if (typeof item !== 'string') return item
  for (const selected of select.parts.items) {
    const column = isEntity(selected) ? selected[ENTITY].attribute(item) : undefined
    if (column) return column
  }
  return item
}
