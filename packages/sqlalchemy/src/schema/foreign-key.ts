import { ArgumentError } from '../errors/base-errors.ts'

/** What the database does to referring rows when the referred one is deleted or changes its key. */
export type ForeignKeyAction = 'CASCADE' | 'SET NULL' | 'SET DEFAULT' | 'RESTRICT' | 'NO ACTION'

/** Options of a foreign key. */
export interface ForeignKeyOptions {
  name?: string
  ondelete?: ForeignKeyAction
  onupdate?: ForeignKeyAction
  deferrable?: boolean
  initially?: 'DEFERRED' | 'IMMEDIATE'
  /** Adds the constraint with ALTER TABLE after all tables exist, for tables that refer to each other. */
  useAlter?: boolean
}

/** A column's reference to another column, as `'table.column'`. */
export class ForeignKeySchema {
  readonly target: string
  readonly options: ForeignKeyOptions

  constructor(target: string, options: ForeignKeyOptions = {}) {
    if (!/^[^.]+(\.[^.]+){1,2}$/.test(target)) {
      throw new ArgumentError(`ForeignKey takes 'table.column' or 'schema.table.column', not '${target}'`)
    }
    this.target = target
    this.options = options
  }

  /** Key of the referred table in its MetaData. */
  get tableKey(): string {
    return this.target.slice(0, this.target.lastIndexOf('.'))
  }

  /** Name of the referred column. */
  get columnName(): string {
    return this.target.slice(this.target.lastIndexOf('.') + 1)
  }
}
