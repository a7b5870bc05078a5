import type {
  AnyModel,
  Definitions,
  Instance,
  Merged,
  ModelBasics,
  ModelConstructor,
  ModelOptions,
  ModelStatics,
} from '@flask-ts/sqlalchemy'
import type { Query } from './query.ts'

/** A model whose rows are of type `I`, with a query of the current session. */
export type ModelClass<D, I = Instance<D>> = ModelConstructor<D> &
  ModelBasics<D> &
  ModelStatics<D> & {
    /** A query of this class in the current session. */
    readonly query: Query<I>
    /** Tells `query` which class its rows have, for methods written in the class body. */
    as<S>(): ModelClass<D, S>
    readonly '~instance': I
  }

/** Defines models to be extended: `class User extends db.Model('user', { id: db.Column(...) }) {}`. */
export type DefineModel = <const D extends Definitions>(
  table: string,
  definitions: D,
  options?: ModelOptions,
) => ModelClass<D>

/** A model that inherits columns and methods from another. */
export type InheritingModel<P extends AnyModel, D> = Omit<P, 'prototype' | 'query'> &
  ModelStatics<D> &
  ModelBasics<Merged<P['~definitions'], D>> & {
    readonly query: Query<InstanceType<P & (new () => object)> & Instance<D>>
  } & (new (
    init?: Record<string, unknown>,
  ) => InstanceType<P & (new () => object)> & Instance<D>)

/** Defines models that inherit: joined-table with a table's name, single-table with `null`. */
export type DefineInheritingModel = <P extends AnyModel, const D extends Definitions>(
  parent: P,
  table: string | null,
  definitions: D,
  options?: ModelOptions,
) => InheritingModel<P, D>
