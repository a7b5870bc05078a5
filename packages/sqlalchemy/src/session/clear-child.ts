import { FlushError } from '../errors/base-errors.ts'
import type { Relation } from '../orm/mapper.ts'
import type { State } from './flush-host.ts'

/** Takes the reference from a child that lost its parent. */
export function clearChild(relation: Relation, child: State): void {
  const reverse = relation.reverse
  if (reverse && !reverse.uselist && child.values[reverse.slot]) return
  for (const { remote } of relation.pairs) {
    if (child.mapper.primaryKey.some((property) => property.slot === remote.slot)) {
      throw new FlushError(
        `Dependency rule tried to blank-out primary key column '${remote.column.table.fullName}.${remote.column.name}' on instance of '${child.mapper.className}'`,
      )
    }
    child.set(remote.slot, null)
  }
}
