import {
  type DialectTraits,
  Inspector,
  type MetaData,
  type ReflectedTable,
  sortTables,
  type TableSchema,
} from '@flask-ts/sqlalchemy'
import { tableFromReflected } from '../facts/from-reflected.ts'
import { tableFromSchema } from '../facts/from-schema.ts'
import type { ForeignKeyFacts, TableFacts } from '../facts/table-facts.ts'
import { type ColumnComparison, compareColumns } from './compare-columns.ts'
import { compareForeignKeys, compareIndexes } from './compare-keys.ts'
import type { Directive, TableChange } from './directive.ts'

/** Says which tables migrations care for; `reflected` tells those of the database from the models'. */
export type IncludeObject = (name: string, schema: string | null, reflected: boolean) => boolean

/** What is compared, and how. */
export interface Comparison extends ColumnComparison {
  readonly includeObject: IncludeObject
  /** Name of the table that keeps the version. */
  readonly versionTable: string
}

/** A connection that tells the database's schema. */
export type ReflectingConnection = ConstructorParameters<typeof Inspector>[0]

function keyOf(table: { readonly name: string; readonly schema: string | null }): string {
  return table.schema === null ? table.name : `${table.schema}.${table.name}`
}

function compareTable(model: TableFacts, found: TableFacts, how: Comparison): TableChange[] {
  const columns = compareColumns(model, found, how)
  const indexes = compareIndexes(model, found, how.traits)
  const foreignKeys = compareForeignKeys(model, found, how.traits)
  const comment: TableChange[] =
    how.traits.name !== 'sqlite' && model.comment !== found.comment
      ? [{ kind: 'tableComment', to: model.comment, from: found.comment }]
      : []
  // What refers to columns goes before they do, and comes after them.
  return [
    ...foreignKeys.dropped,
    ...indexes.dropped,
    ...columns.added,
    ...columns.altered,
    ...indexes.created,
    ...foreignKeys.created,
    ...columns.dropped,
    ...comment,
  ]
}

async function readDatabase(
  connection: ReflectingConnection,
  schemas: Iterable<string | null>,
  how: Comparison,
): Promise<Map<string, TableFacts>> {
  const inspector = new Inspector(connection)
  const tables = new Map<string, TableFacts>()
  for (const schema of schemas) {
    for (const name of await inspector.getTableNames(schema)) {
      if (name === how.versionTable || !how.includeObject(name, schema, true)) continue
      const found: ReflectedTable = await inspector.getTable(name, schema)
      tables.set(keyOf(found), tableFromReflected(found, how.traits))
    }
  }
  return tables
}

/** Foreign keys among new tables that refer to each other in a circle are created after all of them. */
function createTables(tables: readonly TableSchema[], traits: DialectTraits): Directive[] {
  const { sorted, circular } = sortTables(tables)
  const inCircle = new Set(circular)
  const later: Directive[] = []
  const created = sorted.map((schema): Directive => {
    const facts = tableFromSchema(schema, traits)
    const waits = schema.foreignKeyConstraints.map((item) => {
      const target = schema.lookup(item.tableKey)
      return (
        item.options.useAlter || (target && target !== schema && inCircle.has(schema) && inCircle.has(target))
      )
    })
    const split = (wanted: boolean): ForeignKeyFacts[] =>
      facts.foreignKeys.filter((_, index) => Boolean(waits[index]) === wanted)
    const changes = split(true).map((key): TableChange => ({ kind: 'createForeignKey', key }))
    if (changes.length) later.push({ kind: 'modifyTable', name: facts.name, schema: facts.schema, changes })
    return { kind: 'createTable', table: { ...facts, foreignKeys: split(false) } }
  })
  return [...created, ...later]
}

/** Tables that go, those first that refer to others. */
function dropTables(tables: readonly TableFacts[]): Directive[] {
  const waiting = new Map(tables.map((table) => [keyOf(table), table]))
  const directives: Directive[] = []
  while (waiting.size) {
    const referred = new Set(
      [...waiting.values()].flatMap((table) =>
        table.foreignKeys
          .map((key) => keyOf({ name: key.referredTable, schema: key.referredSchema }))
          .filter((key) => key !== keyOf(table)),
      ),
    )
    const free = [...waiting.keys()].filter((key) => !referred.has(key))
    // Tables in a circle let go of each other first.
    const next = free.length ? free : [...waiting.keys()]
    for (const key of next) {
      const table = waiting.get(key) as TableFacts
      waiting.delete(key)
      directives.push({ kind: 'dropTable', table: free.length ? table : { ...table, foreignKeys: [] } })
    }
    if (free.length === 0) directives.unshift(...letGo(tables, next))
  }
  return directives
}

function letGo(tables: readonly TableFacts[], keys: readonly string[]): Directive[] {
  return tables
    .filter((table) => keys.includes(keyOf(table)) && table.foreignKeys.length)
    .map((table) => ({
      kind: 'modifyTable',
      name: table.name,
      schema: table.schema,
      changes: table.foreignKeys.map((key) => ({ kind: 'dropForeignKey', key })),
    }))
}

/** The steps that make a database's schema that of the models. */
export async function compareMetadata(
  connection: ReflectingConnection,
  metadata: MetaData,
  how: Comparison,
): Promise<Directive[]> {
  const models = [...metadata.tables.values()].filter(
    (table) => table.name !== how.versionTable && how.includeObject(table.name, table.schema ?? null, false),
  )
  const schemas = new Set<string | null>([null, ...models.map((table) => table.schema ?? null)])
  const found = await readDatabase(connection, schemas, how)
  const created: TableSchema[] = []
  const modified: Directive[] = []
  for (const table of models) {
    const facts = tableFromSchema(table, how.traits)
    const before = found.get(keyOf(facts))
    found.delete(keyOf(facts))
    if (!before) {
      created.push(table)
      continue
    }
    const changes = compareTable(facts, before, how)
    if (changes.length)
      modified.push({ kind: 'modifyTable', name: facts.name, schema: facts.schema, changes })
  }
  return [...createTables(created, how.traits), ...modified, ...dropTables([...found.values()])]
}
