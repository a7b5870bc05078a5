import { SQLAlchemyError } from './base-errors.ts'

const shownParameters = 10

/** Writes bound parameters for an error message, the middle of long lists left out. */
export function showParameters(parameters: readonly unknown[]): string {
  const shown = parameters.length > shownParameters ? parameters.slice(0, shownParameters) : parameters
  const texts = shown.map(showValue)
  if (shown.length < parameters.length) texts.push(`... ${parameters.length - shown.length} more`)
  return `(${texts.join(', ')})`
}

function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Uint8Array) return `<${value.byteLength} bytes>`
  const text = typeof value === 'string' ? `'${value}'` : String(value)
  return text.length > 300 ? `${text.slice(0, 150)} ... ${text.slice(-50)}` : text
}

/** A statement could not be executed; carries the statement and its parameters. */
export class StatementError extends SQLAlchemyError {
  /** The driver's own error. */
  readonly orig: unknown
  /** SQL text as it was sent. */
  readonly statement: string
  /** Bound values in the order of their placeholders. */
  readonly params: readonly unknown[]
  /** True when the connection is lost and was dropped from the pool. */
  readonly connectionInvalidated: boolean

  constructor(orig: unknown, statement: string, params: readonly unknown[], invalidated = false) {
    const text =
      orig instanceof Error ? orig.message || String((orig as { code?: string }).code ?? orig) : String(orig)
    const where = statement ? `\n[SQL: ${statement}]` : ''
    const bound = params.length ? `\n[parameters: ${showParameters(params)}]` : ''
    super(`${text}${where}${bound}`, { cause: orig })
    this.orig = orig
    this.statement = statement
    this.params = params
    this.connectionInvalidated = invalidated
  }
}

/** Wraps every error that a database driver raised. */
export class DBAPIError extends StatementError {}
/** The driver's interface, not the database, failed. */
export class InterfaceError extends DBAPIError {}
/** The database refused. */
export class DatabaseError extends DBAPIError {}
/** A value was out of range or of a wrong form. */
export class DataError extends DatabaseError {}
/** The database could not carry out the operation: connection lost, lock not granted, disk full. */
export class OperationalError extends DatabaseError {}
/** A constraint (unique, not null, foreign key, check) was violated. */
export class IntegrityError extends DatabaseError {}
/** The database is in a state that it should not be in. */
export class InternalError extends DatabaseError {}
/** The statement is wrong: syntax, unknown table or column. */
export class ProgrammingError extends DatabaseError {}
/** The database lacks a feature that was asked for. */
export class NotSupportedError extends DatabaseError {}
/** The database ended this transaction to break a deadlock; retry it. */
export class DeadlockError extends OperationalError {}
/** The isolation level does not allow this transaction to go on; retry it. */
export class SerializationError extends OperationalError {}

/** Constructor of one of the driver error classes. */
export type DBAPIErrorClass = new (
  orig: unknown,
  statement: string,
  params: readonly unknown[],
  invalidated?: boolean,
) => DBAPIError
