import {
  createIndexDdl,
  createTableDdl,
  Inspector,
  quoteName,
  RawType,
  type TypeEngine,
} from '@flask-ts/sqlalchemy'
import type { TableChange } from '../compare/directive.ts'
import { UnsupportedOperationError } from '../errors.ts'
import { applyChange } from '../facts/apply-change.ts'
import { tableFromReflected } from '../facts/from-reflected.ts'
import type { TableFacts } from '../facts/table-facts.ts'
import { indexToSchema, tableToSchema } from '../facts/to-schema.ts'
import type { MigrationContext, TableName } from './context.ts'

const temporary = '_alembic_tmp_'

/** A table of SQLite with everything that must outlive it. */
interface Original {
  readonly table: TableFacts
  /** Types as they are understood; the table's own keep their exact words. */
  readonly types: ReadonlyMap<string, TypeEngine>
  /** CREATE INDEX statements by name. */
  readonly indexSql: ReadonlyMap<string, string>
  readonly triggers: readonly string[]
}

async function readOriginal(context: MigrationContext, table: TableName): Promise<Original> {
  const { connection, traits } = context
  if (!connection) {
    const facts = await context.describe(table)
    const types = new Map(facts.columns.map((column) => [column.name, column.type]))
    return { table: facts, types, indexSql: new Map(), triggers: [] }
  }
  const found = await new Inspector(connection).getTable(table.name, table.schema)
  const facts = tableFromReflected(found, traits)
  const { rows } = await connection.executeDriver(
    "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
    [table.name],
    false,
  )
  const exact = facts.columns.map((column, index) => ({
    ...column,
    type: new RawType(found.columns[index]?.typeText ?? ''),
  }))
  return {
    table: { ...facts, columns: exact },
    types: new Map(facts.columns.map((column) => [column.name, column.type])),
    indexSql: new Map(
      rows.filter(([type]) => type === 'index').map(([, name, sql]) => [String(name), String(sql)]),
    ),
    triggers: rows.filter(([type]) => type === 'trigger').map(([, , sql]) => String(sql)),
  }
}

/** Where the values of each column come from. */
function sourcesOf(
  original: Original,
  changes: readonly TableChange[],
  context: MigrationContext,
): Map<string, string> {
  const sources = new Map(
    original.table.columns
      .filter((column) => column.computed === null)
      .map((column) => [column.name, quoteName(column.name, context.traits)]),
  )
  for (const change of changes) {
    if (change.kind === 'dropColumn') sources.delete(change.column.name)
    if (change.kind !== 'alterColumn' || !change.to.type) continue
    const source = sources.get(change.name)
    const before = original.types.get(change.name)
    if (source !== undefined && before && change.to.type.affinity !== before.affinity)
      sources.set(change.name, `CAST(${source} AS ${change.to.type.ddl('sqlite')})`)
  }
  return sources
}

function indexStatements(original: Original, made: TableFacts, context: MigrationContext): string[] {
  const schema = tableToSchema({ ...made, indexes: [] })
  return made.indexes.map((index) => {
    const before = original.table.indexes.find((other) => other.name === index.name)
    const sql = original.indexSql.get(index.name)
    if (sql && before && before.columns.join() === index.columns.join()) return sql
    const item = indexToSchema(index)
    schema.append(item)
    return createIndexDdl(item, schema, context.traits)
  })
}

/**
 * Makes changes of a SQLite table that ALTER TABLE cannot (renaming is none of them): a new table takes the rows over and the old one's name.
 *
 * Foreign keys must not be enforced meanwhile, or dropping the old table would delete what refers to it.
 */
export async function rebuildTable(
  context: MigrationContext,
  table: TableName,
  changes: readonly TableChange[],
): Promise<void> {
  if (table.schema !== null)
    throw new UnsupportedOperationError(
      `SQLite cannot rebuild '${table.name}' in the schema '${table.schema}'.`,
    )
  const { traits } = context
  const original = await readOriginal(context, table)
  const made = changes.reduce(applyChange, original.table)
  const sources = sourcesOf(original, changes, context)
  const name = quoteName(temporary + table.name, traits)
  const own = quoteName(table.name, traits)
  const columns = [...sources.keys()].map((column) => quoteName(column, traits)).join(', ')
  const values = [...sources.values()].join(', ')
  await context.run(createTableDdl(tableToSchema({ ...made, indexes: [] }, temporary + table.name), traits))
  if (sources.size) await context.run(`INSERT INTO ${name} (${columns}) SELECT ${values} FROM ${own}`)
  await context.run(`DROP TABLE ${own}`)
  // Without it the new name would be written into other tables' references, and views would be checked too early.
  await context.run('PRAGMA legacy_alter_table=ON')
  await context.run(`ALTER TABLE ${name} RENAME TO ${own}`)
  await context.run('PRAGMA legacy_alter_table=OFF')
  for (const sql of indexStatements(original, made, context)) await context.run(sql)
  for (const sql of original.triggers) await context.run(sql)
  context.note(table, made)
}
