import { ColumnElement } from '../expression/column-element.ts'
import { snakeCase } from '../schema/column.ts'
import { nullType } from '../types/type-engine.ts'

/** In `onConflictDoUpdate` and `onDuplicateKeyUpdate`: the value that was to be inserted. */
export function excluded<V = unknown>(key: string): ColumnElement<V> {
  return new ColumnElement<V>({ kind: 'excluded', name: snakeCase(key) }, nullType)
}
