import { InvalidRequestError } from '../errors/base-errors.ts'
import { text } from '../expression/text-clause.ts'
import { type ColumnItem, ColumnSchema } from '../schema/column.ts'
import { ComputedSchema } from '../schema/computed.ts'
import {
  CheckSchema,
  ForeignKeyConstraintSchema,
  IndexSchema,
  PrimaryKeySchema,
  type TableItem,
  UniqueSchema,
} from '../schema/constraint.ts'
import type { ForeignKeyAction } from '../schema/foreign-key.ts'
import type { MetaData, ReflectOptions } from '../schema/metadata.ts'
import { TableSchema } from '../schema/table.ts'
import { Inspector } from './inspector.ts'
import type { ReflectedColumn, ReflectedTable, ReflectionSource } from './reflected.ts'

function toColumn(found: ReflectedColumn, table: ReflectedTable): ColumnSchema {
  const items: ColumnItem[] = found.computed ? [new ComputedSchema(found.computed)] : []
  const primaryKey = table.primaryKey.columns.includes(found.name)
  return new ColumnSchema(found.type, items, {
    name: found.name,
    primaryKey,
    nullable: primaryKey ? undefined : found.nullable,
    autoincrement: primaryKey ? found.autoincrement : undefined,
    serverDefault: found.defaultText === null ? undefined : text(found.defaultText.replaceAll(':', '\\:')),
    comment: found.comment ?? undefined,
  })
}

function constraintsOf(found: ReflectedTable): TableItem[] {
  const unique = new Set(found.uniqueConstraints.map((item) => item.name))
  const items: TableItem[] = found.uniqueConstraints.map((item) => new UniqueSchema(item.columns, item.name))
  if (found.primaryKey.name) items.push(new PrimaryKeySchema(found.primaryKey.columns, found.primaryKey.name))
  for (const key of found.foreignKeys) {
    const prefix = key.referredSchema ? `${key.referredSchema}.` : ''
    const targets = key.referredColumns.map((column) => `${prefix}${key.referredTable}.${column}`)
    items.push(
      new ForeignKeyConstraintSchema(key.columns, targets, {
        name: key.name ?? undefined,
        ondelete: (key.ondelete ?? undefined) as ForeignKeyAction | undefined,
        onupdate: (key.onupdate ?? undefined) as ForeignKeyAction | undefined,
      }),
    )
  }
  for (const index of found.indexes) {
    const plain = index.columns.every((name) => found.columns.some((column) => column.name === name))
    if (plain && !unique.has(index.name))
      items.push(new IndexSchema(index.name, index.columns, { unique: index.unique }))
  }
  return [...items, ...found.checks.map((check) => new CheckSchema(check.sqltext, check.name))]
}

/** Makes a table of a database's description; column keys are their names. */
export function toTable(found: ReflectedTable, metadata: MetaData): TableSchema {
  const columns = Object.fromEntries(found.columns.map((column) => [column.name, toColumn(column, found)]))
  return new TableSchema(found.name, metadata, columns, {
    schema: found.schema ?? undefined,
    comment: found.comment ?? undefined,
    args: constraintsOf(found),
    extendExisting: true,
  })
}

/** Reads a database's tables into a collection, with those that they refer to. */
export async function reflectInto(
  source: ReflectionSource,
  metadata: MetaData,
  options: ReflectOptions,
): Promise<void> {
  const inspector = new Inspector(source)
  const schema = options.schema ?? metadata.schema ?? null
  const present = await inspector.getTableNames(schema)
  if (options.views) present.push(...(await inspector.getViewNames(schema)))
  const missing = (options.only ?? []).filter((name) => !present.includes(name))
  if (missing.length) {
    throw new InvalidRequestError(
      `Could not reflect: requested table(s) not available: (${missing.join(', ')})`,
    )
  }
  const waiting = [...(options.only ?? present)]
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const key = schema ? `${schema}.${name}` : name
    if (metadata.tables.has(key)) continue
    const found = await inspector.getTable(name, schema)
    toTable(found, metadata)
    waiting.push(
      ...found.foreignKeys
        .map((foreignKey) => foreignKey.referredTable)
        .filter((other) => present.includes(other)),
    )
  }
}
