/** Root of every error that this package throws on purpose (`sqlalchemy.exc.SQLAlchemyError`). */
export class SQLAlchemyError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** A wrong argument to a schema, mapping or query function. */
export class ArgumentError extends SQLAlchemyError {}

/** A URL names a dialect that does not exist. */
export class NoSuchModuleError extends ArgumentError {}

/** A driver package is not installed; the message holds the command that installs it. */
export class ModuleNotFoundError extends SQLAlchemyError {}

/** The foreign keys between two tables do not tell how to join them. */
export class NoForeignKeysError extends ArgumentError {}

/** More than one foreign key path joins two tables. */
export class AmbiguousForeignKeysError extends ArgumentError {}

/** Dependencies run in a circle and cannot be sorted. */
export class CircularDependencyError extends SQLAlchemyError {}

/** A statement cannot be written in this database's language. */
export class CompileError extends SQLAlchemyError {}

/** A construct is not supported by the dialect's compiler. */
export class UnsupportedCompilationError extends CompileError {}

/** A generated name is longer than the database allows. */
export class IdentifierError extends SQLAlchemyError {}

/** An operation that the object's state does not allow. */
export class InvalidRequestError extends SQLAlchemyError {}

/** No row was found when one was required. */
export class NoResultFound extends InvalidRequestError {}

/** Several rows were found when one was required. */
export class MultipleResultsFound extends InvalidRequestError {}

/** A result was read after it was closed, or returns no rows. */
export class ResourceClosedError extends InvalidRequestError {}

/** A name is not a column of a row or selectable. */
export class NoSuchColumnError extends InvalidRequestError {}

/** A table does not exist in the database that is reflected. */
export class NoSuchTableError extends InvalidRequestError {}

/** A foreign key names something that is not there. */
export class NoReferenceError extends InvalidRequestError {}

/** A foreign key names a table that the MetaData does not hold. */
export class NoReferencedTableError extends NoReferenceError {}

/** A foreign key names a column that its table does not have. */
export class NoReferencedColumnError extends NoReferenceError {}

/** The session's transaction failed and waits for `rollback()`. */
export class PendingRollbackError extends InvalidRequestError {}

/** An attribute that is not loaded was read without `await` (`sqlalchemy.exc.MissingGreenlet`). */
export class MissingGreenlet extends InvalidRequestError {}

/** No engine is known for what was to be executed. */
export class UnboundExecutionError extends InvalidRequestError {}

/** The pool gave no connection within `poolTimeout` seconds (`sqlalchemy.exc.TimeoutError`). */
export class PoolTimeoutError extends SQLAlchemyError {}

/** An object was detached from its session and would have to load something. */
export class DetachedInstanceError extends SQLAlchemyError {}

/** A row that was to be updated or deleted is not there any more, or has another version. */
export class StaleDataError extends SQLAlchemyError {}

/** The flush met a state that cannot be written. */
export class FlushError extends SQLAlchemyError {}

/** An object that no mapper knows was handed to the ORM. */
export class UnmappedInstanceError extends InvalidRequestError {}

/** A class that no mapper knows was handed to the ORM. */
export class UnmappedClassError extends InvalidRequestError {}

/** The row of an instance is gone. */
export class ObjectDeletedError extends InvalidRequestError {}

/** A value is not one of an Enum's values. */
export class LookupError extends SQLAlchemyError {}
