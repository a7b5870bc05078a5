import type { ColumnSchema } from '../schema/column.ts'
import { MetaData } from '../schema/metadata.ts'
import { TableSchema } from '../schema/table.ts'
import type { MappedClass } from './mapper.ts'
import { type AnyDefinition, defineModel, type QueryFactory } from './model.ts'
import type { ModelOptions } from './model-options.ts'
import type { Definitions, Instance, ModelBasics, ModelConstructor, ModelStatics } from './model-types.ts'
import { Registry } from './registry.ts'
import {
  RelationshipDefinition,
  type RelationshipOptions,
  type RelationshipTarget,
} from './relationship-options.ts'

/** A mapped class whose rows are of type `I`. */
export type ModelClass<D, I = Instance<D>> = ModelConstructor<D> &
  ModelBasics<D> &
  ModelStatics<D> & {
    /** Tells `query` which class its rows have, for methods written in the class body. */
    as<S>(): ModelClass<D, S>
    readonly '~instance': I
  }

/** Definitions of a class and those that it inherits. */
export type Merged<P, D> = Omit<P, keyof D> & D

/** Any mapped class, for inheritance. */
export type AnyModel = (abstract new (...args: never[]) => object) & { readonly '~definitions': unknown }

/** Where models are defined. */
export interface DeclarativeBase {
  readonly metadata: MetaData
  readonly registry: Registry
  /**
   * Defines a model to be extended: `class User extends Model('user', { id: Column(...) }) {}`.
   * @param table name of the table
   * @param definitions columns, relationships and hybrid properties
   */
  Model<const D extends Definitions>(table: string, definitions: D, options?: ModelOptions): ModelClass<D>
  /**
   * Defines a model that inherits from another: with a table name, joined-table inheritance; with null, single-table.
   */
  Inherit<P extends AnyModel, const D extends Definitions>(
    parent: P,
    table: string | null,
    definitions: D,
    options?: ModelOptions,
  ): Omit<P, 'prototype'> &
    ModelStatics<D> &
    ModelBasics<Merged<P['~definitions'], D>> &
    (new (
      init?: Record<string, unknown>,
    ) => InstanceType<P> & Instance<D>)
  /** Defines an association table in the same collection. */
  Table(name: string, columns: Readonly<Record<string, ColumnSchema>>): TableSchema
}

/** Options of a declarative base. */
export interface DeclarativeBaseOptions {
  metadata?: MetaData
  /** Gives the collection for the tables of a `bindKey`; all share one without. */
  metadataFor?: (bindKey: string) => MetaData
  /** Makes what `Model.query` gives. */
  query?: QueryFactory
}

/** A collection of models that can refer to each other. */
export function declarativeBase(options: DeclarativeBaseOptions = {}): DeclarativeBase {
  const metadata = options.metadata ?? new MetaData()
  const registry = new Registry(metadata)
  const queries = options.query ?? null
  const define = (
    parent: MappedClass | null,
    tableName: string | null,
    definitions: object,
    modelOptions: ModelOptions,
  ) => {
    const inherited = parent && 'table' in parent ? parent.table : null
    const bindKey = modelOptions.bindKey ?? (inherited as TableSchema | null)?.options.bindKey
    const own = bindKey === undefined ? undefined : options.metadataFor?.(bindKey)
    return defineModel({
      registry,
      metadata: own ?? metadata,
      queries,
      parent,
      tableName,
      definitions: definitions as Readonly<Record<string, AnyDefinition>>,
      options: bindKey === undefined ? modelOptions : { ...modelOptions, bindKey },
    }) as never
  }
  return {
    metadata,
    registry,
    Model: (table, definitions, modelOptions = {}) => define(null, table, definitions, modelOptions),
    Inherit: (parent, table, definitions, modelOptions = {}) =>
      define(parent as unknown as MappedClass, table, definitions, modelOptions),
    Table: (name, columns) => new TableSchema(name, metadata, columns),
  }
}

/**
 * Declares a relationship whose type is named: `relationship<Post[]>('Post', { backPopulates: 'author' })`.
 * @param target the class, its name, or a function that gives it
 */
export function relationship<V>(
  target: string | (() => void),
  options: RelationshipOptions = {},
): RelationshipDefinition<V> {
  return new RelationshipDefinition<V>(target as RelationshipTarget, options)
}

/** Declares a collection, its type taken from the class: `posts: () => many(Post)`. */
export function many<I>(
  target: abstract new (...args: never[]) => I,
  options: RelationshipOptions = {},
): RelationshipDefinition<I[]> {
  return new RelationshipDefinition<I[]>(target as unknown as RelationshipTarget, {
    uselist: true,
    ...options,
  })
}

/** Declares a reference to one object, its type taken from the class: `author: () => one(User)`. */
export function one<I>(
  target: abstract new (...args: never[]) => I,
  options: RelationshipOptions = {},
): RelationshipDefinition<I> {
  return new RelationshipDefinition<I>(target as unknown as RelationshipTarget, {
    uselist: false,
    ...options,
  })
}
