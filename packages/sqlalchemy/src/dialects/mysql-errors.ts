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
} from '../errors/dbapi-errors.ts'
import type { ErrorMeaning } from './driver.ts'

/** Error numbers and what PyMySQL raises for them. */
const byNumber = new Map<number, ErrorMeaning['type']>()

function enter(type: ErrorMeaning['type'], numbers: readonly number[]): void {
  for (const number of numbers) byNumber.set(number, type)
}

enter(ProgrammingError, [1007, 1049, 1064, 1102, 1103, 1108, 1110, 1111, 1112, 1113, 1146, 1149, 1305])
enter(DataError, [1263, 1264, 1265, 1292, 1366, 1367, 1406, 1441])
enter(IntegrityError, [1048, 1062, 1169, 1215, 1216, 1217, 1364, 1451, 1452, 3819, 4025])
enter(NotSupportedError, [1196, 1235, 1286])
enter(OperationalError, [1040, 1044, 1045, 1054, 1142, 1143, 1205, 1317, 1698, 3024])
enter(DeadlockError, [1213])
enter(OperationalError, [1927, 2006, 2013])
enter(InternalError, [1105])

const lostNumbers = new Set([1927, 2006, 2013, 2014, 2045, 2055, 4031])
const lostCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENOENT',
])
const lostWords = /closed state|server has gone away|Connection lost/i

/** What an error of `mysql2` means. */
export function explainMysql(error: unknown): ErrorMeaning {
  const {
    errno = 0,
    code = '',
    message = '',
    sqlState = '',
  } = error as Record<string, never> & {
    errno?: number
    code?: string
    message?: string
    sqlState?: string
  }
  if (lostCodes.has(code) || lostNumbers.has(errno) || lostWords.test(message)) {
    return { type: OperationalError, disconnect: true }
  }
  const type = byNumber.get(errno)
  if (type) return { type, disconnect: false }
  if (errno > 0 && errno < 1000) return { type: InternalError, disconnect: false }
  if (sqlState.startsWith('23')) return { type: IntegrityError, disconnect: false }
  if (sqlState.startsWith('42')) return { type: ProgrammingError, disconnect: false }
  if (errno > 0) return { type: OperationalError, disconnect: false }
  return { type: code.startsWith('ER_') ? DatabaseError : InterfaceError, disconnect: false }
}
