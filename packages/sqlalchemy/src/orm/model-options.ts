import type { TableItem } from '../schema/constraint.ts'

/** Options of a model, in the place of `__table_args__` and `__mapper_args__`. */
export interface ModelOptions {
  /** Constraints and indexes. */
  tableArgs?: readonly TableItem[]
  schema?: string
  comment?: string
  /** Database of the model, for those who use several. */
  bindKey?: string
  /** Attribute that tells the classes of a hierarchy apart. */
  polymorphicOn?: string
  /** Value of that attribute for this class. */
  polymorphicIdentity?: unknown
  /** Attribute that counts the versions of a row. */
  versionIdCol?: string
  /** Functions that check or change values when attributes are set: the value that they return is stored. */
  validates?: Readonly<Record<string, (value: never, self: never) => unknown>>
  /** Reads columns that the database fills right after INSERT and UPDATE; true without. */
  eagerDefaults?: boolean
  info?: Record<string, unknown>
  suffix?: { sqlite?: string; postgresql?: string; mysql?: string }
  extendExisting?: boolean
}
