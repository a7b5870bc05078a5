import {
  type Connection,
  createEnumDdl,
  type DialectTraits,
  EnumType,
  enumTypes,
  quoteName,
  type TypeEngine,
} from '@flask-ts/sqlalchemy'
import type { ColumnFacts } from '../facts/table-facts.ts'
import { tableToSchema } from '../facts/to-schema.ts'
import type { MigrationContext } from './context.ts'

/** PostgreSQL's own types of columns. */
function nativeEnums(columns: readonly { readonly type: TypeEngine }[], traits: DialectTraits): EnumType[] {
  const none = { name: null, columns: [] }
  const table = {
    name: 't',
    schema: null,
    comment: null,
    columns: columns.filter((column) => column.type instanceof EnumType) as ColumnFacts[],
    primaryKey: none,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
  }
  return enumTypes([tableToSchema(table)], traits)
}

/** Creates the types that columns need and PostgreSQL has not. */
export async function createEnums(
  context: MigrationContext,
  columns: readonly { readonly type: TypeEngine }[],
): Promise<void> {
  const { traits, connection } = context
  if (traits.name !== 'postgresql') return
  for (const type of nativeEnums(columns, traits)) {
    const found = await connection?.executeDriver(
      'SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = current_schema() AND t.typname = $1',
      [type.typeName],
      false,
    )
    if (!found?.rows.length) await context.run(createEnumDdl(type, traits))
  }
}

/** Drops types of columns that are gone, unless others use them. */
export async function dropUnusedEnums(
  context: MigrationContext,
  columns: readonly { readonly type: TypeEngine }[],
): Promise<void> {
  const { traits, connection } = context
  if (traits.name !== 'postgresql' || !connection) return
  for (const { type } of columns) {
    if (!(type instanceof EnumType) || !type.typeName) continue
    const { rows } = await connection.executeDriver(
      'SELECT count(*) FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE t.typname = $1 AND NOT a.attisdropped',
      [type.typeName],
      false,
    )
    if (Number(rows[0]?.[0]) === 0)
      await context.run(`DROP TYPE IF EXISTS ${quoteName(type.typeName, traits)}`)
  }
}

interface EnumColumn {
  readonly table: string
  readonly column: string
  readonly defaultSql: string | null
}

async function columnsOf(connection: Connection, typeName: string): Promise<EnumColumn[]> {
  const { rows } = await connection.executeDriver(
    `SELECT a.attrelid::regclass::text, a.attname, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE t.typname = $1 AND NOT a.attisdropped`,
    [typeName],
    false,
  )
  return rows.map(([table, column, defaultSql]) => ({
    table: String(table),
    column: String(column),
    defaultSql: defaultSql === null ? null : String(defaultSql),
  }))
}

async function labelsOf(connection: Connection, typeName: string): Promise<string[]> {
  const { rows } = await connection.executeDriver(
    'SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = $1 ORDER BY e.enumsortorder',
    [typeName],
    false,
  )
  return rows.map(([label]) => String(label))
}

/**
 * Gives an enum of PostgreSQL other values, in all columns that use it.
 *
 * A new type takes the old one's place: so values can go as well as come, and a transaction can undo it.
 */
export async function replaceEnum(context: MigrationContext, type: TypeEngine): Promise<void> {
  const { traits, connection } = context
  if (traits.name !== 'postgresql' || !connection || !(type instanceof EnumType) || !type.typeName) return
  const labels = await labelsOf(connection, type.typeName)
  if (labels.length === 0 || labels.join('|') === type.values.join('|')) return
  const name = quoteName(type.typeName, traits)
  const old = quoteName(`${type.typeName}_old`, traits)
  const columns = await columnsOf(connection, type.typeName)
  await context.run(`ALTER TYPE ${name} RENAME TO ${old}`)
  await context.run(createEnumDdl(type, traits))
  for (const { table, column, defaultSql } of columns) {
    const start = `ALTER TABLE ${table} ALTER COLUMN ${quoteName(column, traits)}`
    if (defaultSql !== null) await context.run(`${start} DROP DEFAULT`)
    await context.run(`${start} TYPE ${name} USING ${quoteName(column, traits)}::text::${name}`)
    if (defaultSql !== null) await context.run(`${start} SET DEFAULT ${defaultSql}`)
  }
  await context.run(`DROP TYPE ${old}`)
}
