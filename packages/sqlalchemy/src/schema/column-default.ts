import { ColumnElement } from '../expression/column-element.ts'
import type { ColumnSchema, DefaultContext } from './column.ts'
import { SequenceSchema } from './sequence.ts'

/** What fills a column of a row that brings no value: nothing, a value, an SQL expression, or a sequence. */
export type AppliedDefault =
  | { readonly value: unknown }
  | { readonly sql: ColumnElement }
  | { readonly sequence: string }
  | null

/** Works out a `default` or `onupdate` for one row. */
export function applyDefault(given: unknown, context: DefaultContext): AppliedDefault {
  if (given === undefined) return null
  if (given instanceof ColumnElement) return { sql: given }
  if (given instanceof SequenceSchema)
    return { sequence: given.schema ? `${given.schema}.${given.name}` : given.name }
  if (typeof given === 'function') {
    const value: unknown = (given as (context: DefaultContext) => unknown)(context)
    return value instanceof ColumnElement ? { sql: value } : { value }
  }
  return { value: given }
}

/** True when the database itself fills the column of a new row that brings no value. */
export function isServerFilled(column: ColumnSchema): boolean {
  return column.options.serverDefault !== undefined || column.computed !== null || column.identity !== null
}
