import { bindParameters } from '../compile/compiler.ts'
import type { Connection } from '../engine/connection.ts'
import { ENTITY, isEntity } from '../expression/entity.ts'
import { ColumnAttribute } from '../orm/attribute.ts'
import { MappedEntity } from '../orm/entity-ref.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { Select } from '../statement/select.ts'
import type { QueryPlan } from './query-plan.ts'

/** Parameters of a plan. */
export function bindPlan(
  plan: QueryPlan,
  connection: Connection,
  values: Readonly<Record<string, unknown>> | null = null,
): unknown[] {
  return bindParameters(plan.compiled, connection.traits, values)
}

/** The class that decides which database a SELECT goes to. */
export function firstMapper(select: Select<readonly unknown[]>): Mapper | null {
  for (const item of select.parts.items) {
    const entity = isEntity(item) ? item[ENTITY] : null
    if (entity instanceof MappedEntity) return entity.mapper
    if (item instanceof ColumnAttribute) return item.mapper
  }
  return null
}
