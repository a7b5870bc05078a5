import type { ColumnElement, Condition } from '../expression/column-element.ts'
import type { TableSchema } from '../schema/table.ts'
import type { ColumnProperty } from './column-property.ts'
import type { LazyMode, RelationshipOptions } from './relationship-options.ts'

/** A mapper as relationships see it. */
export interface RelatedMapper {
  readonly className: string
  readonly table: TableSchema
}

/** Which side holds the foreign key. */
export type Direction = 'manyToOne' | 'oneToMany' | 'manyToMany'

/** Two columns that a relationship keeps equal. */
export interface ColumnPair {
  readonly local: ColumnProperty
  readonly remote: ColumnProperty
}

/** A column of a mapped table and the column of the association table that refers to it. */
export interface AssociationPair {
  readonly property: ColumnProperty
  readonly secondary: ColumnElement
}

/** What a relationship comes to when both classes are known. */
export interface RelationshipParts<M extends RelatedMapper> {
  readonly key: string
  readonly slot: number
  readonly parent: M
  readonly target: M
  readonly direction: Direction
  readonly uselist: boolean
  readonly pairs: readonly ColumnPair[]
  readonly secondary: TableSchema | null
  readonly parentPairs: readonly AssociationPair[]
  readonly targetPairs: readonly AssociationPair[]
  /** What the given `primaryjoin` says beyond the equality of columns. */
  readonly extra: Condition | null
  readonly options: RelationshipOptions
}

const allCascades = ['save-update', 'merge', 'refresh-expire', 'expunge', 'delete'] as const

/** Reads a cascade option. */
function parseCascade(given: string | false | undefined, viewonly: boolean): ReadonlySet<string> {
  if (given === false || viewonly) return new Set()
  const words = (given ?? 'save-update, merge').split(',').map((word) => word.trim())
  const result = new Set<string>()
  for (const word of words) {
    if (word === 'all') for (const cascade of allCascades) result.add(cascade)
    else if (word && word !== 'none') result.add(word)
  }
  return result
}

/** A relationship between two mappers. */
export class RelationshipProperty<M extends RelatedMapper = RelatedMapper> implements RelationshipParts<M> {
  readonly kind = 'relationship'
  readonly key: string
  readonly slot: number
  readonly parent: M
  readonly target: M
  readonly direction: Direction
  readonly uselist: boolean
  readonly pairs: readonly ColumnPair[]
  readonly secondary: TableSchema | null
  readonly parentPairs: readonly AssociationPair[]
  readonly targetPairs: readonly AssociationPair[]
  readonly extra: Condition | null
  readonly options: RelationshipOptions
  readonly cascade: ReadonlySet<string>
  readonly lazy: LazyMode
  /** The relationship on the other side, when there is one. */
  reverse: RelationshipProperty<M> | null = null

  constructor(parts: RelationshipParts<M>) {
    this.key = parts.key
    this.slot = parts.slot
    this.parent = parts.parent
    this.target = parts.target
    this.direction = parts.direction
    this.uselist = parts.uselist
    this.pairs = parts.pairs
    this.secondary = parts.secondary
    this.parentPairs = parts.parentPairs
    this.targetPairs = parts.targetPairs
    this.extra = parts.extra
    this.options = parts.options
    this.cascade = parseCascade(parts.options.cascade, parts.options.viewonly ?? false)
    this.lazy = parts.options.lazy ?? 'select'
  }

  get viewonly(): boolean {
    return this.options.viewonly ?? false
  }

  get deletesOrphans(): boolean {
    return this.cascade.has('delete-orphan')
  }

  toString(): string {
    return `${this.parent.className}.${this.key}`
  }
}
