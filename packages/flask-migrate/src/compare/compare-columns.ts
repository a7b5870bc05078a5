import type { DialectTraits } from '@flask-ts/sqlalchemy'
import type { ColumnFacts, TableFacts } from '../facts/table-facts.ts'
import { defaultsDiffer } from './compare-defaults.ts'
import { typesDiffer } from './compare-types.ts'
import type { AlterColumn, ColumnState, TableChange } from './directive.ts'

/** Tells two types of one column apart; `undefined` leaves the decision to us. */
export type CompareType = (model: ColumnFacts, found: ColumnFacts, table: string) => boolean | undefined

/** What is compared of columns. */
export interface ColumnComparison {
  readonly traits: DialectTraits
  readonly compareType: boolean | CompareType
  readonly compareServerDefault: boolean
}

function typeChanged(
  model: ColumnFacts,
  found: ColumnFacts,
  table: TableFacts,
  how: ColumnComparison,
): boolean {
  if (how.compareType === false) return false
  // SQLite's row id is of type INTEGER whatever the model says.
  if (how.traits.name === 'sqlite' && model.autoincrement) return false
  const own = typeof how.compareType === 'function' ? how.compareType(model, found, table.name) : undefined
  return own ?? typesDiffer(model.type, found.type, how.traits)
}

function alteration(
  model: ColumnFacts,
  found: ColumnFacts,
  table: TableFacts,
  how: ColumnComparison,
): AlterColumn | null {
  const to: { -readonly [K in keyof ColumnState]: ColumnState[K] } = {}
  if (typeChanged(model, found, table, how)) to.type = model.type
  if (model.nullable !== found.nullable) to.nullable = model.nullable
  const generated = model.computed || found.computed || model.identity || model.autoincrement
  if (
    how.compareServerDefault &&
    !generated &&
    defaultsDiffer(model.defaultSql, found.defaultSql, how.traits)
  )
    to.serverDefault = model.serverDefault ?? null
  if (how.traits.name !== 'sqlite' && model.comment !== found.comment) to.comment = model.comment
  if (Object.keys(to).length === 0) return null
  const from: ColumnState = {
    type: found.type,
    nullable: found.nullable,
    serverDefault: found.serverDefault ?? null,
    comment: found.comment,
    autoincrement: found.autoincrement,
  }
  return { kind: 'alterColumn', name: model.name, to, from }
}

/** The changes of a table's columns: new ones, changed ones, and those that go. */
export function compareColumns(
  model: TableFacts,
  found: TableFacts,
  how: ColumnComparison,
): { added: TableChange[]; altered: TableChange[]; dropped: TableChange[] } {
  const known = new Map(found.columns.map((column) => [column.name, column]))
  const added: TableChange[] = []
  const altered: TableChange[] = []
  for (const column of model.columns) {
    const before = known.get(column.name)
    known.delete(column.name)
    if (!before) added.push({ kind: 'addColumn', column })
    else {
      const change = alteration(column, before, model, how)
      if (change) altered.push(change)
    }
  }
  const dropped = [...known.values()].map((column): TableChange => ({ kind: 'dropColumn', column }))
  return { added, altered, dropped }
}
