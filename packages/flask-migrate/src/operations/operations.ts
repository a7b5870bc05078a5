import {
  afterTableDdl,
  type ColumnElement,
  type ColumnSchema,
  type Condition,
  type Connection,
  compile,
  createTableDdl,
  type Executable,
  insert,
  type NamingConvention,
  quoteName,
  type TableItem,
  TableSchema,
} from '@flask-ts/sqlalchemy'
import { UnsupportedOperationError } from '../errors.ts'
import { tableFromSchema } from '../facts/from-schema.ts'
import { applyChanges, type Recreate } from './apply-changes.ts'
import { BatchOperations } from './batch-operations.ts'
import type { ColumnAlteration, ConstraintChoices, ForeignKeyChoices, IndexChoices } from './change-of.ts'
import { type MigrationContext, type TableName, tableSql } from './context.ts'
import { createEnums, dropUnusedEnums } from './enum-types.ts'
import { givenTable, type TableExtras } from './given-table.ts'

/** Which schema a table is in; the usual one without. */
export interface InSchema {
  schema?: string | null
}

/** Rows to be inserted, by the names of their columns. */
export type Rows = readonly Readonly<Record<string, unknown>>[]

function tableName(name: string, options: InSchema): TableName {
  return { name, schema: options.schema ?? null }
}

/**
 * What a migration does to a database: the `op` that `upgrade` and `downgrade` get.
 *
 * @see https://alembic.sqlalchemy.org/en/latest/ops.html
 */
export class Operations {
  readonly #context: MigrationContext
  readonly #naming: NamingConvention | undefined

  constructor(context: MigrationContext, namingConvention?: NamingConvention) {
    this.#context = context
    this.#naming = namingConvention
  }

  /** The database family: `sqlite`, `postgresql` or `mysql`. */
  get dialect(): string {
    return this.#context.traits.name
  }

  /** True when a script is written and no database is there. */
  get isOffline(): boolean {
    return this.#context.connection === null
  }

  /**
   * The connection, for migrations of data.
   *
   * @throws UnsupportedOperationError - when a script is written.
   */
  getBind(): Connection {
    const { connection } = this.#context
    if (connection) return connection
    throw new UnsupportedOperationError('A script has no connection: test op.isOffline before op.getBind().')
  }

  /** Creates a table; the keys of `columns` are their names in the database. */
  async createTable(
    name: string,
    columns: Readonly<Record<string, ColumnSchema>>,
    items: readonly TableItem[] = [],
    options: TableExtras & { ifNotExists?: boolean } = {},
  ): Promise<void> {
    const table = givenTable(name, columns, items, options, this.#naming)
    const { traits } = this.#context
    await createEnums(this.#context, [...table.columns.values()])
    const sql = createTableDdl(table, traits)
    await this.#context.run(options.ifNotExists ? sql.replace(/^CREATE TABLE/, '$& IF NOT EXISTS') : sql)
    for (const after of afterTableDdl(table, traits)) await this.#context.run(after)
    this.#context.note(tableName(name, options), tableFromSchema(table, traits))
  }

  /** Drops a table, and on PostgreSQL the enum types that nothing else uses. */
  async dropTable(name: string, options: InSchema & { ifExists?: boolean } = {}): Promise<void> {
    const table = tableName(name, options)
    const { traits, connection } = this.#context
    const enums =
      traits.name === 'postgresql' && connection && !options.ifExists
        ? (await this.#context.describe(table)).columns
        : []
    await this.#context.run(`DROP TABLE ${options.ifExists ? 'IF EXISTS ' : ''}${tableSql(table, traits)}`)
    this.#context.note(table, null)
    await dropUnusedEnums(this.#context, enums)
  }

  async renameTable(from: string, to: string, options: InSchema = {}): Promise<void> {
    const table = tableName(from, options)
    const known = this.isOffline ? await this.#context.describe(table).catch(() => null) : null
    const { traits } = this.#context
    await this.#context.run(`ALTER TABLE ${tableSql(table, traits)} RENAME TO ${quoteName(to, traits)}`)
    this.#context.note(table, null)
    if (known) this.#context.note(tableName(to, options), { ...known, name: to })
  }

  /** Makes several changes of a table together; on SQLite, by one rebuild where ALTER TABLE cannot. */
  async batchAlterTable(
    name: string,
    change: (batch: BatchOperations) => void | Promise<void>,
    options: InSchema & { recreate?: Recreate } = {},
  ): Promise<void> {
    const batch = new BatchOperations(name, this.#context.traits, this.#naming)
    await change(batch)
    await applyChanges(this.#context, tableName(name, options), batch.changes, options.recreate)
  }

  async addColumn(table: string, name: string, column: ColumnSchema, options: InSchema = {}): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.addColumn(name, column), options)
  }

  async dropColumn(table: string, name: string, options: InSchema = {}): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.dropColumn(name), options)
  }

  async alterColumn(
    table: string,
    name: string,
    { schema, ...alteration }: ColumnAlteration & InSchema,
  ): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.alterColumn(name, alteration), { schema })
  }

  async createIndex(
    name: string,
    table: string,
    columns: readonly (string | ColumnElement)[],
    { schema, ...choices }: IndexChoices & InSchema = {},
  ): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.createIndex(name, columns, choices), { schema })
  }

  async dropIndex(name: string, table: string, options: InSchema = {}): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.dropIndex(name), options)
  }

  async createUniqueConstraint(
    name: string | null,
    table: string,
    columns: readonly string[],
    options: InSchema = {},
  ): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.createUniqueConstraint(name, columns), options)
  }

  async createForeignKey(
    name: string | null,
    source: string,
    referent: string,
    columns: readonly string[],
    referredColumns: readonly string[],
    { schema, ...choices }: ForeignKeyChoices & InSchema = {},
  ): Promise<void> {
    const change = (batch: BatchOperations) =>
      batch.createForeignKey(name, referent, columns, referredColumns, choices)
    await this.batchAlterTable(source, change, { schema })
  }

  async createCheckConstraint(
    name: string | null,
    table: string,
    condition: string | Condition,
    options: InSchema = {},
  ): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.createCheckConstraint(name, condition), options)
  }

  async createPrimaryKey(
    name: string | null,
    table: string,
    columns: readonly string[],
    options: InSchema = {},
  ): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.createPrimaryKey(name, columns), options)
  }

  /** Drops a constraint by its name; one without a name by its type and columns. */
  async dropConstraint(
    name: string | null,
    table: string,
    { schema, ...choices }: ConstraintChoices & InSchema = {},
  ): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.dropConstraint(name, choices), { schema })
  }

  async createTableComment(table: string, comment: string, options: InSchema = {}): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.createTableComment(comment), options)
  }

  async dropTableComment(table: string, options: InSchema = {}): Promise<void> {
    await this.batchAlterTable(table, (batch) => batch.dropTableComment(), options)
  }

  /** Executes SQL text as it is, or a statement. */
  async execute(statement: string | Executable): Promise<void> {
    const { connection, traits } = this.#context
    if (typeof statement === 'string') await this.#context.run(statement)
    else if (connection) await connection.execute(statement)
    else await this.#context.run(compile(statement, traits, { literalBinds: true }).sql)
  }

  /** Inserts rows: into a table of the migration's own, or one named with the columns that it needs. */
  async bulkInsert(
    table: TableSchema | { readonly name: string; readonly columns: Readonly<Record<string, ColumnSchema>> },
    rows: Rows,
  ): Promise<void> {
    const target =
      table instanceof TableSchema ? table : givenTable(table.name, table.columns, [], {}, undefined)
    for (const row of rows) await this.execute(insert(target).values(row) as unknown as Executable)
  }
}
