import type { Executable } from '../compile/compiler.ts'
import type { DialectTraits } from '../compile/traits.ts'
import type { RawResult } from '../dialects/driver.ts'
import { dmlColumn, dmlTable, Insert } from '../statement/dml.ts'

/** True for an INSERT of one row that asks for nothing back. */
function isPlainInsert(statement: Executable): statement is Insert<readonly unknown[]> {
  if (!(statement instanceof Insert)) return false
  const { returning, values, fromSelect, conflict } = statement.parts
  return returning.length === 0 && values.length <= 1 && !fromSelect && !conflict
}

/** PostgreSQL tells a new row's key only when the INSERT asks for it. */
export function withImplicitReturning(statement: Executable, traits: DialectTraits): Executable {
  if (traits.name !== 'postgresql' || !isPlainInsert(statement)) return statement
  const keys = dmlTable(statement.parts.target).primaryKey
  return keys.length ? statement.returning(...keys) : statement
}

/** The key of the row that an INSERT made, or null when it is not known. */
export function insertedKey(
  statement: Insert<readonly unknown[]>,
  raw: RawResult,
  traits: DialectTraits,
): readonly unknown[] | null {
  if (!isPlainInsert(statement)) return null
  const keys = dmlTable(statement.parts.target).primaryKey
  if (raw.rows[0] && traits.name === 'postgresql') return raw.rows[0]
  const row = statement.parts.values[0] ?? {}
  const given = new Map<unknown, unknown>()
  for (const [key, value] of Object.entries(row)) given.set(dmlColumn(statement.parts.target, key), value)
  return keys.map((column) => {
    const value = given.get(column)
    return value === undefined || value === null ? raw.lastRowId : value
  })
}
