import {
  CheckSchema,
  constraintDdl,
  createIndexDdl,
  type DialectTraits,
  PrimaryKeySchema,
  quoteName,
  quoteQualified,
  quoteText,
  type TableSchema,
  UniqueSchema,
} from '@flask-ts/sqlalchemy'
import type { TableChange } from '../compare/directive.ts'
import { UnsupportedOperationError } from '../errors.ts'
import type { ColumnFacts, KeyFacts } from '../facts/table-facts.ts'
import { columnToSchema, foreignKeyToSchema, indexToSchema, tableToSchema } from '../facts/to-schema.ts'
import { alterColumnSql, columnSql } from './alter-column-sql.ts'
import { type TableName, tableSql } from './context.ts'

/** A table that has just the columns which a constraint or index names. */
function standIn(table: TableName, columns: readonly string[]): TableSchema {
  const made = tableToSchema({
    name: table.name,
    schema: table.schema,
    comment: null,
    columns: [],
    primaryKey: { name: null, columns: [] },
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
  })
  for (const name of new Set(columns)) if (name) made.addColumn(columnToSchema(anyColumn(name)), name)
  return made
}

const anyType = { ddl: () => 'INTEGER' } as unknown as ColumnFacts['type']

function anyColumn(name: string): ColumnFacts {
  return {
    name,
    type: anyType,
    nullable: true,
    serverDefault: undefined,
    defaultSql: null,
    autoincrement: false,
    comment: null,
    computed: null,
    identity: null,
  }
}

function nameOf(key: { readonly name: string | null }, what: string, table: TableName): string {
  if (key.name !== null) return key.name
  throw new UnsupportedOperationError(
    `The ${what} of table '${table.name}' has no name, and a script cannot ask the database for it: give the name.`,
  )
}

type ConstraintChange = Extract<
  TableChange,
  { kind: `create${'Unique' | 'PrimaryKey' | 'ForeignKey' | 'Check'}` }
>

function addConstraint(change: ConstraintChange, table: TableName, traits: DialectTraits): string {
  const columns = change.kind === 'createCheck' ? [] : change.key.columns
  const made = standIn(table, columns)
  const item =
    change.kind === 'createUnique'
      ? new UniqueSchema(columns, change.key.name)
      : change.kind === 'createPrimaryKey'
        ? new PrimaryKeySchema(columns, change.key.name)
        : change.kind === 'createForeignKey'
          ? foreignKeyToSchema(change.key)
          : new CheckSchema(change.check.sqltext, change.check.name)
  item.attach(made)
  return `ALTER TABLE ${tableSql(table, traits)} ADD ${constraintDdl(item, made, traits)}`
}

function dropConstraint(
  kind: 'dropUnique' | 'dropPrimaryKey' | 'dropForeignKey' | 'dropCheck',
  key: Pick<KeyFacts, 'name'>,
  table: TableName,
  traits: DialectTraits,
): string {
  const start = `ALTER TABLE ${tableSql(table, traits)} DROP`
  if (traits.name === 'mysql' && kind === 'dropPrimaryKey') return `${start} PRIMARY KEY`
  const name = quoteName(nameOf(key, kind.slice('drop'.length), table), traits)
  if (traits.name !== 'mysql') return `${start} CONSTRAINT ${name}`
  const words = { dropUnique: 'INDEX', dropForeignKey: 'FOREIGN KEY', dropCheck: 'CONSTRAINT' }
  return `${start} ${words[kind as keyof typeof words]} ${name}`
}

function tableComment(to: string | null, table: TableName, traits: DialectTraits): string[] {
  const name = tableSql(table, traits)
  if (traits.name === 'mysql') return [`ALTER TABLE ${name} COMMENT ${quoteText(to ?? '', traits)}`]
  if (traits.name === 'sqlite') return []
  return [`COMMENT ON TABLE ${name} IS ${to === null ? 'NULL' : quoteText(to, traits)}`]
}

function addColumn(column: ColumnFacts, table: TableName, traits: DialectTraits): string[] {
  const name = tableSql(table, traits)
  const statements = [`ALTER TABLE ${name} ADD COLUMN ${columnSql(column, traits)}`]
  if (traits.name === 'postgresql' && column.comment !== null) {
    const text = quoteText(column.comment, traits)
    statements.push(`COMMENT ON COLUMN ${name}.${quoteName(column.name, traits)} IS ${text}`)
  }
  return statements
}

function dropIndex(name: string, table: TableName, traits: DialectTraits): string {
  if (traits.name === 'mysql') return `DROP INDEX ${quoteName(name, traits)} ON ${tableSql(table, traits)}`
  return `DROP INDEX ${quoteQualified(table.schema ?? undefined, name, traits)}`
}

/** The statements that make one change of a table in place. */
export function changeSql(table: TableName, change: TableChange, traits: DialectTraits): string[] {
  switch (change.kind) {
    case 'addColumn':
      return addColumn(change.column, table, traits)
    case 'dropColumn':
      return [`ALTER TABLE ${tableSql(table, traits)} DROP COLUMN ${quoteName(change.column.name, traits)}`]
    case 'alterColumn':
      return alterColumnSql(table, change, traits)
    case 'createIndex': {
      const made = standIn(table, change.index.columns)
      const index = indexToSchema(change.index)
      made.append(index)
      return [createIndexDdl(index, made, traits)]
    }
    case 'dropIndex':
      return [dropIndex(change.index.name, table, traits)]
    case 'dropUnique':
    case 'dropPrimaryKey':
    case 'dropForeignKey':
      return [dropConstraint(change.kind, change.key, table, traits)]
    case 'dropCheck':
      return [dropConstraint(change.kind, change.check, table, traits)]
    case 'tableComment':
      return tableComment(change.to, table, traits)
    default:
      return [addConstraint(change, table, traits)]
  }
}
