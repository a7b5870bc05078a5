import { ArgumentError } from '../errors/base-errors.ts'
import type { ColumnElement } from '../expression/column-element.ts'
import type { ColumnSchema } from './column.ts'
import type { ForeignKeyOptions } from './foreign-key.ts'

/** A table as its constraints see it. */
export interface ConstraintOwner {
  readonly name: string
  readonly fullName: string
  columnByName(name: string): ColumnSchema | undefined
  columnByKey(key: string): ColumnSchema | undefined
}

/** A column given by key, by name or as itself. */
export type ColumnArgument = string | ColumnElement

/** Finds the columns that were given to a constraint of a table. */
function resolveColumns(
  owner: ConstraintOwner,
  given: readonly ColumnArgument[],
  what: string,
): ColumnSchema[] {
  return given.map((item) => {
    const name = typeof item === 'string' ? item : (item.key ?? '')
    const column = owner.columnByKey(name) ?? owner.columnByName(name)
    if (column) return column
    throw new ArgumentError(
      `Can't create ${what} on table '${owner.fullName}': no column named '${name}' is present.`,
    )
  })
}

/** Columns whose values together occur once. */
export class UniqueSchema {
  readonly kind = 'unique'
  readonly given: readonly ColumnArgument[]
  name: string | null
  columns: readonly ColumnSchema[] = []

  constructor(given: readonly ColumnArgument[], name: string | null = null) {
    this.given = given
    this.name = name
  }

  attach(owner: ConstraintOwner): void {
    this.columns = resolveColumns(owner, this.given, 'a unique constraint')
  }
}

/** A condition that every row fulfils. */
export class CheckSchema {
  readonly kind = 'check'
  readonly condition: string | ColumnElement<boolean>
  name: string | null

  constructor(condition: string | ColumnElement<boolean>, name: string | null = null) {
    this.condition = condition
    this.name = name
  }

  attach(_owner: ConstraintOwner): void {}
}

/** The primary key as a constraint, to give it a name. */
export class PrimaryKeySchema {
  readonly kind = 'primary'
  readonly given: readonly ColumnArgument[]
  name: string | null
  columns: readonly ColumnSchema[] = []

  constructor(given: readonly ColumnArgument[], name: string | null = null) {
    this.given = given
    this.name = name
  }

  attach(owner: ConstraintOwner): void {
    this.columns = resolveColumns(owner, this.given, 'a primary key')
  }
}

/** A reference of several columns to several others. */
export class ForeignKeyConstraintSchema {
  readonly kind = 'foreign'
  readonly given: readonly ColumnArgument[]
  /** Referred columns as `'table.column'`. */
  readonly targets: readonly string[]
  readonly options: ForeignKeyOptions
  name: string | null
  columns: readonly ColumnSchema[] = []

  constructor(given: readonly ColumnArgument[], targets: readonly string[], options: ForeignKeyOptions = {}) {
    if (given.length !== targets.length || given.length === 0) {
      throw new ArgumentError(
        `ForeignKeyConstraint needs as many columns as targets, not ${given.length} and ${targets.length}`,
      )
    }
    this.given = given
    this.targets = targets
    this.options = options
    this.name = options.name ?? null
  }

  attach(owner: ConstraintOwner): void {
    this.columns = resolveColumns(owner, this.given, 'a foreign key')
  }

  /** Key of the referred table. */
  get tableKey(): string {
    const target = this.targets[0] as string
    return target.slice(0, target.lastIndexOf('.'))
  }

  /** Names of the referred columns. */
  get targetColumns(): readonly string[] {
    return this.targets.map((target) => target.slice(target.lastIndexOf('.') + 1))
  }
}

/** Options of an index. */
export interface IndexOptions {
  unique?: boolean
  /** Condition of a partial index (PostgreSQL, SQLite). */
  where?: ColumnElement<boolean>
  /** Access method (PostgreSQL, MySQL), such as `gin`. */
  using?: string
}

/** An index over columns or expressions. */
export class IndexSchema {
  readonly kind = 'index'
  readonly given: readonly ColumnArgument[]
  readonly options: IndexOptions
  name: string | null
  /** Indexed columns and expressions. */
  expressions: readonly ColumnElement[] = []
  owner: ConstraintOwner | null = null

  constructor(name: string | null, given: readonly ColumnArgument[], options: IndexOptions = {}) {
    this.name = name
    this.given = given
    this.options = options
  }

  get unique(): boolean {
    return this.options.unique ?? false
  }

  attach(owner: ConstraintOwner): void {
    this.owner = owner
    this.expressions = this.given.map((item) => {
      if (typeof item !== 'string' && item.node.kind !== 'column') return item
      return resolveColumns(owner, [item], 'an index')[0] as ColumnSchema
    })
  }
}

/** Whatever may stand beside the columns of a table. */
export type TableItem =
  | UniqueSchema
  | CheckSchema
  | PrimaryKeySchema
  | ForeignKeyConstraintSchema
  | IndexSchema
