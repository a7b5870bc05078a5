import {
  DatabaseError,
  DataError,
  DeadlockError,
  IntegrityError,
  InterfaceError,
  InternalError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
  SerializationError,
} from '../errors/dbapi-errors.ts'
import type { ErrorMeaning } from './driver.ts'

/** Classes of SQLSTATE and what psycopg raises for them. */
const byClass: Record<string, ErrorMeaning['type']> = {
  '08': OperationalError,
  '0A': NotSupportedError,
  '20': ProgrammingError,
  '21': ProgrammingError,
  '22': DataError,
  '23': IntegrityError,
  '24': InternalError,
  '25': InternalError,
  '26': ProgrammingError,
  '27': OperationalError,
  '28': OperationalError,
  '2B': InternalError,
  '2D': InternalError,
  '2F': InternalError,
  '34': ProgrammingError,
  '38': InternalError,
  '39': InternalError,
  '3B': InternalError,
  '3D': OperationalError,
  '3F': ProgrammingError,
  '40': OperationalError,
  '42': ProgrammingError,
  '44': ProgrammingError,
  '53': OperationalError,
  '54': OperationalError,
  '55': OperationalError,
  '57': OperationalError,
  '58': OperationalError,
  F0: InternalError,
  P0: InternalError,
  XX: InternalError,
}

const lostStates = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '25P03'])
const lostWords =
  /Connection terminated|Connection ended|not queryable|socket (?:closed|hang up)|closed the connection/i
const lostCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENOENT',
])

/** What an error of `pg` means. */
export function explainPostgresql(error: unknown): ErrorMeaning {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (lostCodes.has(code) || lostWords.test(message)) return { type: OperationalError, disconnect: true }
  if (code === '40P01') return { type: DeadlockError, disconnect: false }
  if (code === '40001') return { type: SerializationError, disconnect: false }
  if (/^[0-9A-Z]{5}$/.test(code)) {
    return { type: byClass[code.slice(0, 2)] ?? DatabaseError, disconnect: lostStates.has(code) }
  }
  return { type: InterfaceError, disconnect: false }
}
