import { columnDdl, type DialectTraits, quoteName, quoteText, serverDefaultSql } from '@flask-ts/sqlalchemy'
import type { AlterColumn } from '../compare/directive.ts'
import { UnsupportedOperationError } from '../errors.ts'
import type { ColumnFacts } from '../facts/table-facts.ts'
import { columnToSchema, tableToSchema } from '../facts/to-schema.ts'
import { type TableName, tableSql } from './context.ts'

/** A column as CREATE TABLE has it. */
export function columnSql(column: ColumnFacts, traits: DialectTraits): string {
  const table = tableToSchema({
    name: 't',
    schema: null,
    comment: null,
    columns: [],
    primaryKey: { name: null, columns: [] },
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
  })
  return columnDdl(table.addColumn(columnToSchema(column), column.name), table, traits)
}

function postgresqlType(change: AlterColumn, column: string, traits: DialectTraits): string[] {
  const { type, serverDefault } = change.to
  if (!type) return []
  const text = type.ddl(traits.name)
  const before = change.from.serverDefault
  const hasDefault = before !== undefined && before !== null
  // A default of the old type may not be castable to the new one; it comes back after.
  const drop = hasDefault ? [`ALTER COLUMN ${column} DROP DEFAULT`] : []
  const restore =
    hasDefault && serverDefault === undefined
      ? [`ALTER COLUMN ${column} SET DEFAULT ${serverDefaultSql(before, traits)}`]
      : []
  return [...drop, `ALTER COLUMN ${column} TYPE ${text} USING ${column}::${text}`, ...restore]
}

function alterOnPostgresql(table: TableName, change: AlterColumn, traits: DialectTraits): string[] {
  const name = tableSql(table, traits)
  const column = quoteName(change.name, traits)
  const { nullable, serverDefault, comment, name: newName } = change.to
  const clauses = postgresqlType(change, column, traits)
  if (nullable !== undefined) clauses.push(`ALTER COLUMN ${column} ${nullable ? 'DROP' : 'SET'} NOT NULL`)
  if (serverDefault === null) clauses.push(`ALTER COLUMN ${column} DROP DEFAULT`)
  else if (serverDefault !== undefined)
    clauses.push(`ALTER COLUMN ${column} SET DEFAULT ${serverDefaultSql(serverDefault, traits)}`)
  if (newName !== undefined && newName !== change.name)
    clauses.push(`RENAME ${column} TO ${quoteName(newName, traits)}`)
  const statements = clauses.map((clause) => `ALTER TABLE ${name} ${clause}`)
  if (comment !== undefined) {
    const text = comment === null ? 'NULL' : quoteText(comment, traits)
    statements.push(`COMMENT ON COLUMN ${name}.${quoteName(newName ?? change.name, traits)} IS ${text}`)
  }
  return statements
}

function alterOnMysql(table: TableName, change: AlterColumn, traits: DialectTraits): string[] {
  const state = { ...change.from, ...change.to }
  if (!state.type) {
    throw new UnsupportedOperationError(
      `MySQL must be told the whole column '${change.name}' of '${table.name}' to change it: give 'existingType'.`,
    )
  }
  const column: ColumnFacts = {
    name: change.to.name ?? change.name,
    type: state.type,
    nullable: state.nullable ?? true,
    serverDefault: state.serverDefault ?? undefined,
    defaultSql: null,
    autoincrement: false,
    comment: state.comment ?? null,
    computed: null,
    identity: null,
  }
  let sql = columnSql(column, traits)
  if (column.nullable) sql = sql.replace(column.type.ddl(traits.name), (text) => `${text} NULL`)
  if (state.autoincrement) sql += ' AUTO_INCREMENT'
  const verb = column.name === change.name ? 'MODIFY' : `CHANGE ${quoteName(change.name, traits)}`
  return [`ALTER TABLE ${tableSql(table, traits)} ${verb} ${sql}`]
}

/** The statements that change a column in place; SQLite can only rename it. */
export function alterColumnSql(table: TableName, change: AlterColumn, traits: DialectTraits): string[] {
  if (traits.name === 'sqlite') {
    const names = [change.name, change.to.name ?? change.name].map((name) => quoteName(name, traits))
    return [`ALTER TABLE ${tableSql(table, traits)} RENAME COLUMN ${names.join(' TO ')}`]
  }
  return traits.name === 'mysql'
    ? alterOnMysql(table, change, traits)
    : alterOnPostgresql(table, change, traits)
}
