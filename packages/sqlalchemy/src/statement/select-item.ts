import { ArgumentError } from '../errors/base-errors.ts'
import { ColumnElement } from '../expression/column-element.ts'
import { ENTITY, type EntityRef, type EntitySource, isEntity } from '../expression/entity.ts'
import { FromClause } from '../expression/from-clause.ts'

/** What a SELECT can give: expressions, mapped classes, tables. */
export type SelectItem = ColumnElement | EntitySource | FromClause

/** What one item gives in a row. */
export type SelectValue<T> = T extends { readonly '~value': infer V }
  ? V
  : T extends abstract new (
        ...args: never[]
      ) => infer I
    ? I
    : unknown

/** What several items give as a row. */
export type SelectRow<T extends readonly unknown[]> = { -readonly [K in keyof T]: SelectValue<T[K]> }

/** The columns that an item stands for without the ORM. */
export function itemColumns(item: SelectItem): readonly ColumnElement[] {
  if (item instanceof ColumnElement) return [item]
  if (item instanceof FromClause) return [...item.columns.values()]
  return item[ENTITY].columns
}

/** Checks that something can be selected. */
export function checkItem(item: unknown): SelectItem {
  if (item instanceof ColumnElement || item instanceof FromClause || isEntity(item)) return item
  throw new ArgumentError(
    `Column expression, FROM clause, or other columns clause element expected, got ${typeof item} ${String(item)}.`,
  )
}

/** The entity or table of an item, for `filterBy` and joins. */
export function itemEntity(item: SelectItem): EntityRef | FromClause | null {
  if (item instanceof FromClause) return item
  return isEntity(item) ? item[ENTITY] : null
}
