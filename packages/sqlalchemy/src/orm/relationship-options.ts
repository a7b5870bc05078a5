import type { ColumnElement, Condition } from '../expression/column-element.ts'
import type { TableSchema } from '../schema/table.ts'

/** When a relationship is loaded. */
export type LazyMode =
  | 'select'
  | 'selectin'
  | 'joined'
  | 'subquery'
  | 'immediate'
  | 'raise'
  | 'noload'
  | 'dynamic'
  | 'writeOnly'

/** A value, or a function that gives it later, when all models are defined. */
export type Deferred<T> = T | (() => T)

/** Options of a relationship. */
export interface RelationshipOptions {
  /** The relationship on the other side, which both keep in step. */
  backPopulates?: string
  /** Makes the relationship on the other side as well; its type is unknown there. */
  backref?: string | ({ name: string } & RelationshipOptions)
  /** `'save-update, merge'` without; `'all, delete-orphan'` for parts that live and die with the whole. */
  cascade?: string | false
  lazy?: LazyMode
  /** Attribute name, expression or list of them, for collections. */
  orderBy?: Deferred<string | ColumnElement | readonly (string | ColumnElement)[]>
  /** False for one-to-one. */
  uselist?: boolean
  /** Association table of a many-to-many relationship. */
  secondary?: Deferred<TableSchema | string>
  primaryjoin?: () => Condition
  secondaryjoin?: () => Condition
  /** Columns on the far side, for tables that refer to themselves. */
  remoteSide?: Deferred<string | ColumnElement | readonly (string | ColumnElement)[]>
  /** Columns that refer, where there are several ways. */
  foreignKeys?: Deferred<string | ColumnElement | readonly (string | ColumnElement)[]>
  /** Leaves children to the database's ON DELETE: true for those not loaded, 'all' for all. */
  passiveDeletes?: boolean | 'all'
  /** Loading only; nothing is written. */
  viewonly?: boolean
  /** Writes the foreign key by a second statement, for rows that refer to each other. */
  postUpdate?: boolean
  /** Joined loading by INNER JOIN. */
  innerjoin?: boolean
  singleParent?: boolean
}

/** Target of a relationship: a class, its name, or a function that gives the class. */
export type RelationshipTarget = string | (() => unknown) | (abstract new (...args: never[]) => object)

declare const VALUE: unique symbol

/** A relationship as it was declared; `V` is the type of the attribute. */
export class RelationshipDefinition<V = unknown> {
  declare readonly [VALUE]: V
  readonly target: RelationshipTarget
  readonly options: RelationshipOptions

  constructor(target: RelationshipTarget, options: RelationshipOptions) {
    this.target = target
    this.options = options
  }
}
