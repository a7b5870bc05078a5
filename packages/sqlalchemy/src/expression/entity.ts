import type { ColumnElement, Condition } from './column-element.ts'
import type { FromClause } from './from-clause.ts'

/** Marks mapped classes and their aliases; the value tells how they are selected. */
export const ENTITY: unique symbol = Symbol('sqlalchemy.entity')

/** Marks relationship attributes; the value tells how they are joined. */
export const JOIN_PATH: unique symbol = Symbol('sqlalchemy.joinPath')

/** What a statement needs to know of a mapped class. */
export interface EntityRef {
  /** The class's name, for messages. */
  readonly entityName: string
  /** Where its rows come from. */
  readonly from: FromClause
  /** The columns that a SELECT of the entity without the ORM gives. */
  readonly columns: readonly ColumnElement[]
  /** The column of an attribute, or undefined. */
  attribute(key: string): ColumnElement | undefined
  /** Condition that every SELECT of the entity carries (single-table inheritance), or null. */
  readonly criterion: Condition | null
}

/** A mapped class or an alias of one. */
export interface EntitySource {
  readonly [ENTITY]: EntityRef
}

/** One step of a join along a relationship. */
export interface JoinStep {
  readonly left: FromClause
  readonly right: FromClause
  readonly on: Condition
}

/** A relationship attribute, as a target of `join()`. */
export interface JoinPath {
  /** The steps to its target, or to `right` in the target's place (an alias). */
  [JOIN_PATH](right?: FromClause): readonly JoinStep[]
  /** The entity at the end. */
  readonly joinTarget: EntityRef
}

/** Tells mapped classes and aliases from everything else. */
export function isEntity(value: unknown): value is EntitySource {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && ENTITY in value
}

/** Tells relationship attributes from everything else. */
export function isJoinPath(value: unknown): value is JoinPath {
  return typeof value === 'object' && value !== null && JOIN_PATH in value
}
