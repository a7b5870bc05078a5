import type { Connection } from '../engine/connection.ts'
import type { ColumnElement } from '../expression/column-element.ts'
import type { Relation } from '../orm/mapper.ts'
import type { TableSchema } from '../schema/table.ts'
import { delete_, insert, type RowValues } from '../statement/dml.ts'
import type { FlushHost, State } from './flush-host.ts'
import { historyOf } from './relation-history.ts'

function rowOf(relation: Relation, parent: State, member: State): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const { property, secondary } of relation.parentPairs)
    row[secondary.key as string] = parent.values[property.slot]
  for (const { property, secondary } of relation.targetPairs)
    row[secondary.key as string] = member.values[property.slot]
  return row
}

function signature(row: RowValues): string {
  return JSON.stringify(
    Object.entries(row)
      .map(([key, value]) => [key, String(value)])
      .sort(),
  )
}

interface Rows {
  readonly add: Map<string, RowValues>
  readonly remove: Map<string, RowValues>
}

const rowsOfBatch = 500

async function write(connection: Connection, table: TableSchema, rows: Rows): Promise<void> {
  for (const row of rows.remove.values()) {
    const where = Object.entries(row).map(([key, value]) =>
      (table.columns.get(key) as ColumnElement).eq(value),
    )
    await connection.execute(delete_(table).where(...where))
  }
  const added = [...rows.add.values()]
  for (let start = 0; start < added.length; start += rowsOfBatch) {
    await connection.execute(insert(table).values(added.slice(start, start + rowsOfBatch)))
  }
}

/** Rows of association tables that objects to be deleted leave behind. */
async function clearDeleted(host: FlushHost, deletes: Iterable<State>): Promise<void> {
  for (const state of deletes) {
    if (state.key === null) continue
    for (const relation of state.mapper.relationships) {
      if (!relation.secondary || relation.viewonly || relation.options.passiveDeletes) continue
      const connection = await host.connectionFor(state.mapper)
      const where = relation.parentPairs.map(({ property, secondary }) =>
        secondary.eq(state.values[property.slot]),
      )
      await connection.execute(delete_(relation.secondary).where(...where))
    }
  }
}

/** Writes what entered and left many-to-many relationships. */
export async function writeAssociations(
  host: FlushHost,
  states: readonly State[],
  deletes: ReadonlySet<State>,
): Promise<void> {
  const tables = new Map<TableSchema, Rows>()
  const owners = new Map<TableSchema, State>()
  for (const state of states) {
    if (deletes.has(state)) continue
    for (const relation of state.mapper.relationships) {
      if (!relation.secondary || relation.viewonly) continue
      const { added, removed } = historyOf(relation, state)
      if (added.length === 0 && removed.length === 0) continue
      const rows = tables.get(relation.secondary) ?? { add: new Map(), remove: new Map() }
      tables.set(relation.secondary, rows)
      owners.set(relation.secondary, state)
      // Both sides know of the same row; it is written once.
      for (const member of added) if (!deletes.has(member)) enter(rows.add, rowOf(relation, state, member))
      for (const member of removed)
        if (member.key !== null) enter(rows.remove, rowOf(relation, state, member))
    }
  }
  for (const [table, rows] of tables) {
    await write(await host.connectionFor((owners.get(table) as State).mapper), table, rows)
  }
  await clearDeleted(host, deletes)
}

function enter(rows: Map<string, RowValues>, row: RowValues): void {
  rows.set(signature(row), row)
}
