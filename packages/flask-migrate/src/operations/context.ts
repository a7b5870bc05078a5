import { type Connection, type DialectTraits, Inspector, quoteQualified } from '@flask-ts/sqlalchemy'
import { UnsupportedOperationError } from '../errors.ts'
import { tableFromReflected } from '../facts/from-reflected.ts'
import type { TableFacts } from '../facts/table-facts.ts'

/** Which table an operation is about. */
export interface TableName {
  readonly name: string
  readonly schema: string | null
}

/** Where a migration's statements go: to a database, or into a script. */
export interface MigrationContext {
  readonly traits: DialectTraits
  /** The database; `null` when a script is written. */
  readonly connection: Connection | null
  /** Executes SQL text, or writes it. */
  run(sql: string): Promise<void>
  /** A table as it is now. */
  describe(table: TableName): Promise<TableFacts>
  /** Keeps what a table has become, for scripts; `null` for one that is gone. */
  note(table: TableName, facts: TableFacts | null): void
}

/** A table's name as SQL. */
export function tableSql(table: TableName, traits: DialectTraits): string {
  return quoteQualified(table.schema ?? undefined, table.name, traits)
}

/** Migrates a database. */
export class OnlineContext implements MigrationContext {
  readonly connection: Connection

  constructor(connection: Connection) {
    this.connection = connection
  }

  get traits(): DialectTraits {
    return this.connection.traits
  }

  async run(sql: string): Promise<void> {
    await this.connection.executeDriver(sql, [])
  }

  async describe(table: TableName): Promise<TableFacts> {
    const found = await new Inspector(this.connection).getTable(table.name, table.schema)
    return tableFromReflected(found, this.traits)
  }

  note(): void {}
}

function keyOf(table: TableName): string {
  return table.schema === null ? table.name : `${table.schema}.${table.name}`
}

/** Writes a script, and keeps in mind which tables it has made so far. */
export class OfflineContext implements MigrationContext {
  readonly traits: DialectTraits
  readonly connection = null
  readonly #write: (line: string) => void
  readonly #tables = new Map<string, TableFacts>()

  constructor(traits: DialectTraits, write: (line: string) => void) {
    this.traits = traits
    this.#write = write
  }

  async run(sql: string): Promise<void> {
    this.#write(`${sql};\n`)
  }

  /** Writes a remark. */
  remark(text: string): void {
    this.#write(`-- ${text}\n`)
  }

  async describe(table: TableName): Promise<TableFacts> {
    const found = this.#tables.get(keyOf(table))
    if (found) return found
    throw new UnsupportedOperationError(
      `The script cannot change table '${keyOf(table)}' on ${this.traits.name} without knowing it: a table that an earlier migration made must be read from the database. Write the script from the base on, or migrate with a connection.`,
    )
  }

  note(table: TableName, facts: TableFacts | null): void {
    if (facts) this.#tables.set(keyOf(table), facts)
    else this.#tables.delete(keyOf(table))
  }

  /** The table, if the script made it. */
  known(table: TableName): TableFacts | undefined {
    return this.#tables.get(keyOf(table))
  }
}
