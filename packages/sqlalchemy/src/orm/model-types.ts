import type { ColumnElement } from '../expression/column-element.ts'
import type { ENTITY, EntityRef } from '../expression/entity.ts'
import type { ColumnSchema, ColumnValue, IsNullable } from '../schema/column.ts'
import type { TableSchema } from '../schema/table.ts'
import type { HybridDefinition } from './hybrid.ts'
import type { RelationshipAttribute } from './relationship-attribute.ts'
import type { RelationshipDefinition } from './relationship-options.ts'

/** What a model is made of. A function stands around relationships whose type is inferred from the class. */
export type Definitions = Readonly<
  Record<string, ColumnSchema | RelationshipDefinition | HybridDefinition | (() => void)>
>

/** Keys of the columns. */
export type ColumnKeys<D> = { [K in keyof D]: D[K] extends { '~raw': unknown } ? K : never }[keyof D]
/** Keys of the hybrid properties. */
export type HybridKeys<D> = { [K in keyof D]: D[K] extends HybridDefinition ? K : never }[keyof D]
/** Keys of the relationships. */
export type RelationshipKeys<D> = Exclude<keyof D, ColumnKeys<D> | HybridKeys<D>>

type ColumnType<T> = T extends ColumnSchema<infer V, infer O> ? ColumnValue<V, O> : never
type HybridType<T> = T extends HybridDefinition<infer V> ? V : never
type RelatedType<T> =
  T extends RelationshipDefinition<infer V> ? V : T extends () => RelationshipDefinition<infer V> ? V : never

/** The column attributes of an instance. */
export type ColumnAttributes<D> = { -readonly [K in ColumnKeys<D>]: ColumnType<D[K]> }

/** An instance of a model of definitions `D`. */
export type Instance<D> = ColumnAttributes<D> & {
  -readonly [K in RelationshipKeys<D>]: RelatedType<D[K]>
} & {
  -readonly [K in HybridKeys<D>]: HybridType<D[K]>
} & {
  /** The same attributes as promises, which load what is not loaded. */
  readonly awaitableAttrs: { readonly [K in RelationshipKeys<D>]: Promise<RelatedType<D[K]>> } & {
    readonly [K in ColumnKeys<D>]: Promise<ColumnType<D[K]>>
  }
}

/** True for columns that a new row may leave out. */
type MayBeLeftOut<O> = O extends { primaryKey: true } | { foreignKey: true }
  ? true
  : O extends { default: NonNullable<unknown> } | { serverDefault: NonNullable<unknown> }
    ? true
    : IsNullable<O>

type RequiredKeys<D> = {
  [K in ColumnKeys<D>]: D[K] extends ColumnSchema<infer _V, infer O>
    ? MayBeLeftOut<O> extends true
      ? never
      : K
    : never
}[ColumnKeys<D>]

/** What the constructor takes: required columns, and anything else by choice. */
export type Initial<D> = { [K in RequiredKeys<D>]: ColumnType<D[K]> } & {
  [K in Exclude<ColumnKeys<D>, RequiredKeys<D>>]?: ColumnType<D[K]> | null
} & { [K in RelationshipKeys<D>]?: RelatedType<D[K]> } & { [K in HybridKeys<D>]?: HybridType<D[K]> }

/** Names that every class has already: their attributes go by `Model.c.name`. */
export type ReservedStatics =
  | 'name'
  | 'length'
  | 'prototype'
  | 'caller'
  | 'arguments'
  | 'apply'
  | 'bind'
  | 'call'
  | 'query'
  | 'c'
  | 'as'
  | 'Model'
  | 'metadata'
  | 'table'

/** The attributes of the class itself, for queries. */
export type ModelStatics<D> = {
  readonly [K in Exclude<ColumnKeys<D>, ReservedStatics>]: ColumnElement<ColumnType<D[K]>>
} & {
  readonly [K in Exclude<RelationshipKeys<D>, ReservedStatics>]: RelationshipAttribute<RelatedType<D[K]>>
} & {
  readonly [K in Exclude<HybridKeys<D>, ReservedStatics>]: ColumnElement<HybridType<D[K]>>
}

/** What every mapped class has beside its own attributes. */
export interface ModelBasics<D> {
  readonly [ENTITY]: EntityRef
  /** Column attributes, also those whose name the class has already. */
  readonly c: { readonly [K in ColumnKeys<D>]: ColumnElement<ColumnType<D[K]>> }
  /** The table. */
  readonly table: TableSchema
  readonly '~definitions': D
}

/** Constructor of a model. */
export type ModelConstructor<D> = new (init?: Initial<D>) => Instance<D>
