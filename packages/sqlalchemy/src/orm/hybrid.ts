import type { ColumnElement } from '../expression/column-element.ts'

declare const VALUE: unique symbol

/** A property worked out from others, on instances and in SQL. */
export class HybridDefinition<V = unknown> {
  declare readonly [VALUE]: V
  readonly read: (self: never) => V
  readonly expression: ((cls: never) => ColumnElement) | null
  readonly write: ((self: never, value: never) => void) | null

  constructor(
    read: (self: never) => V,
    expression: ((cls: never) => ColumnElement) | null,
    write: ((self: never, value: never) => void) | null,
  ) {
    this.read = read
    this.expression = expression
    this.write = write
  }
}

/**
 * A property worked out from others (`hybrid_property`).
 * @param read the value for an instance
 * @param options `expr` gives the SQL expression for the class, `set` takes a value apart
 */
export function hybridProperty<V, S = never, C = never>(
  read: (self: S) => V,
  options: { expr?: (cls: C) => ColumnElement; set?: (self: S, value: V) => void } = {},
): HybridDefinition<V> {
  return new HybridDefinition<V>(
    read as (self: never) => V,
    (options.expr as ((cls: never) => ColumnElement) | undefined) ?? null,
    (options.set as ((self: never, value: never) => void) | undefined) ?? null,
  )
}
