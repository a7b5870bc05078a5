import type { ColumnElement, Condition } from '../expression/column-element.ts'
import type { EntityRef } from '../expression/entity.ts'
import type { FromClause } from '../expression/from-clause.ts'
import { ColumnAttribute } from './attribute.ts'
import type { Mapper } from './mapper.ts'
import { adaptTo, columnIn } from './relation-conditions.ts'

/** A mapped class, or an alias of one, as statements see it. */
export class MappedEntity implements EntityRef {
  readonly mapper: Mapper
  /** The FROM element of an alias, or null for the class itself. */
  readonly alias: FromClause | null

  constructor(mapper: Mapper, alias: FromClause | null) {
    this.mapper = mapper
    this.alias = alias
  }

  get entityName(): string {
    return this.mapper.className
  }

  get from(): FromClause {
    return this.alias ?? this.mapper.from
  }

  get columns(): readonly ColumnElement[] {
    return this.mapper.columns.map((property) => this.#attributeOf(property.key) as ColumnElement)
  }

  #attributeOf(key: string): ColumnElement | undefined {
    const property = this.mapper.columnProperty(key)
    if (!property) return undefined
    const element = this.alias ? columnIn(this.alias, property.column) : property.column
    return new ColumnAttribute(this.mapper, property, element)
  }

  attribute(key: string): ColumnElement | undefined {
    const column = this.#attributeOf(key)
    if (column) return column
    const expression = this.mapper.hybrids.get(key)?.expression
    return expression?.(this.mapper.cls as never)
  }

  get criterion(): Condition | null {
    const { criterion } = this.mapper
    return criterion && this.alias ? adaptTo(criterion, [this.alias]) : criterion
  }
}

/** The entity of a mapped class. */
export function entityOf(mapper: Mapper): MappedEntity {
  return mapper.remember('entity', () => new MappedEntity(mapper, null))
}
