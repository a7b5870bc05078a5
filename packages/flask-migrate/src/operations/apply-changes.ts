import { quoteName } from '@flask-ts/sqlalchemy'
import type { AlterColumn, TableChange } from '../compare/directive.ts'
import { CommandError } from '../errors.ts'
import { applyChange, findKey } from '../facts/apply-change.ts'
import type { ColumnFacts, ForeignKeyFacts, KeyFacts, TableFacts } from '../facts/table-facts.ts'
import { changeSql } from './change-sql.ts'
import { type MigrationContext, OfflineContext, type TableName, tableSql } from './context.ts'
import { createEnums, dropUnusedEnums, replaceEnum } from './enum-types.ts'
import { rebuildTable } from './rebuild-table.ts'

/** Whether SQLite's tables are rebuilt: where it is needed, always, or never. */
export type Recreate = 'auto' | 'always' | 'never'

const constant = /^(?:-?[\d.]+|'(?:[^']|'')*'|null|true|false)$/i

/** SQLite adds columns in place only where every row can be given a constant. */
function canAddInPlace(column: ColumnFacts): boolean {
  if (column.computed) return column.computed.persisted !== true
  if (column.defaultSql !== null) return constant.test(column.defaultSql)
  return column.nullable
}

function needsRebuild(change: TableChange): boolean {
  if (change.kind === 'addColumn') return !canAddInPlace(change.column)
  return !['createIndex', 'dropIndex', 'tableComment'].includes(change.kind)
}

/** The name by which PostgreSQL knows a constraint that was given none. */
function usualName(kind: TableChange['kind'], table: TableName, columns: readonly string[]): string {
  const ends = { dropUnique: 'key', dropForeignKey: 'fkey', dropPrimaryKey: 'pkey' }
  const parts = kind === 'dropPrimaryKey' ? [table.name] : [table.name, ...columns]
  return [...parts, ends[kind as keyof typeof ends]].join('_')
}

/** Finds out names and former attributes that the change leaves to the database to tell. */
async function resolve(
  context: MigrationContext,
  table: TableName,
  change: TableChange,
): Promise<TableChange> {
  const online = context.connection !== null
  if (change.kind === 'alterColumn' && online) {
    const facts = await context.describe(table)
    const column = facts.columns.find((other) => other.name === change.name)
    if (!column) throw new CommandError(`Table '${table.name}' has no column '${change.name}' to change.`)
    const { type, nullable, serverDefault = null, comment, autoincrement } = column
    return { ...change, from: { type, nullable, serverDefault, comment, autoincrement, ...change.from } }
  }
  if (change.kind === 'dropUnique' || change.kind === 'dropForeignKey' || change.kind === 'dropPrimaryKey') {
    const { key } = change
    if (!online) {
      const named =
        key.name ?? (context.traits.name === 'postgresql' ? usualName(change.kind, table, key.columns) : null)
      return { ...change, key: { ...key, name: named } } as TableChange
    }
    const { name, columns } = keyInDatabase(change, await context.describe(table), context)
    return { ...change, key: { ...key, name, columns } } as TableChange
  }
  return change
}

function keyInDatabase(
  change: Extract<TableChange, { kind: 'dropUnique' | 'dropForeignKey' | 'dropPrimaryKey' }>,
  facts: TableFacts,
  context: MigrationContext,
): KeyFacts {
  if (change.kind === 'dropPrimaryKey') return facts.primaryKey
  if (change.kind === 'dropForeignKey')
    return findKey(facts.foreignKeys, change.key, 'foreign key', facts.name)
  const uniques =
    context.traits.name === 'mysql' ? facts.indexes.filter((index) => index.unique) : facts.uniques
  return findKey(uniques, change.key, 'unique constraint', facts.name)
}

/** MySQL gives up no index that a foreign key relies on: the key gets one of its own. */
async function keepForeignKeyIndex(
  context: MigrationContext,
  table: TableName,
  name: string | null,
): Promise<void> {
  const facts = await context.describe(table)
  const index = facts.indexes.find((other) => other.name === name)
  if (!index) return
  for (const key of facts.foreignKeys) {
    const serves = (columns: readonly string[]) =>
      key.columns.every((column, place) => columns[place] === column)
    if (!serves(index.columns)) continue
    const others = facts.indexes.filter((other) => other !== index).map((other) => other.columns)
    if ([...others, facts.primaryKey.columns].some(serves)) continue
    const columns = key.columns.map((column) => quoteName(column, context.traits)).join(', ')
    // The name that MySQL itself would have taken.
    const own = quoteName(key.columns[0] as string, context.traits)
    await context.run(`CREATE INDEX ${own} ON ${tableSql(table, context.traits)} (${columns})`)
  }
}

/** MySQL leaves the index behind that it made for a foreign key, under the key's name or that of its first column. */
async function dropForeignKeyIndex(
  context: MigrationContext,
  table: TableName,
  key: ForeignKeyFacts,
): Promise<void> {
  const facts = await context.describe(table)
  const left = facts.indexes.find(
    (index) => !index.unique && (index.name === key.name || index.name === key.columns[0]),
  )
  if (!left || left.columns.join() !== key.columns.join()) return
  const name = quoteName(left.name, context.traits)
  await context.run(`DROP INDEX ${name} ON ${tableSql(table, context.traits)}`)
}

async function applyInPlace(context: MigrationContext, table: TableName, given: TableChange): Promise<void> {
  const { traits } = context
  const change = await resolve(context, table, given)
  const onlineMysql = traits.name === 'mysql' && context.connection !== null
  if (change.kind === 'addColumn') await createEnums(context, [change.column])
  if (change.kind === 'alterColumn' && change.to.type) {
    await createEnums(context, [{ type: change.to.type }])
    await replaceEnum(context, change.to.type)
  }
  if (onlineMysql && (change.kind === 'dropIndex' || change.kind === 'dropUnique'))
    await keepForeignKeyIndex(
      context,
      table,
      change.kind === 'dropIndex' ? change.index.name : change.key.name,
    )
  const before =
    change.kind === 'dropColumn' && traits.name === 'postgresql' && context.connection
      ? (await context.describe(table)).columns.filter((column) => column.name === change.column.name)
      : []
  for (const sql of changeSql(table, change, traits)) await context.run(sql)
  if (change.kind === 'dropColumn') await dropUnusedEnums(context, before)
  if (change.kind === 'alterColumn' && change.to.type && change.from.type)
    await dropUnusedEnums(context, [{ type: change.from.type }])
  if (onlineMysql && change.kind === 'dropForeignKey') await dropForeignKeyIndex(context, table, change.key)
  if (context instanceof OfflineContext) {
    const known = context.known(table)
    if (known) context.note(table, applyChange(known, given))
  }
}

/** SQLite renames columns by itself, in indexes, triggers and views too; what else changes is left to do. */
async function renameOnSqlite(
  context: MigrationContext,
  table: TableName,
  change: AlterColumn,
): Promise<AlterColumn | null> {
  const { name, ...rest } = change.to
  const renaming: AlterColumn = { ...change, to: { name } }
  for (const sql of changeSql(table, renaming, context.traits)) await context.run(sql)
  if (context instanceof OfflineContext) {
    const known = context.known(table)
    if (known) context.note(table, applyChange(known, renaming))
  }
  return Object.keys(rest).length === 0 ? null : { ...change, name: name as string, to: rest }
}

async function applyOnSqlite(
  context: MigrationContext,
  table: TableName,
  changes: readonly TableChange[],
  recreate: Recreate,
): Promise<void> {
  let together: TableChange[] = []
  const make = async () => {
    if (together.length === 0) return
    const rebuild = recreate === 'always' || (recreate === 'auto' && together.some(needsRebuild))
    if (rebuild) await rebuildTable(context, table, together)
    else for (const change of together) await applyInPlace(context, table, change)
    together = []
  }
  for (const change of changes) {
    const renames =
      change.kind === 'alterColumn' && change.to.name !== undefined && change.to.name !== change.name
    if (!renames) {
      together.push(change)
      continue
    }
    await make()
    const rest = await renameOnSqlite(context, table, change)
    if (rest) together.push(rest)
  }
  await make()
}

/** Makes changes of one table; on SQLite by one rebuild where ALTER TABLE cannot make them. */
export async function applyChanges(
  context: MigrationContext,
  table: TableName,
  changes: readonly TableChange[],
  recreate: Recreate = 'auto',
): Promise<void> {
  if (context.traits.name === 'sqlite') await applyOnSqlite(context, table, changes, recreate)
  else for (const change of changes) await applyInPlace(context, table, change)
}
