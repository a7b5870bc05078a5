import type {
  ColumnElement,
  ColumnSchema,
  Condition,
  DialectTraits,
  NamingConvention,
} from '@flask-ts/sqlalchemy'
import type { TableChange } from '../compare/directive.ts'
import {
  alterationOf,
  type ColumnAlteration,
  type ConstraintChoices,
  checkOf,
  dropOf,
  type ForeignKeyChoices,
  foreignKeyOf,
  type IndexChoices,
  indexOf,
  namedColumn,
} from './change-of.ts'
import { addColumnChanges } from './given-table.ts'

/** Changes of one table, gathered to be made together. */
export class BatchOperations {
  readonly changes: TableChange[] = []
  readonly #table: string
  readonly #traits: DialectTraits
  readonly #naming: NamingConvention | undefined

  constructor(table: string, traits: DialectTraits, naming: NamingConvention | undefined) {
    this.#table = table
    this.#traits = traits
    this.#naming = naming
  }

  /** Adds a column, with the constraints and indexes that it brings. */
  addColumn(name: string, column: ColumnSchema): void {
    this.changes.push(...addColumnChanges(this.#table, name, column, this.#traits, this.#naming))
  }

  dropColumn(name: string): void {
    this.changes.push({ kind: 'dropColumn', column: namedColumn(name) })
  }

  alterColumn(name: string, alteration: ColumnAlteration): void {
    this.changes.push(alterationOf(name, alteration))
  }

  createIndex(name: string, columns: readonly (string | ColumnElement)[], choices: IndexChoices = {}): void {
    this.changes.push(indexOf(name, columns, choices))
  }

  dropIndex(name: string): void {
    this.changes.push({ kind: 'dropIndex', index: { name, columns: [], unique: false, schema: null } })
  }

  createUniqueConstraint(name: string | null, columns: readonly string[]): void {
    this.changes.push({ kind: 'createUnique', key: { name, columns } })
  }

  createForeignKey(
    name: string | null,
    referent: string,
    columns: readonly string[],
    referredColumns: readonly string[],
    choices: ForeignKeyChoices = {},
  ): void {
    this.changes.push(foreignKeyOf(name, referent, columns, referredColumns, choices))
  }

  createCheckConstraint(name: string | null, condition: string | Condition): void {
    this.changes.push(checkOf(name, condition, this.#traits))
  }

  createPrimaryKey(name: string | null, columns: readonly string[]): void {
    this.changes.push({ kind: 'createPrimaryKey', key: { name, columns } })
  }

  /** Drops a constraint by its name; one without a name by its type and columns. */
  dropConstraint(name: string | null, choices: ConstraintChoices = {}): void {
    this.changes.push(dropOf(name, choices, this.#traits))
  }

  createTableComment(comment: string): void {
    this.changes.push({ kind: 'tableComment', to: comment, from: null })
  }

  dropTableComment(): void {
    this.changes.push({ kind: 'tableComment', to: null, from: null })
  }
}
