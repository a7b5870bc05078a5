import {
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
