import {
  AmbiguousForeignKeysError,
  ArgumentError,
  InvalidRequestError,
  NoForeignKeysError,
} from '../errors/base-errors.ts'
import { ColumnElement, type Condition } from '../expression/column-element.ts'
import type { ColumnSchema } from '../schema/column.ts'
import { TableSchema } from '../schema/table.ts'
import { analyse, propertyFor, sameColumn } from './join-equations.ts'
import type { Mapper, Relation } from './mapper.ts'
import type { Deferred, RelationshipDefinition, RelationshipOptions } from './relationship-options.ts'
import {
  type AssociationPair,
  type ColumnPair,
  type Direction,
  RelationshipProperty,
} from './relationship-property.ts'

type ColumnNames = Deferred<string | ColumnElement | readonly (string | ColumnElement)[]> | undefined

/** Where a relationship finds other classes and tables. */
export interface ClassRegistry {
  mapperFor(target: RelationshipDefinition['target'], relationship: string): Mapper
  tableFor(name: string): TableSchema | undefined
}

function given(names: ColumnNames, mappers: readonly Mapper[]): ColumnElement[] {
  if (names === undefined) return []
  const value = typeof names === 'function' ? names() : names
  const items: readonly (string | ColumnElement)[] = Array.isArray(value)
    ? value
    : [value as string | ColumnElement]
  return items.map((item) => {
    if (item instanceof ColumnElement) return item
    const parts = item.replace(/[[\]]/g, '').split('.')
    const name = parts.at(-1) as string
    const owner = parts[0] as string
    const order =
      parts.length === 1
        ? mappers
        : [...mappers].sort((one) => (one.className === owner || one.table.name === owner ? -1 : 1))
    for (const mapper of order) {
      const column = mapper.columnProperty(name)?.column ?? mapper.table.columnByName(name)
      if (column) return column
    }
    throw new ArgumentError(
      `'${item}' is no column of ${mappers.map((mapper) => mapper.className).join(' or ')}`,
    )
  })
}

/** Foreign keys from one mapper's tables to another's: pairs of referring and referred column, by constraint. */
function references(from: Mapper, to: Mapper): (readonly [ColumnSchema, ColumnSchema])[][] {
  const groups: (readonly [ColumnSchema, ColumnSchema])[][] = []
  for (const table of from.tables) {
    for (const constraint of table.foreignKeyConstraints) {
      const target = table.lookup(constraint.tableKey)
      if (!target || !to.tables.includes(target)) continue
      // The key that ties a joined-table class to its parent is no relationship.
      if (from !== to && from.isA(to) && constraint.columns.every((column) => column.primaryKey)) continue
      const pairs = constraint.columns.map((column, index) => {
        const referred = target.columnByName(constraint.targetColumns[index] as string)
        return [column, referred as ColumnSchema] as const
      })
      if (pairs.every(([, referred]) => referred !== undefined)) groups.push(pairs)
    }
  }
  return groups
}

interface Simple {
  readonly direction: Direction
  readonly pairs: ColumnPair[]
  readonly extra: Condition | null
}

function describe(parent: Mapper, key: string): string {
  return `Could not determine join condition between parent/child tables on relationship ${parent.className}.${key}`
}

/** Which side refers, for pairs that could be read either way. */
function chooseSelf(parent: Mapper, options: RelationshipOptions): Direction {
  const remote = given(options.remoteSide, [parent])
  if (remote.length === 0) return 'oneToMany'
  const isKey = remote.every((column) =>
    parent.primaryKey.some((property) => property.columns.some((own) => sameColumn(own, column))),
  )
  return isKey ? 'manyToOne' : 'oneToMany'
}

function pick(
  groups: (readonly [ColumnSchema, ColumnSchema])[][],
  wanted: readonly ColumnElement[],
): (readonly [ColumnSchema, ColumnSchema])[][] {
  if (wanted.length === 0) return groups
  return groups.filter((pairs) =>
    pairs.every(([column]) => wanted.some((other) => sameColumn(column, other))),
  )
}

function findSimple(parent: Mapper, target: Mapper, key: string, options: RelationshipOptions): Simple {
  if (options.primaryjoin) return fromCondition(parent, target, key, options, options.primaryjoin())
  const wanted = given(options.foreignKeys, [parent, target])
  const forward = pick(references(parent, target), wanted)
  const backward = parent === target ? forward : pick(references(target, parent), wanted)
  const self = parent === target || (forward.length > 0 && backward.length > 0)
  const direction = self ? chooseSelf(parent, options) : forward.length ? 'manyToOne' : 'oneToMany'
  const groups = direction === 'manyToOne' ? forward : backward
  if (groups.length === 0) {
    throw new NoForeignKeysError(
      `${describe(parent, key)} - there are no foreign keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' expression.`,
    )
  }
  if (groups.length > 1) {
    throw new AmbiguousForeignKeysError(
      `${describe(parent, key)} - there are multiple foreign key paths linking the tables.  Specify the 'foreignKeys' argument, providing a list of those columns which should be counted as containing a foreign key reference to the parent table.`,
    )
  }
  const pairs = (groups[0] as (readonly [ColumnSchema, ColumnSchema])[]).map(([referring, referred]) =>
    direction === 'manyToOne'
      ? { local: parent.propertyOf(referring), remote: target.propertyOf(referred) }
      : { local: parent.propertyOf(referred), remote: target.propertyOf(referring) },
  )
  return { direction, pairs, extra: null }
}

function fromCondition(
  parent: Mapper,
  target: Mapper,
  key: string,
  options: RelationshipOptions,
  condition: Condition,
): Simple {
  const { equations, rest } = analyse(condition)
  const wanted = given(options.foreignKeys, [parent, target])
  const remote = given(options.remoteSide, [parent, target])
  let direction: Direction = 'oneToMany'
  const pairs = equations.map(({ left, right }): ColumnPair => {
    const [near, far] = sides(parent, target, left, right, remote)
    const local = propertyFor(parent, near)
    const other = propertyFor(target, far)
    if (!local || !other)
      throw new ArgumentError(`${describe(parent, key)}: the primaryjoin has columns of other tables`)
    if (refers(local.column, other.column, wanted)) direction = 'manyToOne'
    return { local, remote: other }
  })
  if (pairs.length === 0) {
    throw new ArgumentError(`${describe(parent, key)}: the primaryjoin needs an equation of two columns`)
  }
  return { direction, pairs, extra: rest }
}

function refers(local: ColumnSchema, remote: ColumnSchema, wanted: readonly ColumnElement[]): boolean {
  if (wanted.length) return wanted.some((column) => sameColumn(column, local))
  return local.foreignTargets().some((column) => sameColumn(column, remote))
}

function sides(
  parent: Mapper,
  target: Mapper,
  left: ColumnElement,
  right: ColumnElement,
  remote: readonly ColumnElement[],
): [ColumnElement, ColumnElement] {
  if (remote.some((column) => sameColumn(column, left))) return [right, left]
  if (remote.some((column) => sameColumn(column, right))) return [left, right]
  return propertyFor(parent, left) && propertyFor(target, right) ? [left, right] : [right, left]
}

function associations(
  secondary: TableSchema,
  mapper: Mapper,
  taken: readonly ColumnSchema[],
): AssociationPair[] {
  const pairs: AssociationPair[] = []
  for (const constraint of secondary.foreignKeyConstraints) {
    const target = secondary.lookup(constraint.tableKey)
    if (
      !target ||
      !mapper.tables.includes(target) ||
      constraint.columns.some((column) => taken.includes(column))
    )
      continue
    if (pairs.length) break
    constraint.columns.forEach((column, index) => {
      const referred = target.columnByName(constraint.targetColumns[index] as string) as ColumnSchema
      pairs.push({ property: mapper.propertyOf(referred), secondary: column })
    })
  }
  return pairs
}

function fromJoin(condition: Condition, mapper: Mapper, secondary: TableSchema): AssociationPair[] {
  return analyse(condition).equations.map(({ left, right }) => {
    const [near, far] =
      left.node.kind === 'column' && left.node.from === secondary ? [right, left] : [left, right]
    const property = propertyFor(mapper, near)
    const column = [...secondary.columns.values()].find((own) => sameColumn(own, far))
    if (!property || !column)
      throw new ArgumentError(
        `A join of '${secondary.name}' must equate its columns with those of ${mapper.className}`,
      )
    return { property, secondary: column }
  })
}

function secondaryTable(
  registry: ClassRegistry,
  given: RelationshipOptions['secondary'],
  name: string,
): TableSchema | null {
  if (given === undefined) return null
  const value = typeof given === 'function' ? given() : given
  if (value instanceof TableSchema) return value
  const table = registry.tableFor(value)
  if (table) return table
  throw new InvalidRequestError(`secondary of relationship ${name}: there is no table '${value}'`)
}

/** Works out a declared relationship, when both classes are known. */
export function configureRelationship(
  registry: ClassRegistry,
  parent: Mapper,
  key: string,
  slot: number,
  definition: RelationshipDefinition,
): Relation {
  const { options } = definition
  const name = `${parent.className}.${key}`
  const target = registry.mapperFor(definition.target, name)
  const secondary = secondaryTable(registry, options.secondary, name)
  const common = { key, slot, parent, target, secondary, options }
  if (secondary) {
    const parentPairs = options.primaryjoin
      ? fromJoin(options.primaryjoin(), parent, secondary)
      : associations(secondary, parent, [])
    const taken = parentPairs.map((pair) => pair.secondary as ColumnSchema)
    const targetPairs = options.secondaryjoin
      ? fromJoin(options.secondaryjoin(), target, secondary)
      : associations(secondary, target, taken)
    if (!parentPairs.length || !targetPairs.length) {
      throw new NoForeignKeysError(
        `${describe(parent, key)} - there are no foreign keys linking these tables via secondary table '${secondary.name}'.`,
      )
    }
    const uselist = options.uselist ?? true
    return new RelationshipProperty({
      ...common,
      direction: 'manyToMany',
      uselist,
      pairs: [],
      parentPairs,
      targetPairs,
      extra: null,
    })
  }
  const { direction, pairs, extra } = findSimple(parent, target, key, options)
  if (direction === 'manyToOne' && parsesOrphan(options) && !options.singleParent) {
    throw new ArgumentError(
      `For many-to-one relationship ${name}, delete-orphan cascade is normally configured only on the "one" side of a one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship. To force this relationship to allow a particular "${target.className}" object to be referenced by only a single "${parent.className}" object at a time via the ${name} relationship, which would allow delete-orphan cascade to take place in this direction, set the singleParent: true flag.`,
    )
  }
  const uselist = options.uselist ?? direction === 'oneToMany'
  return new RelationshipProperty({
    ...common,
    direction,
    uselist,
    pairs,
    parentPairs: [],
    targetPairs: [],
    extra,
  })
}

function parsesOrphan(options: RelationshipOptions): boolean {
  return typeof options.cascade === 'string' && options.cascade.includes('delete-orphan')
}
