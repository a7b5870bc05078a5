import { NoSuchTableError } from '../errors/base-errors.ts'
import { reflectMysqlTable } from './mysql-reflection.ts'
import { reflectPostgresqlTable } from './postgresql-reflection.ts'
import {
  ask,
  type ReflectedCheck,
  type ReflectedColumn,
  type ReflectedForeignKey,
  type ReflectedIndex,
  type ReflectedTable,
  type ReflectedUnique,
  type ReflectionSource,
} from './reflected.ts'
import { reflectSqliteTable } from './sqlite-reflection.ts'

/** Names of the tables or views of a schema. */
async function namesOf(
  source: ReflectionSource,
  kind: 'table' | 'view',
  schema: string | null,
): Promise<string[]> {
  if (source.traits.name === 'sqlite') {
    const rows = await ask(
      source,
      "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
      [kind],
    )
    return rows.map(([name]) => String(name))
  }
  const postgresql = source.traits.name === 'postgresql'
  const place = postgresql ? 'COALESCE($1, current_schema())' : 'COALESCE(?, DATABASE())'
  const rows = await ask(
    source,
    `SELECT table_name FROM information_schema.tables WHERE table_schema = ${place} AND table_type = ${kind === 'table' ? "'BASE TABLE'" : "'VIEW'"} ORDER BY table_name`,
    [schema],
  )
  return rows.map(([name]) => String(name)).sort()
}

/** Describes the schema of a database (`sqlalchemy.inspect(engine)`). */
export class Inspector {
  readonly #source: ReflectionSource
  readonly #cache = new Map<string, ReflectedTable>()

  /** @param source a connection */
  constructor(source: ReflectionSource) {
    this.#source = source
  }

  /** Forgets what was read. */
  clearCache(): void {
    this.#cache.clear()
  }

  async getTableNames(schema: string | null = null): Promise<string[]> {
    return await namesOf(this.#source, 'table', schema)
  }

  async getViewNames(schema: string | null = null): Promise<string[]> {
    return await namesOf(this.#source, 'view', schema)
  }

  async hasTable(name: string, schema: string | null = null): Promise<boolean> {
    return (await this.getTableNames(schema)).includes(name)
  }

  /** All about a table. */
  async getTable(name: string, schema: string | null = null): Promise<ReflectedTable> {
    const key = `${schema ?? ''}.${name}`
    const known = this.#cache.get(key)
    if (known) return known
    const table = await this.#read(name, schema)
    if (!table) throw new NoSuchTableError(name)
    this.#cache.set(key, table)
    return table
  }

  async #read(name: string, schema: string | null): Promise<ReflectedTable | null> {
    switch (this.#source.traits.name) {
      case 'sqlite':
        return await reflectSqliteTable(this.#source, name)
      case 'postgresql':
        return await reflectPostgresqlTable(this.#source, name, schema)
      default:
        return await reflectMysqlTable(this.#source, name, schema)
    }
  }

  async getColumns(name: string, schema: string | null = null): Promise<readonly ReflectedColumn[]> {
    return (await this.getTable(name, schema)).columns
  }

  async getPkConstraint(name: string, schema: string | null = null): Promise<ReflectedTable['primaryKey']> {
    return (await this.getTable(name, schema)).primaryKey
  }

  async getForeignKeys(name: string, schema: string | null = null): Promise<readonly ReflectedForeignKey[]> {
    return (await this.getTable(name, schema)).foreignKeys
  }

  async getIndexes(name: string, schema: string | null = null): Promise<readonly ReflectedIndex[]> {
    return (await this.getTable(name, schema)).indexes
  }

  async getUniqueConstraints(
    name: string,
    schema: string | null = null,
  ): Promise<readonly ReflectedUnique[]> {
    return (await this.getTable(name, schema)).uniqueConstraints
  }

  async getCheckConstraints(name: string, schema: string | null = null): Promise<readonly ReflectedCheck[]> {
    return (await this.getTable(name, schema)).checks
  }
}
