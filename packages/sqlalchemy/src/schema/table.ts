import { ArgumentError, InvalidRequestError } from '../errors/base-errors.ts'
import { FromClause } from '../expression/from-clause.ts'
import { type ColumnOwner, type ColumnSchema, resolveForeignKey } from './column.ts'
import {
  ForeignKeyConstraintSchema,
  IndexSchema,
  PrimaryKeySchema,
  type TableItem,
  UniqueSchema,
} from './constraint.ts'
import { ForeignKeySchema } from './foreign-key.ts'
import { conventionName, type NamingConvention } from './naming.ts'

/** Options of a table. */
export interface TableOptions {
  schema?: string
  comment?: string
  /** Constraints and indexes. */
  args?: readonly TableItem[]
  info?: Record<string, unknown>
  /** Text after the closing bracket of CREATE TABLE by dialect: `{ mysql: 'ENGINE=InnoDB' }`. */
  suffix?: { sqlite?: string; postgresql?: string; mysql?: string }
  /** Database that the table lives in, for those who use several. */
  bindKey?: string
  /** Adds columns and constraints to a table that is already there. */
  extendExisting?: boolean
}

/** The collection that a table belongs to. */
export interface TableCollection {
  readonly schema: string | undefined
  readonly namingConvention: NamingConvention
  readonly tables: ReadonlyMap<string, TableSchema>
  /** Takes a table in, or refuses a second one of the same name. */
  add(table: TableSchema): void
}

/** A table of the database: columns, constraints and indexes. */
export class TableSchema extends FromClause implements ColumnOwner {
  readonly fromKind = 'table'
  readonly name: string
  readonly metadata: TableCollection
  readonly options: TableOptions
  readonly columns = new Map<string, ColumnSchema>()
  readonly constraints = new Set<TableItem>()
  readonly indexes = new Set<IndexSchema>()
  readonly #byName = new Map<string, ColumnSchema>()
  #primaryKeyItem: PrimaryKeySchema | null = null

  constructor(
    name: string,
    metadata: TableCollection,
    columns: Readonly<Record<string, ColumnSchema>>,
    options: TableOptions = {},
  ) {
    super()
    this.name = name
    this.metadata = metadata
    this.options = options
    for (const [key, column] of Object.entries(columns)) this.addColumn(column, key)
    for (const item of options.args ?? []) this.append(item)
    metadata.add(this)
  }

  get schema(): string | undefined {
    return this.options.schema ?? this.metadata.schema
  }

  /** Name with the schema before it. */
  get fullName(): string {
    return this.schema ? `${this.schema}.${this.name}` : this.name
  }

  /** Columns of the primary key. */
  get primaryKey(): readonly ColumnSchema[] {
    if (this.#primaryKeyItem?.columns.length) return this.#primaryKeyItem.columns
    return [...this.columns.values()].filter((column) => column.primaryKey)
  }

  /** Name of the primary key constraint, or null. */
  get primaryKeyName(): string | null {
    const item = this.#primaryKeyItem ?? new PrimaryKeySchema(this.primaryKey)
    if (item.columns.length === 0) item.columns = this.primaryKey
    return conventionName(item, this.name, this.metadata.namingConvention)
  }

  lookup(tableKey: string): TableSchema | undefined {
    const { tables } = this.metadata
    return tables.get(tableKey) ?? (this.schema ? tables.get(`${this.schema}.${tableKey}`) : undefined)
  }

  columnByName(name: string): ColumnSchema | undefined {
    return this.#byName.get(name)
  }

  columnByKey(key: string): ColumnSchema | undefined {
    return this.columns.get(key)
  }

  /** Adds a column; one that belongs to another table is copied. */
  addColumn(given: ColumnSchema, key: string): ColumnSchema {
    const column = given.isAttached ? given.copy() : given
    column.attach(this, key)
    if (this.#byName.has(column.name)) {
      throw new ArgumentError(
        `A column with name '${column.name}' is already present in table '${this.name}'.`,
      )
    }
    this.columns.set(key, column)
    this.#byName.set(column.name, column)
    const { unique, index } = column.options
    if (index) this.append(new IndexSchema(null, [column], { unique: unique === true }))
    else if (unique) this.append(new UniqueSchema([column]))
    for (const foreignKey of column.foreignKeys) {
      this.append(new ForeignKeyConstraintSchema([column], [foreignKey.target], foreignKey.options))
    }
    return column
  }

  /** Adds a constraint or an index. */
  append(item: TableItem): void {
    item.attach(this)
    if (item instanceof PrimaryKeySchema) this.#primaryKeyItem = item
    else if (item instanceof IndexSchema) this.indexes.add(item)
    else this.constraints.add(item)
    if (item instanceof ForeignKeyConstraintSchema) addReferences(item)
    item.name = conventionName(item, this.name, this.metadata.namingConvention)
  }

  /** Foreign keys of one or several columns. */
  get foreignKeyConstraints(): readonly ForeignKeyConstraintSchema[] {
    return [...this.constraints].filter((item) => item instanceof ForeignKeyConstraintSchema)
  }

  /** Tables that this one refers to, itself left out. */
  dependencies(): Set<TableSchema> {
    const found = new Set<TableSchema>()
    for (const constraint of this.foreignKeyConstraints) {
      if (constraint.options.useAlter) continue
      const target = this.lookup(constraint.tableKey)
      if (target && target !== this) found.add(target)
    }
    return found
  }

  /** Checks that every foreign key finds its column. */
  checkReferences(): void {
    for (const column of this.columns.values()) {
      for (const foreignKey of column.foreignKeys) resolveForeignKey(column, this, foreignKey)
    }
    for (const constraint of this.foreignKeyConstraints) {
      if (!this.lookup(constraint.tableKey)) {
        throw new InvalidRequestError(
          `Table '${this.fullName}' refers to '${constraint.tableKey}', which is not defined`,
        )
      }
    }
  }
}

/** Makes a constraint's references known to its columns. */
function addReferences(item: ForeignKeyConstraintSchema): void {
  item.columns.forEach((column, index) => {
    const target = item.targets[index] as string
    const known = column.references.some((reference) => reference.target === target)
    if (!known) column.references.push(new ForeignKeySchema(target, item.options))
  })
}
