import { ColumnElement } from '../expression/column-element.ts'
import type { ColumnSchema } from '../schema/column.ts'
import type { ColumnProperty } from './column-property.ts'
import type { Mapper } from './mapper.ts'

/** A column as an attribute of its class: `User.username`. */
export class ColumnAttribute<V = unknown> extends ColumnElement<V> {
  readonly mapper: Mapper
  readonly property: ColumnProperty

  constructor(mapper: Mapper, property: ColumnProperty, element: ColumnElement) {
    super(element.node, element.type)
    this.mapper = mapper
    this.property = property
  }

  override get key(): string {
    return this.property.key
  }

  foreignTargets(): readonly ColumnSchema[] {
    return this.property.column.foreignTargets()
  }
}
