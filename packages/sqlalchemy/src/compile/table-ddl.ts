import type { ForeignKeyConstraintSchema, TableItem } from '../schema/constraint.ts'
import type { SequenceSchema } from '../schema/sequence.ts'
import type { TableSchema } from '../schema/table.ts'
import { EnumType } from '../types/other-types.ts'
import { columnDdl } from './column-ddl.ts'
import { constraintDdl, createIndexDdl } from './constraint-ddl.ts'
import { quoteText } from './literal-sql.ts'
import { type DialectTraits, quoteName, quoteQualified } from './traits.ts'

/** True for a foreign key that waits until all tables exist: by its own word, or because of a circle. */
function isDeferred(item: ForeignKeyConstraintSchema, deferred: ReadonlySet<TableItem>): boolean {
  return item.options.useAlter === true || deferred.has(item)
}

/** Writes CREATE TABLE; foreign keys that wait for other tables are left out. */
export function createTableDdl(
  table: TableSchema,
  traits: DialectTraits,
  deferred: ReadonlySet<TableItem> = new Set(),
): string {
  const lines = [...table.columns.values()].map((column) => columnDdl(column, table, traits))
  if (table.primaryKey.length) {
    const name = table.primaryKeyName
    const prefix = name === null ? '' : `CONSTRAINT ${quoteName(name, traits)} `
    lines.push(
      `${prefix}PRIMARY KEY (${table.primaryKey.map((column) => quoteName(column.name, traits)).join(', ')})`,
    )
  }
  for (const item of table.constraints) {
    if (item.kind === 'index' || item.kind === 'primary') continue
    if (item.kind === 'foreign' && isDeferred(item, deferred) && traits.name !== 'sqlite') continue
    lines.push(constraintDdl(item, table, traits))
  }
  const suffix = table.options.suffix?.[traits.name]
  const comment = traits.name === 'mysql' && table.options.comment
  const tail = `${suffix ? ` ${suffix}` : ''}${comment ? ` COMMENT=${quoteText(comment, traits)}` : ''}`
  const name = quoteQualified(table.schema, table.name, traits)
  return `CREATE TABLE ${name} (\n\t${lines.join(',\n\t')}\n)${tail}`
}

/** Statements that come after CREATE TABLE: indexes and PostgreSQL's comments. */
export function afterTableDdl(table: TableSchema, traits: DialectTraits): string[] {
  const statements = [...table.indexes].map((index) => createIndexDdl(index, table, traits))
  if (traits.name !== 'postgresql') return statements
  const name = quoteQualified(table.schema, table.name, traits)
  if (table.options.comment)
    statements.push(`COMMENT ON TABLE ${name} IS ${quoteText(table.options.comment, traits)}`)
  for (const column of table.columns.values()) {
    const { comment } = column.options
    if (comment === undefined) continue
    statements.push(
      `COMMENT ON COLUMN ${name}.${quoteName(column.name, traits)} IS ${quoteText(comment, traits)}`,
    )
  }
  return statements
}

/** ALTER TABLE statements for foreign keys that had to wait for other tables. */
export function deferredForeignKeyDdl(
  table: TableSchema,
  traits: DialectTraits,
  deferred: ReadonlySet<TableItem> = new Set(),
): string[] {
  if (traits.name === 'sqlite') return []
  const name = quoteQualified(table.schema, table.name, traits)
  return table.foreignKeyConstraints
    .filter((item) => isDeferred(item, deferred))
    .map((item) => `ALTER TABLE ${name} ADD ${constraintDdl(item, table, traits)}`)
}

/** PostgreSQL's native enum types of tables, each once. */
export function enumTypes(tables: readonly TableSchema[], traits: DialectTraits): EnumType[] {
  if (traits.name !== 'postgresql') return []
  const found = new Map<string, EnumType>()
  for (const table of tables) {
    for (const { type } of table.columns.values()) {
      if (type instanceof EnumType && type.native && type.typeName) found.set(type.typeName, type)
    }
  }
  return [...found.values()]
}

/** Writes CREATE TYPE of an enum. */
export function createEnumDdl(type: EnumType, traits: DialectTraits): string {
  const values = type.values.map((value) => quoteText(value, traits)).join(', ')
  return `CREATE TYPE ${quoteName(type.typeName as string, traits)} AS ENUM (${values})`
}

/** Writes CREATE SEQUENCE. */
export function createSequenceDdl(sequence: SequenceSchema, traits: DialectTraits): string {
  const start = sequence.start === undefined ? '' : ` START WITH ${sequence.start}`
  const increment = sequence.increment === undefined ? '' : ` INCREMENT BY ${sequence.increment}`
  return `CREATE SEQUENCE IF NOT EXISTS ${quoteQualified(sequence.schema, sequence.name, traits)}${increment}${start}`
}

/** Writes DROP TABLE. */
export function dropTableDdl(table: TableSchema, traits: DialectTraits): string {
  return `DROP TABLE ${quoteQualified(table.schema, table.name, traits)}`
}
