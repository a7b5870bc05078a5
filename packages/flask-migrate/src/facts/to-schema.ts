import {
  CheckSchema,
  ColumnSchema,
  ComputedSchema,
  ForeignKeyConstraintSchema,
  type ForeignKeyOptions,
  IdentitySchema,
  IndexSchema,
  MetaData,
  PrimaryKeySchema,
  type TableItem,
  TableSchema,
  UniqueSchema,
} from '@flask-ts/sqlalchemy'
import type { ColumnFacts, ForeignKeyFacts, IndexFacts, TableFacts } from './table-facts.ts'

/** A column to be attached to a table. */
export function columnToSchema(column: ColumnFacts, primaryKey = false): ColumnSchema {
  const items: (ComputedSchema | IdentitySchema)[] = []
  if (column.computed)
    items.push(new ComputedSchema(column.computed.sqltext, { persisted: column.computed.persisted }))
  if (column.identity) items.push(new IdentitySchema(column.identity))
  return new ColumnSchema(column.type, items, {
    name: column.name,
    primaryKey,
    nullable: primaryKey ? undefined : column.nullable,
    serverDefault: column.serverDefault,
    autoincrement: primaryKey ? column.autoincrement : undefined,
    comment: column.comment ?? undefined,
  })
}

/** A foreign key to be attached to a table. */
export function foreignKeyToSchema(key: ForeignKeyFacts): ForeignKeyConstraintSchema {
  const prefix = key.referredSchema ? `${key.referredSchema}.` : ''
  const targets = key.referredColumns.map((column) => `${prefix}${key.referredTable}.${column}`)
  const { name, ondelete, onupdate, deferrable, initially } = key
  return new ForeignKeyConstraintSchema(key.columns, targets, {
    name: name ?? undefined,
    ondelete: ondelete ?? undefined,
    onupdate: onupdate ?? undefined,
    deferrable,
    initially,
  } as ForeignKeyOptions)
}

/** An index to be attached to a table. */
export function indexToSchema(index: IndexFacts): IndexSchema {
  if (index.schema) return new IndexSchema(index.name, index.schema.given, index.schema.options)
  return new IndexSchema(index.name, index.columns, { unique: index.unique })
}

/** A table of its own collection, for DDL. */
export function tableToSchema(table: TableFacts, name = table.name): TableSchema {
  const columns = Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      columnToSchema(column, table.primaryKey.columns.includes(column.name)),
    ]),
  )
  const args: TableItem[] = []
  if (table.primaryKey.columns.length)
    args.push(new PrimaryKeySchema(table.primaryKey.columns, table.primaryKey.name))
  for (const key of table.uniques) args.push(new UniqueSchema(key.columns, key.name))
  for (const check of table.checks) args.push(new CheckSchema(check.sqltext, check.name))
  for (const key of table.foreignKeys) args.push(foreignKeyToSchema(key))
  for (const index of table.indexes) args.push(indexToSchema(index))
  const { schema, comment } = table
  return new TableSchema(name, new MetaData(), columns, {
    schema: schema ?? undefined,
    comment: comment ?? undefined,
    args,
  })
}
