import {
  DatabaseError,
  DataError,
  IntegrityError,
  InterfaceError,
  InternalError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
} from '../errors/dbapi-errors.ts'
import type { ErrorMeaning } from './driver.ts'

const byCode: Record<number, ErrorMeaning['type']> = {
  2: InternalError,
  11: DatabaseError,
  12: InternalError,
  18: DataError,
  19: IntegrityError,
  20: IntegrityError,
  21: ProgrammingError,
  22: NotSupportedError,
  25: InterfaceError,
}

const names: Record<string, number> = {
  SQLITE_CONSTRAINT: 19,
  SQLITE_MISMATCH: 20,
  SQLITE_TOOBIG: 18,
  SQLITE_CORRUPT: 11,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
}

/** The primary result code of an error of either SQLite driver; 0 when it is none of SQLite's. */
export function sqliteCode(error: unknown): number {
  const { errcode, code } = error as { errcode?: number; code?: string }
  if (typeof errcode === 'number') return errcode & 255
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return 0
  const family = Object.keys(names).find((name) => code.startsWith(name))
  return family ? (names[family] as number) : 1
}

/** What an error of SQLite means, as Python's sqlite3 sees it. */
export function explainSqlite(error: unknown): ErrorMeaning {
  const code = sqliteCode(error)
  if (code !== 0) return { type: byCode[code] ?? OperationalError, disconnect: false }
  return { type: error instanceof RangeError ? DataError : InterfaceError, disconnect: false }
}
