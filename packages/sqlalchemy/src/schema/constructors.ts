import type { ColumnElement, Condition } from '../expression/column-element.ts'
import type { TypeLike } from '../types/type-engine.ts'
import { type ColumnItem, type ColumnOptions, ColumnSchema } from './column.ts'
import { ComputedSchema, IdentitySchema } from './computed.ts'
import {
  CheckSchema,
  type ColumnArgument,
  ForeignKeyConstraintSchema,
  type IndexOptions,
  IndexSchema,
  PrimaryKeySchema,
  UniqueSchema,
} from './constraint.ts'
import { type ForeignKeyOptions, ForeignKeySchema } from './foreign-key.ts'
import type { MetaData } from './metadata.ts'
import { type SequenceOptions, SequenceSchema } from './sequence.ts'
import { type TableOptions, TableSchema } from './table.ts'

/** Marks in the type of a column that a relationship may fill it. */
export interface WithForeignKey {
  foreignKey: true
}

/**
 * Defines a column.
 * @param type its type, with or without call: `Integer`, `String(80)`
 * @param items a foreign key, or a list of foreign keys, computed and identity clauses
 * @param options nullability, keys, defaults
 */
export function Column<V>(type: TypeLike<V>, items: ForeignKeySchema): ColumnSchema<V, WithForeignKey>
export function Column<V, const O extends ColumnOptions>(
  type: TypeLike<V>,
  items: ForeignKeySchema,
  options: O,
): ColumnSchema<V, O & WithForeignKey>
export function Column<V>(type: TypeLike<V>, items: readonly ColumnItem[]): ColumnSchema<V, WithForeignKey>
export function Column<V, const O extends ColumnOptions>(
  type: TypeLike<V>,
  items: readonly ColumnItem[],
  options: O,
): ColumnSchema<V, O & WithForeignKey>
export function Column<V>(type: TypeLike<V>): ColumnSchema<V, object>
export function Column<V, const O extends ColumnOptions>(type: TypeLike<V>, options: O): ColumnSchema<V, O>
export function Column(type: TypeLike<unknown>, first?: unknown, second?: ColumnOptions): unknown {
  if (first instanceof ForeignKeySchema) return new ColumnSchema(type, [first], second)
  if (Array.isArray(first)) return new ColumnSchema(type, first as ColumnItem[], second)
  return new ColumnSchema(type, [], first as ColumnOptions | undefined)
}

/** A table whose columns are properties of `c` with their types. */
export type TypedTable<C> = Omit<TableSchema, 'c'> & TableSchema & { readonly c: C }

/** Defines a table outside the ORM, such as the `secondary` of a many-to-many relationship. */
export function Table<const C extends Readonly<Record<string, ColumnSchema>>>(
  name: string,
  metadata: MetaData,
  columns: C,
  options: TableOptions = {},
): TypedTable<C> {
  return new TableSchema(
    name,
    metadata,
    columns as unknown as Record<string, ColumnSchema>,
    options,
  ) as TypedTable<C>
}

/** A reference to `'table.column'`. */
export function ForeignKey(target: string, options: ForeignKeyOptions = {}): ForeignKeySchema {
  return new ForeignKeySchema(target, options)
}

/** A reference of several columns to several others. */
export function ForeignKeyConstraint(
  columns: readonly ColumnArgument[],
  targets: readonly string[],
  options: ForeignKeyOptions = {},
): ForeignKeyConstraintSchema {
  return new ForeignKeyConstraintSchema(columns, targets, options)
}

/** Columns whose values together occur once. */
export function UniqueConstraint(
  columns: readonly ColumnArgument[],
  options: { name?: string } = {},
): UniqueSchema {
  return new UniqueSchema(columns, options.name ?? null)
}

/** A condition that every row fulfils, as SQL text from the program or as an expression. */
export function CheckConstraint(condition: string | Condition, options: { name?: string } = {}): CheckSchema {
  return new CheckSchema(condition, options.name ?? null)
}

/** The primary key with a name of its own. */
export function PrimaryKeyConstraint(
  columns: readonly ColumnArgument[],
  options: { name?: string } = {},
): PrimaryKeySchema {
  return new PrimaryKeySchema(columns, options.name ?? null)
}

/** An index; a null name lets the naming convention find one. */
export function Index(
  name: string | null,
  columns: readonly (string | ColumnElement)[],
  options: IndexOptions = {},
): IndexSchema {
  return new IndexSchema(name, columns, options)
}

/** A named generator of numbers, as a column's `default`. */
export function Sequence(name: string, options: SequenceOptions = {}): SequenceSchema {
  return new SequenceSchema(name, options)
}

/** A column that the database computes. */
export function Computed(sqltext: string, options: { persisted?: boolean } = {}): ComputedSchema {
  return new ComputedSchema(sqltext, options)
}

/** GENERATED AS IDENTITY. */
export function Identity(
  options: { always?: boolean; start?: number; increment?: number } = {},
): IdentitySchema {
  return new IdentitySchema(options)
}
