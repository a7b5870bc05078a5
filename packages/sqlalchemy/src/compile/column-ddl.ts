import { ColumnElement } from '../expression/column-element.ts'
import type { ColumnSchema } from '../schema/column.ts'
import { SequenceSchema } from '../schema/sequence.ts'
import type { TableSchema } from '../schema/table.ts'
import { compileExpression } from './compiler.ts'
import { quoteText } from './literal-sql.ts'
import { type DialectTraits, quoteName } from './traits.ts'

/** Writes DEFAULT's value: plain text is a literal, expressions are SQL. */
export function serverDefaultSql(given: unknown, traits: DialectTraits): string {
  if (typeof given === 'string') return quoteText(given, traits)
  if (given instanceof SequenceSchema) return `nextval('${given.name.replaceAll("'", "''")}')`
  if (!(given instanceof ColumnElement)) {
    if (typeof given === 'boolean') return traits.name === 'sqlite' ? String(Number(given)) : String(given)
    return String(given)
  }
  const sql = compileExpression(given, traits)
  // SQLite and MySQL take expressions only in brackets, but words such as CURRENT_TIMESTAMP without.
  const bare =
    /^['"(]/.test(sql) ||
    !/\W/.test(sql) ||
    /^(?:now|current_timestamp)\(\d*\)/i.test(sql) ||
    /^-?[\d.]+$/.test(sql)
  return traits.name === 'postgresql' || bare ? sql : `(${sql})`
}

const serials: Record<string, string> = { INTEGER: 'SERIAL', BIGINT: 'BIGSERIAL', SMALLINT: 'SMALLSERIAL' }

/** True when the column is the table's only key and the database counts it up. */
export function isAutoKey(column: ColumnSchema, table: TableSchema): boolean {
  const keys = table.primaryKey
  if (!column.isAutoincrement || !keys.includes(column)) return false
  return keys.length === 1 || column.options.autoincrement === true
}

function typeSql(column: ColumnSchema, auto: boolean, traits: DialectTraits): string {
  const text = column.type.ddl(traits.name)
  if (!auto || column.identity) return text
  // Only a column of the very type INTEGER is SQLite's row id, whatever its width elsewhere.
  if (traits.name === 'sqlite') return 'INTEGER'
  const sequence = column.options.default instanceof SequenceSchema
  return traits.name === 'postgresql' && !sequence ? (serials[text] ?? text) : text
}

function generatedSql(column: ColumnSchema, traits: DialectTraits): string {
  if (column.computed) {
    const stored = traits.name === 'postgresql' || column.computed.persisted
    const word = stored ? ' STORED' : column.computed.persisted === false ? ' VIRTUAL' : ''
    return ` GENERATED ALWAYS AS (${column.computed.sqltext})${word}`
  }
  if (column.identity && traits.name === 'postgresql') {
    const { always, start, increment } = column.identity
    const parts = [
      start === undefined ? '' : `START WITH ${start}`,
      increment === undefined ? '' : `INCREMENT BY ${increment}`,
    ]
    const options = parts.filter(Boolean).join(' ')
    return ` GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options ? ` (${options})` : ''}`
  }
  return ''
}

/** Writes a column as CREATE TABLE and ADD COLUMN want it. */
export function columnDdl(column: ColumnSchema, table: TableSchema, traits: DialectTraits): string {
  const auto = isAutoKey(column, table)
  let sql = `${quoteName(column.name, traits)} ${typeSql(column, auto, traits)}`
  const { serverDefault, comment } = column.options
  if (serverDefault !== undefined) sql += ` DEFAULT ${serverDefaultSql(serverDefault, traits)}`
  sql += generatedSql(column, traits)
  if (!column.nullable || table.primaryKey.includes(column)) sql += ' NOT NULL'
  if (auto && traits.name === 'mysql') sql += ' AUTO_INCREMENT'
  if (comment !== undefined && traits.name === 'mysql') sql += ` COMMENT ${quoteText(comment, traits)}`
  return sql
}
