import { InvalidRequestError } from '../errors/base-errors.ts'
import { ENTITY } from '../expression/entity.ts'
import { Alias, type FromClause } from '../expression/from-clause.ts'
import type { AnyModel } from './declarative-base.ts'
import { MappedEntity } from './entity-ref.ts'
import { mapperOf } from './registry.ts'
import { RelationshipAttribute } from './relationship-attribute.ts'

/**
 * A second name for a mapped class, for joining it with itself.
 * @param cls the class
 * @param name the alias in SQL; made up when left out
 */
export function aliased<T extends AnyModel>(cls: T, name?: string, from?: FromClause): T {
  const mapper = mapperOf(cls)
  mapper.configure()
  if (mapper.tables.length > 1 && !from) {
    throw new InvalidRequestError(
      `'${mapper.className}' is mapped to several tables, which cannot have one alias: alias its base class, or use a subquery`,
    )
  }
  const alias = from ?? new Alias(mapper.table, name ?? null)
  const entity = new MappedEntity(mapper, alias)
  const members: Record<PropertyKey, unknown> = { [ENTITY]: entity }
  for (const [key, property] of mapper.properties) {
    members[key] =
      property.kind === 'column' ? entity.attribute(key) : new RelationshipAttribute(mapper, key, alias)
  }
  members.c = members
  return members as unknown as T
}
