import { ArgumentError } from '../errors/base-errors.ts'
import type { DialectName } from '../types/type-engine.ts'
import { reservedWords } from './reserved-words.ts'

/** What the compiler must know of a database. */
export interface DialectTraits {
  readonly name: DialectName
  /** MariaDB, which has RETURNING for INSERT and DELETE where MySQL has not. */
  readonly isMariaDb: boolean
  /** `?` for every parameter, or `$1`, `$2`. */
  readonly paramstyle: 'question' | 'numbered'
  readonly quoteMark: '"' | '`'
  readonly insertReturning: boolean
  readonly updateReturning: boolean
  readonly deleteReturning: boolean
  /** A failed DDL statement can be rolled back with the rest of its transaction. */
  readonly transactionalDdl: boolean
  readonly maxIdentifierLength: number
  /** Most parameters of one statement. */
  readonly maxParameters: number
}

const common = { insertReturning: true, updateReturning: true, deleteReturning: true } as const

/** SQLite, as Node brings it. */
export const sqliteTraits: DialectTraits = {
  ...common,
  name: 'sqlite',
  isMariaDb: false,
  paramstyle: 'question',
  quoteMark: '"',
  transactionalDdl: true,
  maxIdentifierLength: 9999,
  maxParameters: 32_000,
}

/** PostgreSQL. */
export const postgresqlTraits: DialectTraits = {
  ...common,
  name: 'postgresql',
  isMariaDb: false,
  paramstyle: 'numbered',
  quoteMark: '"',
  transactionalDdl: true,
  maxIdentifierLength: 63,
  maxParameters: 65_000,
}

/** MySQL. */
export const mysqlTraits: DialectTraits = {
  name: 'mysql',
  isMariaDb: false,
  paramstyle: 'question',
  quoteMark: '`',
  insertReturning: false,
  updateReturning: false,
  deleteReturning: false,
  transactionalDdl: false,
  maxIdentifierLength: 64,
  maxParameters: 65_000,
}

/** MariaDB. */
export const mariadbTraits: DialectTraits = {
  ...mysqlTraits,
  isMariaDb: true,
  insertReturning: true,
  deleteReturning: true,
}

const plainName = /^[a-z_][a-z0-9_$]*$/

/** Writes a name so that the database takes it as it is. */
export function quoteName(name: string, traits: DialectTraits): string {
  if (plainName.test(name) && !reservedWords.has(name)) return name
  if (name.includes('\0')) throw new ArgumentError('A name cannot hold the character NUL')
  const mark = traits.quoteMark
  return `${mark}${name.replaceAll(mark, mark + mark)}${mark}`
}

/** Writes a name with its schema. */
export function quoteQualified(schema: string | undefined, name: string, traits: DialectTraits): string {
  return schema ? `${quoteName(schema, traits)}.${quoteName(name, traits)}` : quoteName(name, traits)
}
