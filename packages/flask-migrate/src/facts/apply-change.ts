import type { AlterColumn, TableChange } from '../compare/directive.ts'
import { CommandError } from '../errors.ts'
import type { ColumnFacts, KeyFacts, TableFacts } from './table-facts.ts'

function mentions(sql: string, column: string): boolean {
  return new RegExp(`(?<![\\w$])${column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`).test(sql)
}

function withoutColumn(table: TableFacts, name: string): TableFacts {
  const free = (key: { readonly columns: readonly string[] }) => !key.columns.includes(name)
  if (!table.columns.some((column) => column.name === name))
    throw new CommandError(`Table '${table.name}' has no column '${name}' to drop.`)
  return {
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
    primaryKey: free(table.primaryKey) ? table.primaryKey : { ...table.primaryKey, columns: [] },
    uniques: table.uniques.filter(free),
    indexes: table.indexes.filter(free),
    foreignKeys: table.foreignKeys.filter(free),
    checks: table.checks.filter((check) => !mentions(check.sqltext, name)),
  }
}

function renamed(table: TableFacts, from: string, to: string): TableFacts {
  const change = (name: string) => (name === from ? to : name)
  const inKey = <K extends KeyFacts>(key: K): K => ({ ...key, columns: key.columns.map(change) })
  return {
    ...table,
    primaryKey: inKey(table.primaryKey),
    uniques: table.uniques.map(inKey),
    indexes: table.indexes.map((index) => ({ ...index, columns: index.columns.map(change), schema: null })),
    foreignKeys: table.foreignKeys.map((key) => ({
      ...inKey(key),
      referredColumns:
        key.referredTable === table.name ? key.referredColumns.map(change) : key.referredColumns,
    })),
    checks: table.checks.map((check) =>
      mentions(check.sqltext, from) ? { ...check, sqltext: check.sqltext.replaceAll(from, to) } : check,
    ),
  }
}

function altered(column: ColumnFacts, change: AlterColumn): ColumnFacts {
  const { name, type, nullable, serverDefault, comment, autoincrement } = change.to
  return {
    ...column,
    name: name ?? column.name,
    type: type ?? column.type,
    nullable: nullable ?? column.nullable,
    serverDefault: serverDefault === undefined ? column.serverDefault : (serverDefault ?? undefined),
    comment: comment === undefined ? column.comment : comment,
    autoincrement: autoincrement ?? column.autoincrement,
  }
}

function alterColumn(table: TableFacts, change: AlterColumn): TableFacts {
  if (!table.columns.some((column) => column.name === change.name))
    throw new CommandError(`Table '${table.name}' has no column '${change.name}' to change.`)
  const columns = table.columns.map((column) =>
    column.name === change.name ? altered(column, change) : column,
  )
  const { name } = change.to
  const changed = { ...table, columns }
  return name === undefined || name === change.name ? changed : renamed(changed, change.name, name)
}

/** Takes one of several out: the one of a name, or else of these columns. */
export function findKey<K extends KeyFacts>(
  keys: readonly K[],
  wanted: KeyFacts,
  what: string,
  table: string,
): K {
  const named = wanted.name === null ? undefined : keys.find((key) => key.name === wanted.name)
  const found =
    named ?? keys.find((key) => wanted.columns.length > 0 && key.columns.join() === wanted.columns.join())
  if (found) return found
  const which = wanted.name === null ? `over (${wanted.columns.join(', ')})` : `'${wanted.name}'`
  throw new CommandError(`No such ${what} ${which} on table '${table}'.`)
}

function without<K extends KeyFacts>(keys: readonly K[], wanted: KeyFacts, what: string, table: string): K[] {
  const found = findKey(keys, wanted, what, table)
  return keys.filter((key) => key !== found)
}

/** A table after a change. */
export function applyChange(table: TableFacts, change: TableChange): TableFacts {
  switch (change.kind) {
    case 'addColumn':
      return { ...table, columns: [...table.columns, change.column] }
    case 'dropColumn':
      return withoutColumn(table, change.column.name)
    case 'alterColumn':
      return alterColumn(table, change)
    case 'createIndex':
      return { ...table, indexes: [...table.indexes, change.index] }
    case 'dropIndex':
      return { ...table, indexes: without(table.indexes, change.index, 'index', table.name) as never }
    case 'createUnique':
      return { ...table, uniques: [...table.uniques, change.key] }
    case 'dropUnique':
      return { ...table, uniques: without(table.uniques, change.key, 'unique constraint', table.name) }
    case 'createForeignKey':
      return { ...table, foreignKeys: [...table.foreignKeys, change.key] }
    case 'dropForeignKey':
      return { ...table, foreignKeys: without(table.foreignKeys, change.key, 'foreign key', table.name) }
    case 'createPrimaryKey':
      return { ...table, primaryKey: change.key }
    case 'dropPrimaryKey':
      return { ...table, primaryKey: { name: null, columns: [] } }
    case 'createCheck':
      return { ...table, checks: [...table.checks, change.check] }
    case 'dropCheck':
      return dropCheck(table, change.check.name)
    default:
      return { ...table, comment: change.to }
  }
}

function dropCheck(table: TableFacts, name: string | null): TableFacts {
  if (!table.checks.some((check) => check.name === name))
    throw new CommandError(`No such check constraint '${name}' on table '${table.name}'.`)
  return { ...table, checks: table.checks.filter((check) => check.name !== name) }
}
