import { ArgumentError, CompileError } from '../errors/base-errors.ts'
import { ColumnElement } from '../expression/column-element.ts'
import { ENTITY } from '../expression/entity.ts'
import type { FromElement } from '../expression/node.ts'
import type { ColumnSchema } from '../schema/column.ts'
import { applyDefault } from '../schema/column-default.ts'
import type { TableSchema } from '../schema/table.ts'
import {
  type ConflictAction,
  type Delete,
  type DmlParts,
  dmlColumn,
  dmlTable,
  type Insert,
  type RowValues,
  type Update,
} from '../statement/dml.ts'
import { itemColumns } from '../statement/select-item.ts'
import { collectFroms } from './collect-froms.ts'
import type { Compilation } from './compilation.ts'
import { conditionList } from './select-sql.ts'

/** One value of a row: what the program gave, or what a default gives. */
function valueSql(compilation: Compilation, column: ColumnElement, value: unknown): string {
  if (value instanceof ColumnElement) return compilation.element(value)
  if (typeof value === 'object' && value !== null && 'statementKind' in value) {
    return compilation.nested(value as { statementKind: string })
  }
  return compilation.bind(value, column.type, null)
}

function defaultSql(
  compilation: Compilation,
  column: ColumnSchema,
  given: unknown,
  row: RowValues,
): string | null {
  const filled = applyDefault(given, { currentParameters: row })
  if (filled === null) return null
  if ('sql' in filled) return compilation.element(filled.sql)
  if ('sequence' in filled) {
    return compilation.traits.name === 'postgresql'
      ? `nextval('${filled.sequence.replaceAll("'", "''")}')`
      : null
  }
  return compilation.bind(filled.value, column.type, null)
}

function rowCells(
  compilation: Compilation,
  parts: DmlParts,
  table: TableSchema,
  row: RowValues,
): Map<string, string> {
  const cells = new Map<string, string>()
  const given = new Map<string, unknown>()
  for (const [key, value] of Object.entries(row)) {
    const column = dmlColumn(parts.target, key)
    if (column.node.kind === 'column') given.set(column.node.name, value)
  }
  for (const column of table.columns.values()) {
    const value = given.get(column.name)
    if (given.has(column.name) && !(value === undefined || (value === null && column.isAutoincrement))) {
      cells.set(column.name, valueSql(compilation, column, value))
    } else if (!column.computed) {
      const sql = defaultSql(compilation, column, column.options.default, row)
      if (sql !== null) cells.set(column.name, sql)
    }
  }
  return cells
}

function valuesSql(compilation: Compilation, insert: Insert<readonly unknown[]>, table: TableSchema): string {
  const rows = insert.parts.values.length ? insert.parts.values : [{}]
  const cells = rows.map((row) => rowCells(compilation, insert.parts, table, row))
  const names = [...(cells[0] as Map<string, string>).keys()]
  if (names.length === 0 && rows.length === 1) {
    return compilation.traits.name === 'mysql' ? ' () VALUES ()' : ' DEFAULT VALUES'
  }
  const lists = cells.map((row) => {
    const texts = names.map((name) => {
      const text = row.get(name)
      if (text !== undefined) return text
      throw new CompileError(
        `INSERT value for column ${table.name}.${name} is explicitly rendered as a bound parameter in the VALUES clause; every row must have a value for it`,
      )
    })
    if (row.size > names.length) {
      const extra = [...row.keys()].filter((name) => !names.includes(name))
      throw new CompileError(`Unconsumed column names: ${extra.join(', ')}: the first row has no such keys`)
    }
    return `(${texts.join(', ')})`
  })
  return ` (${names.map((name) => compilation.quote(name)).join(', ')}) VALUES ${lists.join(', ')}`
}

function conflictSql(compilation: Compilation, parts: DmlParts, conflict: ConflictAction): string {
  const mysql = compilation.traits.name === 'mysql'
  const set = Object.entries(conflict.set).map(([key, value]) => {
    const column = dmlColumn(parts.target, key)
    const name = column.node.kind === 'column' ? column.node.name : key
    return `${compilation.quote(name)} = ${valueSql(compilation, column, value)}`
  })
  if (mysql && conflict.kind !== 'nothing') return ` ON DUPLICATE KEY UPDATE ${set.join(', ')}`
  if (mysql) return ''
  if (conflict.kind === 'duplicate') {
    throw new CompileError('onDuplicateKeyUpdate() is for MySQL; use onConflictDoUpdate() here')
  }
  let sql = ' ON CONFLICT'
  if (conflict.constraint) sql += ` ON CONSTRAINT ${compilation.quote(conflict.constraint)}`
  else if (conflict.elements.length) {
    const names = conflict.elements.map((item) => {
      const column = typeof item === 'string' ? dmlColumn(parts.target, item) : item
      return compilation.quote(column.node.kind === 'column' ? column.node.name : String(item))
    })
    sql += ` (${names.join(', ')})`
  }
  if (conflict.kind === 'nothing') return `${sql} DO NOTHING`
  const where = conflict.where ? ` WHERE ${compilation.node(conflict.where.node)}` : ''
  return `${sql} DO UPDATE SET ${set.join(', ')}${where}`
}

function returningSql(
  compilation: Compilation,
  parts: DmlParts,
  supported: boolean,
  statement: string,
): string {
  if (parts.returning.length === 0) return ''
  if (!supported) throw new CompileError(`RETURNING is not supported by this database for ${statement}`)
  const { qualify } = compilation
  compilation.qualify = false
  const columns = parts.returning.flatMap(itemColumns).map((column) => {
    const sql = compilation.element(column)
    return column.node.kind === 'label' ? `${sql} AS ${compilation.quote(column.node.name)}` : sql
  })
  compilation.qualify = qualify
  return ` RETURNING ${columns.join(', ')}`
}

/** Writes an INSERT. */
export function insertSql(compilation: Compilation, insert: Insert<readonly unknown[]>): string {
  const { parts } = insert
  const table = dmlTable(parts.target)
  compilation.enclosing.push([])
  const ignore = compilation.traits.name === 'mysql' && parts.conflict?.kind === 'nothing' ? ' IGNORE' : ''
  let sql = `INSERT${ignore} INTO ${compilation.from(table)}`
  if (parts.fromSelect) {
    const names = parts.fromSelect.keys.map((key) => {
      const column = dmlColumn(parts.target, key)
      return compilation.quote(column.node.kind === 'column' ? column.node.name : key)
    })
    sql += ` (${names.join(', ')}) ${compilation.query(parts.fromSelect.query)}`
  } else {
    sql += valuesSql(compilation, insert, table)
  }
  if (parts.conflict) sql += conflictSql(compilation, parts, parts.conflict)
  sql += returningSql(compilation, parts, compilation.traits.insertReturning, 'INSERT')
  compilation.enclosing.pop()
  return sql
}

function criteria(parts: DmlParts) {
  const nodes = parts.where.map((condition) => condition.node)
  const entity = ENTITY in parts.target ? parts.target[ENTITY] : null
  if (entity?.criterion) nodes.push(entity.criterion.node)
  return nodes
}

/** Elements beside the table that the conditions read. */
function otherFroms(parts: DmlParts, table: TableSchema): FromElement[] {
  const found = new Set<FromElement>()
  for (const node of criteria(parts)) collectFroms(node, found)
  for (const value of Object.values(parts.values[0] ?? {})) {
    if (value instanceof ColumnElement) collectFroms(value.node, found)
  }
  found.delete(table)
  return [...found]
}

function assignments(
  compilation: Compilation,
  update: Update<readonly unknown[]>,
  table: TableSchema,
): string {
  const { parts } = update
  const row = parts.values[0] ?? {}
  const set: string[] = []
  const seen = new Set<string>()
  for (const [key, value] of Object.entries(row)) {
    const column = dmlColumn(parts.target, key)
    const name = column.node.kind === 'column' ? column.node.name : key
    seen.add(name)
    set.push(`${compilation.quote(name)}=${valueSql(compilation, column, value)}`)
  }
  if (set.length === 0)
    throw new ArgumentError(`An UPDATE of '${table.name}' needs values: .values({ column: value })`)
  for (const column of table.columns.values()) {
    if (seen.has(column.name)) continue
    const sql = defaultSql(compilation, column, column.options.onupdate, row)
    if (sql !== null) set.push(`${compilation.quote(column.name)}=${sql}`)
  }
  return set.join(', ')
}

/** Writes an UPDATE. */
export function updateSql(compilation: Compilation, update: Update<readonly unknown[]>): string {
  const { parts } = update
  const table = dmlTable(parts.target)
  const others = otherFroms(parts, table)
  const mysql = compilation.traits.name === 'mysql'
  compilation.enclosing.push([table, ...others])
  const tables = mysql ? [table, ...others] : [table]
  let sql = `UPDATE ${tables.map((from) => compilation.from(from)).join(', ')} SET ${assignments(compilation, update, table)}`
  if (others.length && !mysql) sql += ` FROM ${others.map((from) => compilation.from(from)).join(', ')}`
  const conditions = criteria(parts)
  if (conditions.length) sql += ` WHERE ${conditionList(compilation, conditions)}`
  sql += returningSql(compilation, parts, compilation.traits.updateReturning, 'UPDATE')
  compilation.enclosing.pop()
  return sql
}

/** Writes a DELETE. */
export function deleteSql(compilation: Compilation, statement: Delete<readonly unknown[]>): string {
  const { parts } = statement
  const table = dmlTable(parts.target)
  const others = otherFroms(parts, table)
  const { name } = compilation.traits
  if (others.length && name === 'sqlite') {
    throw new CompileError(
      'SQLite has no DELETE over several tables: put the condition into exists() or in(select(...))',
    )
  }
  compilation.enclosing.push([table, ...others])
  let sql = `DELETE FROM ${compilation.from(table)}`
  if (others.length) {
    const list = others.map((from) => compilation.from(from)).join(', ')
    sql += name === 'mysql' ? ` USING ${compilation.from(table)}, ${list}` : ` USING ${list}`
  }
  const conditions = criteria(parts)
  if (conditions.length) sql += ` WHERE ${conditionList(compilation, conditions)}`
  sql += returningSql(compilation, parts, compilation.traits.deleteReturning, 'DELETE')
  compilation.enclosing.pop()
  return sql
}
