import {
  afterTableDdl,
  createEnumDdl,
  createSequenceDdl,
  createTableDdl,
  deferredForeignKeyDdl,
  dropTableDdl,
  enumTypes,
} from '../compile/table-ddl.ts'
import { type DialectTraits, quoteName, quoteQualified } from '../compile/traits.ts'
import type { TableItem } from '../schema/constraint.ts'
import { circularTables, sortTables } from '../schema/metadata.ts'
import { SequenceSchema } from '../schema/sequence.ts'
import type { TableSchema } from '../schema/table.ts'

/** What DDL is sent to. */
export interface DdlHost {
  readonly traits: DialectTraits
  executeDriver(
    sql: string,
    params: readonly unknown[],
    isWrite?: boolean,
  ): { readonly rows: unknown[][] } | Promise<{ readonly rows: unknown[][] }>
}

/** Names of the tables of a schema, or of the connection's own. */
async function tableNames(host: DdlHost, schema?: string): Promise<Set<string>> {
  const { name } = host.traits
  if (name === 'sqlite') {
    const prefix = schema ? `${quoteName(schema, host.traits)}.` : ''
    const { rows } = await host.executeDriver(
      `SELECT name FROM ${prefix}sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`,
      [],
      false,
    )
    return new Set(rows.map(([table]) => String(table)))
  }
  const current = name === 'postgresql' ? 'current_schema()' : 'DATABASE()'
  const place = schema ? (name === 'postgresql' ? '$1' : '?') : current
  const { rows } = await host.executeDriver(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = ${place} AND table_type = 'BASE TABLE'`,
    schema ? [schema] : [],
    false,
  )
  return new Set(rows.map(([table]) => String(table)))
}

async function existing(host: DdlHost, tables: readonly TableSchema[]): Promise<Set<TableSchema>> {
  const bySchema = new Map<string | undefined, Set<string>>()
  const found = new Set<TableSchema>()
  for (const table of tables) {
    let names = bySchema.get(table.schema)
    if (!names) {
      names = await tableNames(host, table.schema)
      bySchema.set(table.schema, names)
    }
    if (names.has(table.name)) found.add(table)
  }
  return found
}

async function existingEnums(host: DdlHost): Promise<Set<string>> {
  const { rows } = await host.executeDriver(
    'SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = current_schema()',
    [],
    false,
  )
  return new Set(rows.map(([name]) => String(name)))
}

function sequencesOf(tables: readonly TableSchema[]): SequenceSchema[] {
  const defaults = tables.flatMap((table) =>
    [...table.columns.values()].map((column) => column.options.default),
  )
  return defaults.filter((value) => value instanceof SequenceSchema)
}

/** Foreign keys between tables that refer to each other: they are added when all of them exist. */
function circularKeys(circular: readonly TableSchema[]): Set<TableItem> {
  const inCircle = new Set(circular)
  const found = new Set<TableItem>()
  for (const table of circular) {
    for (const constraint of table.foreignKeyConstraints) {
      const target = table.lookup(constraint.tableKey)
      if (target && target !== table && inCircle.has(target)) found.add(constraint)
    }
  }
  return found
}

/** Creates tables, each after those that it refers to. */
export async function createTables(
  host: DdlHost,
  tables: readonly TableSchema[],
  checkFirst: boolean,
): Promise<void> {
  const { traits } = host
  for (const table of tables) table.checkReferences()
  const { sorted, circular } = sortTables(tables)
  const deferred = circularKeys(circular)
  const present = checkFirst ? await existing(host, tables) : new Set<TableSchema>()
  const missing = sorted.filter((table) => !present.has(table))
  const enums = enumTypes(missing, traits)
  const known = enums.length && checkFirst ? await existingEnums(host) : new Set<string>()
  for (const type of enums) {
    if (!known.has(type.typeName as string)) await host.executeDriver(createEnumDdl(type, traits), [])
  }
  if (traits.name === 'postgresql') {
    for (const sequence of sequencesOf(missing))
      await host.executeDriver(createSequenceDdl(sequence, traits), [])
  }
  for (const table of missing) {
    await host.executeDriver(createTableDdl(table, traits, deferred), [])
    for (const sql of afterTableDdl(table, traits)) await host.executeDriver(sql, [])
  }
  for (const table of missing) {
    for (const sql of deferredForeignKeyDdl(table, traits, deferred)) await host.executeDriver(sql, [])
  }
}

/** Drops foreign keys that would hold their tables back. */
async function dropCircularKeys(
  host: DdlHost,
  tables: readonly TableSchema[],
  circular: readonly TableSchema[],
  present: ReadonlySet<TableSchema>,
): Promise<void> {
  const { traits } = host
  const inCircle = circularKeys(circular)
  for (const table of tables) {
    for (const constraint of table.foreignKeyConstraints) {
      if (!present.has(table) || !(inCircle.has(constraint) || constraint.options.useAlter)) continue
      if (constraint.name === null) throw circularTables(tables)
      const what = traits.name === 'mysql' ? 'FOREIGN KEY' : 'CONSTRAINT'
      const name = quoteQualified(table.schema, table.name, traits)
      await host.executeDriver(`ALTER TABLE ${name} DROP ${what} ${quoteName(constraint.name, traits)}`, [])
    }
  }
}

/** Drops tables, each before those that it refers to. */
export async function dropTables(
  host: DdlHost,
  tables: readonly TableSchema[],
  checkFirst: boolean,
): Promise<void> {
  const { traits } = host
  const { sorted, circular } = sortTables(tables)
  const present = checkFirst ? await existing(host, tables) : new Set(tables)
  if (traits.name !== 'sqlite') await dropCircularKeys(host, tables, circular, present)
  for (const table of sorted.toReversed()) {
    if (present.has(table)) await host.executeDriver(dropTableDdl(table, traits), [])
  }
  if (traits.name !== 'postgresql') return
  for (const type of enumTypes(sorted, traits)) {
    await host.executeDriver(`DROP TYPE IF EXISTS ${quoteName(type.typeName as string, traits)}`, [])
  }
  for (const sequence of sequencesOf(sorted)) {
    await host.executeDriver(
      `DROP SEQUENCE IF EXISTS ${quoteQualified(sequence.schema, sequence.name, traits)}`,
      [],
    )
  }
}
