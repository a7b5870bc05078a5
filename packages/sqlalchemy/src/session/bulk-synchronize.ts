import type { Executable } from '../compile/compiler.ts'
import type { Connection, Parameters } from '../engine/connection.ts'
import type { Result } from '../engine/result.ts'
import { ENTITY } from '../expression/entity.ts'
import { MappedEntity } from '../orm/entity-ref.ts'
import type { Mapper } from '../orm/mapper.ts'
import { Delete, type Update } from '../statement/dml.ts'
import { select } from '../statement/select.ts'
import type { State } from './flush-host.ts'
import { emptyTree } from './load-option.ts'
import { requireState } from './object-states.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Objects of the session whose rows a statement will touch. */
async function touched(
  unit: UnitOfWork,
  connection: Connection,
  mapper: Mapper,
  statement: Update<readonly unknown[]> | Delete<readonly unknown[]>,
): Promise<State[]> {
  const known = unit.identity.of(mapper)
  if (known.size === 0 || statement.parts.executionOptions.synchronizeSession === false) return []
  const keys = mapper.primaryKey.map((property) => property.column)
  const rows = await connection.execute(
    select(...keys)
      .selectFrom(mapper.from)
      .where(...statement.parts.where),
  )
  return rows.all().flatMap((row) => {
    const identity = mapper.identity([...row])
    const state = identity === null ? undefined : known.get(identity)
    return state ? [state] : []
  })
}

/** Reads objects again that an UPDATE of many rows changed. */
async function reread(unit: UnitOfWork, mapper: Mapper, states: readonly State[]): Promise<void> {
  for (const state of states) state.epoch = 0
  for (let start = 0; start < states.length; start += 500) {
    const group = states.slice(start, start + 500)
    const statement = select({ [ENTITY]: new MappedEntity(mapper, null) })
    const conditions = group.map((state) =>
      mapper.primaryKey.map((property) => property.column.eq(state.values[property.slot] as never)),
    )
    const [first, ...rest] = conditions.map(([key, ...more]) => (key as NonNullable<typeof key>).and(...more))
    if (first) await unit.loadRows(statement.where(first.or(...rest)), emptyTree())
  }
}

/** Executes an UPDATE or DELETE of many rows and brings the session's objects in step. */
export async function bulkSynchronize(
  unit: UnitOfWork,
  connection: Connection,
  mapper: Mapper,
  statement: Executable & (Update<readonly unknown[]> | Delete<readonly unknown[]>),
  parameters: Parameters | undefined,
): Promise<Result> {
  const states = await touched(unit, connection, mapper, statement)
  const result = (await connection.execute(statement, parameters)) as Result
  if (statement instanceof Delete) {
    for (const state of states) {
      unit.remember(requireState(state.object))
      unit.removed(state)
      unit.modified.delete(state)
    }
  } else await reread(unit, mapper, states)
  return result
}
