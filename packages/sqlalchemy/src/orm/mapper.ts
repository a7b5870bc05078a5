import { ArgumentError, InvalidRequestError } from '../errors/base-errors.ts'
import type { ColumnElement, Condition } from '../expression/column-element.ts'
import { type FromClause, Join } from '../expression/from-clause.ts'
import type { ColumnSchema } from '../schema/column.ts'
import type { TableSchema } from '../schema/table.ts'
import type { ColumnProperty } from './column-property.ts'
import type { HybridDefinition } from './hybrid.ts'
import type { IdentityKey, InstanceState } from './instance-state.ts'
import type { ModelOptions } from './model-options.ts'
import type { RelationshipDefinition } from './relationship-options.ts'
import type { RelationshipProperty } from './relationship-property.ts'
import { STATE } from './symbols.ts'

/** A mapped class at run time. */
export type MappedClass = (abstract new (...args: never[]) => object) & { readonly prototype: object }

/** A relationship between mappers. */
export type Relation = RelationshipProperty<Mapper>

/** What a mapper is made of. */
export interface MapperParts {
  readonly table: TableSchema
  readonly parent: Mapper | null
  readonly options: ModelOptions
  readonly base: MappedClass
}

type Loaded = new (state: InstanceState) => object

/** How a class and a table belong together. */
export class Mapper {
  readonly table: TableSchema
  readonly parent: Mapper | null
  readonly options: ModelOptions
  /** The class that the model factory made. */
  readonly base: MappedClass
  readonly children: Mapper[] = []
  readonly columns: ColumnProperty[] = []
  readonly relationships: Relation[] = []
  readonly hybrids = new Map<string, HybridDefinition>()
  /** Columns and relationships by attribute. */
  readonly properties = new Map<string, ColumnProperty | Relation>()
  /** Relationships that could not be worked out yet, because a class was missing. */
  configure: () => void = () => undefined
  /** Adds a relationship after the class was made, for `backref`. */
  addRelationship: (key: string, definition: RelationshipDefinition) => void = () => undefined
  slotCount = 0
  #cls: MappedClass
  #adopted = false
  #loaded: Loaded | null = null
  #primaryKey: readonly ColumnProperty[] | null = null
  #from: FromClause | null = null
  /** What others work out once for this mapper: statements, readers, plans. */
  readonly memo = new Map<string, unknown>()

  constructor(parts: MapperParts) {
    this.table = parts.table
    this.parent = parts.parent
    this.options = parts.options
    this.base = parts.base
    this.#cls = parts.base
    if (parts.parent) parts.parent.children.push(this)
  }

  /** The class of the program: the last that was seen to extend the factory's. */
  get cls(): MappedClass {
    return this.#cls
  }

  /** True once the program has touched the class. */
  get isAdopted(): boolean {
    return this.#adopted
  }

  get className(): string {
    return this.#cls === this.base ? this.table.name : this.#cls.name
  }

  /** Takes the class in through which the mapper was reached. */
  adopt(cls: MappedClass): this {
    this.#adopted = true
    if (cls !== this.#cls && this.#cls === this.base) {
      this.#cls = cls
      this.#loaded = null
    }
    return this
  }

  /** Constructor of loaded objects: the class's prototype, but not its constructor. */
  get loadedClass(): Loaded {
    if (!this.#adopted) {
      throw new InvalidRequestError(
        `Rows of '${this.table.name}' were to become objects, but the class of that table was never used: let relationships refer to it as () => ClassName instead of by name`,
      )
    }
    this.#loaded ??= makeLoaded(this.#cls)
    return this.#loaded
  }

  /** The mapper at the top of the hierarchy, whose key identifies rows. */
  get root(): Mapper {
    return this.parent ? this.parent.root : this
  }

  /** True for a class without a table of its own. */
  get isSingleTable(): boolean {
    return this.parent !== null && this.parent.table === this.table
  }

  /** Tables from the root's to this mapper's own. */
  get tables(): readonly TableSchema[] {
    const above = this.parent ? this.parent.tables : []
    return above.includes(this.table) ? above : [...above, this.table]
  }

  /** Where rows come from: the table, or those of the hierarchy joined. */
  get from(): FromClause {
    this.#from ??= this.tables.reduce<FromClause | null>((left, table) => joinTables(left, table, this), null)
    return this.#from as FromClause
  }

  /** Properties of the key. */
  get primaryKey(): readonly ColumnProperty[] {
    this.#primaryKey ??= this.root.table.primaryKey.map((column) => this.propertyOf(column))
    return this.#primaryKey
  }

  /** The property that a column's value is kept in. */
  propertyOf(column: ColumnElement): ColumnProperty {
    const found = this.columns.find((property) => property.columns.includes(column as ColumnSchema))
    if (found) return found
    const name = column.key ?? 'expression'
    throw new ArgumentError(`Column '${name}' is not mapped by '${this.className}'`)
  }

  findPropertyOf(column: ColumnElement): ColumnProperty | undefined {
    return this.columns.find((property) => property.columns.includes(column as ColumnSchema))
  }

  columnProperty(key: string): ColumnProperty | undefined {
    const property = this.properties.get(key)
    return property?.kind === 'column' ? property : undefined
  }

  relationship(key: string): Relation {
    this.configure()
    const property = this.properties.get(key)
    if (property?.kind === 'relationship') return property
    throw new InvalidRequestError(
      `Mapper '${this.className}' has no property '${key}' that is a relationship`,
    )
  }

  /** The property that tells classes apart, or null. */
  get polymorphicOn(): ColumnProperty | null {
    const { root } = this
    const key = root.options.polymorphicOn
    if (key === undefined) return null
    const property = root.columnProperty(key)
    if (property) return property
    throw new ArgumentError(
      `Can't determine polymorphicOn value '${key}' - no attribute is mapped to this name.`,
    )
  }

  get versionProperty(): ColumnProperty | null {
    const key = this.root.options.versionIdCol
    return key === undefined ? null : (this.root.columnProperty(key) ?? null)
  }

  /** This mapper and all below it. */
  get family(): readonly Mapper[] {
    return [this, ...this.children.flatMap((child) => child.family)]
  }

  /** True for this mapper and those below `other`. */
  isA(other: Mapper): boolean {
    return this === other || (this.parent?.isA(other) ?? false)
  }

  /** Values of the discriminator that this mapper's rows can have. */
  get identities(): readonly unknown[] {
    return this.family
      .map((mapper) => mapper.options.polymorphicIdentity)
      .filter((value) => value !== undefined)
  }

  /** Condition that leaves rows of other classes out of a shared table; null when there are none. */
  get criterion(): Condition | null {
    const discriminator = this.polymorphicOn
    if (!discriminator || !this.isSingleTable) return null
    return discriminator.column.in(this.identities as never[])
  }

  /** Identity of a row by the values of its key; null when the key has a NULL. */
  identity(values: readonly unknown[]): IdentityKey | null {
    if (values.length === 1) return identityPart(values[0])
    const parts = values.map(identityPart)
    return parts.includes(null) ? null : JSON.stringify(parts.map(String))
  }

  /** Identity of an object by its present values. */
  identityOf(state: { readonly values: readonly unknown[] }): IdentityKey | null {
    const keys = this.primaryKey
    if (keys.length === 1) return identityPart(state.values[(keys[0] as ColumnProperty).slot])
    return this.identity(keys.map((property) => state.values[property.slot]))
  }

  /** Works something out once. */
  remember<T>(name: string, make: () => T): T {
    let value = this.memo.get(name) as T | undefined
    if (value === undefined) {
      value = make()
      this.memo.set(name, value)
    }
    return value
  }

  toString(): string {
    return `Mapper[${this.className}(${this.table.name})]`
  }
}

function identityPart(value: unknown): IdentityKey | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof Date) return value.getTime()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return String(value)
}

function makeLoaded(cls: MappedClass): Loaded {
  const bare = function (this: object, state: InstanceState) {
    ;(this as { [STATE]: InstanceState })[STATE] = state
  }
  bare.prototype = cls.prototype
  return bare as unknown as Loaded
}

function joinTables(left: FromClause | null, table: TableSchema, mapper: Mapper): FromClause {
  if (left === null) return table
  const conditions = table.primaryKey.flatMap((column) => {
    const target = column.foreignTargets().find((candidate) => left.covers(candidate.table))
    return target ? [column.eq(target)] : []
  })
  const [first, ...rest] = conditions
  if (!first) {
    throw new ArgumentError(
      `Can't find any foreign key relationships between '${mapper.parent?.table.name}' and '${table.name}': the key of a joined-table model refers to its parent's key`,
    )
  }
  return new Join(left, table, first.and(...rest), 'inner')
}
