import type { ColumnSchema } from '../schema/column.ts'

/** A mapped column: which slot of an instance holds which columns' value. */
export class ColumnProperty {
  readonly kind = 'column'
  readonly key: string
  readonly slot: number
  /** The column, or those of a joined-table hierarchy that hold the same value, the base's first. */
  readonly columns: readonly ColumnSchema[]
  readonly deferred: boolean

  constructor(key: string, slot: number, columns: readonly ColumnSchema[]) {
    this.key = key
    this.slot = slot
    this.columns = columns
    this.deferred = columns[0]?.options.deferred ?? false
  }

  get column(): ColumnSchema {
    return this.columns[0] as ColumnSchema
  }
}
