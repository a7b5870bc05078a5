import { CircularDependencyError, InvalidRequestError } from '../errors/base-errors.ts'
import { defaultNaming, type NamingConvention } from './naming.ts'
import type { SequenceSchema } from './sequence.ts'
import type { TableCollection, TableSchema } from './table.ts'

/** What can create and drop tables: an engine or a connection. */
export interface DdlTarget {
  createTables(tables: readonly TableSchema[], checkFirst: boolean): Promise<void>
  dropTables(tables: readonly TableSchema[], checkFirst: boolean): Promise<void>
}

/** What can read a database's schema. */
export interface ReflectionSource {
  reflectInto(metadata: MetaData, options: ReflectOptions): Promise<void>
}

/** What to reflect. */
export interface ReflectOptions {
  schema?: string
  /** Names of the tables; all without. */
  only?: readonly string[]
  views?: boolean
}

/** Options of a collection of tables. */
export interface MetaDataOptions {
  schema?: string
  namingConvention?: NamingConvention
}

/** Which tables to create or drop. */
export interface CreateOptions {
  tables?: readonly TableSchema[]
  /** Leaves tables alone that are (not) there; true without. */
  checkFirst?: boolean
}

/** The tables of a database. */
export class MetaData implements TableCollection {
  readonly schema: string | undefined
  readonly namingConvention: NamingConvention
  readonly #tables = new Map<string, TableSchema>()
  readonly sequences = new Map<string, SequenceSchema>()

  constructor(options: MetaDataOptions = {}) {
    this.schema = options.schema
    this.namingConvention = { ...defaultNaming, ...options.namingConvention }
  }

  /** Tables by name, with the schema before it where there is one. */
  get tables(): ReadonlyMap<string, TableSchema> {
    return this.#tables
  }

  /** Takes a table in; a second one of the same name is an error. */
  add(table: TableSchema): void {
    if (this.#tables.has(table.fullName) && !table.options.extendExisting) {
      throw new InvalidRequestError(
        `Table '${table.fullName}' is already defined for this MetaData instance.  Specify 'extendExisting: true' to redefine options and columns on an existing Table object.`,
      )
    }
    this.#tables.set(table.fullName, table)
  }

  /** Forgets a table. */
  remove(table: TableSchema): void {
    this.#tables.delete(table.fullName)
  }

  /** Forgets all tables. */
  clear(): void {
    this.#tables.clear()
    this.sequences.clear()
  }

  /** Tables in an order in which each comes after those that it refers to. */
  get sortedTables(): readonly TableSchema[] {
    return sortTables([...this.#tables.values()]).sorted
  }

  /** Creates the tables, each after those that it refers to. */
  async createAll(target: DdlTarget, options: CreateOptions = {}): Promise<void> {
    await target.createTables(options.tables ?? [...this.#tables.values()], options.checkFirst ?? true)
  }

  /** Drops the tables, each before those that it refers to. */
  async dropAll(target: DdlTarget, options: CreateOptions = {}): Promise<void> {
    await target.dropTables(options.tables ?? [...this.#tables.values()], options.checkFirst ?? true)
  }

  /** Reads tables from a database into this collection. */
  async reflect(source: ReflectionSource, options: ReflectOptions = {}): Promise<void> {
    await source.reflectInto(this, options)
  }
}

/** Sorts tables by their references; tables in a circle come last, in the order given. */
export function sortTables(tables: readonly TableSchema[]): {
  sorted: TableSchema[]
  circular: TableSchema[]
} {
  const sorted: TableSchema[] = []
  const done = new Set<TableSchema>()
  let waiting = [...tables].sort((left, right) => (left.fullName < right.fullName ? -1 : 1))
  const wanted = new Set<TableSchema>(tables)
  while (waiting.length) {
    const ready = waiting.filter((table) =>
      [...table.dependencies()].every((need) => done.has(need) || !wanted.has(need)),
    )
    if (ready.length === 0) return { sorted: [...sorted, ...waiting], circular: waiting }
    for (const table of ready) {
      sorted.push(table)
      done.add(table)
    }
    waiting = waiting.filter((table) => !done.has(table))
  }
  return { sorted, circular: [] }
}

/** Fails when tables refer to each other in a circle that the database cannot create. */
export function circularTables(tables: readonly TableSchema[]): CircularDependencyError {
  const names = tables.map((table) => table.fullName).join(', ')
  return new CircularDependencyError(
    `Can't sort tables for DROP; an unresolvable foreign key dependency exists between tables: ${names}. Please ensure that the ForeignKey and ForeignKeyConstraint objects involved in the cycle have names so that they can be dropped.`,
  )
}
