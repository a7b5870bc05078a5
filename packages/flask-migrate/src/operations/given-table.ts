import {
  type ColumnSchema,
  type DialectTraits,
  MetaData,
  type NamingConvention,
  type TableItem,
  TableSchema,
} from '@flask-ts/sqlalchemy'
import type { TableChange } from '../compare/directive.ts'
import { columnFromSchema, foreignKeyFromSchema, indexFromSchema } from '../facts/from-schema.ts'

/** How a migration may describe a table beside its columns. */
export interface TableExtras {
  schema?: string | null
  comment?: string | null
}

/** A table as a migration wrote it; the keys of its columns are their names in the database. */
export function givenTable(
  name: string,
  columns: Readonly<Record<string, ColumnSchema>>,
  items: readonly TableItem[],
  extras: TableExtras,
  namingConvention: NamingConvention | undefined,
): TableSchema {
  const named = Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [key, column.copy({ name: column.options.name ?? key })]),
  )
  return new TableSchema(name, new MetaData({ namingConvention }), named, {
    schema: extras.schema ?? undefined,
    comment: extras.comment ?? undefined,
    args: items,
  })
}

/** What adding a column to a table means: the column, and the constraints and indexes that it brings. */
export function addColumnChanges(
  table: string,
  name: string,
  column: ColumnSchema,
  traits: DialectTraits,
  namingConvention: NamingConvention | undefined,
): TableChange[] {
  const made = givenTable(table, { [name]: column }, [], {}, namingConvention)
  const [own] = made.columns.values()
  const changes: TableChange[] = [
    { kind: 'addColumn', column: columnFromSchema(own as ColumnSchema, made, traits) },
  ]
  for (const item of made.constraints) {
    if (item.kind === 'unique')
      changes.push({ kind: 'createUnique', key: { name: item.name, columns: [own?.name ?? name] } })
  }
  for (const index of made.indexes)
    changes.push({ kind: 'createIndex', index: indexFromSchema(index, traits) })
  for (const item of made.foreignKeyConstraints)
    changes.push({ kind: 'createForeignKey', key: foreignKeyFromSchema(item, made) })
  return changes
}
