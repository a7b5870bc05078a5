import { ArgumentError, NoReferencedColumnError, NoReferencedTableError } from '../errors/base-errors.ts'
import { ColumnElement } from '../expression/column-element.ts'
import type { FromElement } from '../expression/node.ts'
import { EnumType } from '../types/other-types.ts'
import { type TypeEngine, type TypeLike, toType } from '../types/type-engine.ts'
import { ComputedSchema, IdentitySchema } from './computed.ts'
import { ForeignKeySchema } from './foreign-key.ts'

/** Values of a row that is about to be written, for default functions. */
export interface DefaultContext {
  /** Parameters of the statement by column key. */
  readonly currentParameters: Readonly<Record<string, unknown>>
}

/** Options of a column. */
export interface ColumnOptions {
  /** Name in the database; the key in snake_case otherwise. */
  name?: string
  primaryKey?: boolean
  nullable?: boolean
  unique?: boolean
  index?: boolean
  /** Value, function or SQL expression for rows that bring none. */
  default?: unknown
  /** Value, function or SQL expression for rows that are updated without one. */
  onupdate?: unknown
  /** DEFAULT of the table: text becomes a string literal, `text()` and functions stay SQL. */
  serverDefault?: unknown
  /** Says that the database changes the column on UPDATE. */
  serverOnupdate?: boolean
  autoincrement?: boolean | 'auto'
  comment?: string
  info?: Record<string, unknown>
  /** Loads the column only when asked for. */
  deferred?: boolean
}

/** What may stand between the type and the options of a column. */
export type ColumnItem = ForeignKeySchema | ComputedSchema | IdentitySchema

/** `true` where a column of these options can hold `null`. */
export type IsNullable<O> = O extends { primaryKey: true }
  ? false
  : O extends { nullable: false }
    ? false
    : true

/** Type of the values of a column of type `V` with options `O`. */
export type ColumnValue<V, O> = IsNullable<O> extends true ? V | null : V

/** A table as its columns see it. */
export interface ColumnOwner extends FromElement {
  readonly fullName: string
  /** Looks a table up in the same MetaData. */
  lookup(tableKey: string): { columnByName(name: string): ColumnSchema | undefined } | undefined
}

/** `authorId` is `author_id` in the database. */
export function snakeCase(key: string): string {
  return key.replace(/(?<=[a-z0-9])([A-Z])/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A column of a table: `V` is the type's value, `O` the options that decide nullability. */
export class ColumnSchema<V = unknown, O = object> extends ColumnElement<ColumnValue<V, O>> {
  declare readonly '~options': O
  declare readonly '~raw': V
  readonly options: ColumnOptions
  /** Foreign keys that were given with the column. */
  readonly foreignKeys: readonly ForeignKeySchema[]
  /** All foreign keys of the column, also those of constraints over several columns. */
  readonly references: ForeignKeySchema[]
  readonly computed: ComputedSchema | null
  readonly identity: IdentitySchema | null
  readonly primaryKey: boolean
  readonly nullable: boolean
  #key = ''
  #table: ColumnOwner | null = null

  constructor(type: TypeLike<V>, items: readonly ColumnItem[] = [], options: ColumnOptions = {}) {
    super({ kind: 'column', from: null, name: options.name ?? '' }, toType(type))
    this.options = options
    this.foreignKeys = items.filter((item) => item instanceof ForeignKeySchema)
    this.references = [...this.foreignKeys]
    this.computed = items.find((item) => item instanceof ComputedSchema) ?? null
    this.identity = items.find((item) => item instanceof IdentitySchema) ?? null
    this.primaryKey = options.primaryKey ?? false
    this.nullable = options.nullable ?? !this.primaryKey
    if (options.primaryKey && options.nullable === true) {
      throw new ArgumentError('A primary key column cannot be nullable: leave out nullable: true')
    }
  }

  override get key(): string {
    return this.#key
  }

  /** Name in the database. */
  get name(): string {
    return this.node.kind === 'column' ? this.node.name : ''
  }

  /** The table; an error before the column belongs to one. */
  get table(): ColumnOwner {
    if (!this.#table)
      throw new ArgumentError(`Column '${this.options.name ?? this.#key}' belongs to no table yet`)
    return this.#table
  }

  get isAttached(): boolean {
    return this.#table !== null
  }

  /** Makes the column part of a table under a key. */
  attach(table: ColumnOwner, key: string): void {
    this.#table = table
    this.#key = key
    if (this.node.kind === 'column') {
      this.node.from = table
      this.node.name = this.options.name ?? snakeCase(key)
    }
    if (this.type instanceof EnumType && !this.type.typeName) {
      // PostgreSQL must name the type; SQLAlchemy asks for a name, the column's own serves as well.
      Object.assign(this.type, { typeName: `${table.name}_${this.name}` })
    }
  }

  /** The same definition, free to be attached to another table. */
  copy(changes: Partial<ColumnOptions> = {}): ColumnSchema<V, O> {
    const items: ColumnItem[] = [...this.foreignKeys]
    if (this.computed) items.push(this.computed)
    if (this.identity) items.push(this.identity)
    const type = this.type instanceof EnumType ? copyEnum(this.type) : this.type
    return new ColumnSchema<V, O>(type as TypeEngine<V>, items, { ...this.options, ...changes })
  }

  /** True when the database makes the key of a row that brings none. */
  get isAutoincrement(): boolean {
    const { autoincrement = 'auto' } = this.options
    if (autoincrement === false || !this.primaryKey || this.computed) return false
    if (this.identity) return true
    const whole = /^(Integer|SmallInteger|BigInteger)$/.test(this.type.name)
    return (
      whole &&
      (autoincrement === true || (this.references.length === 0 && this.options.default === undefined))
    )
  }

  foreignTargets(): readonly ColumnSchema[] {
    const table = this.#table
    if (!table) return []
    return this.references.map((foreignKey) => resolveForeignKey(this, table, foreignKey))
  }
}

function copyEnum(type: EnumType): EnumType {
  return new EnumType(type.values, type.typeName, type.native)
}

/** The column that a foreign key means. */
export function resolveForeignKey(
  column: { readonly name: string },
  table: ColumnOwner,
  foreignKey: ForeignKeySchema,
): ColumnSchema {
  const target = table.lookup(foreignKey.tableKey)
  const where = `Foreign key associated with column '${table.fullName}.${column.name}'`
  if (!target) {
    throw new NoReferencedTableError(
      `${where} could not find table '${foreignKey.tableKey}' with which to generate a foreign key to target column '${foreignKey.columnName}'`,
    )
  }
  const found = target.columnByName(foreignKey.columnName)
  if (found) return found
  throw new NoReferencedColumnError(
    `Could not initialize target column for ForeignKey '${foreignKey.target}' on table '${table.fullName}': table '${foreignKey.tableKey}' has no column named '${foreignKey.columnName}'`,
  )
}
