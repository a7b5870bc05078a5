/** Neither `SQLALCHEMY_DATABASE_URI` nor `SQLALCHEMY_BINDS` is configured. */
export class MissingDatabaseUriError extends Error {
  override readonly name = 'MissingDatabaseUriError'
}

/** A second `SQLAlchemy` was put on an application. */
export class AlreadyRegisteredError extends Error {
  override readonly name = 'AlreadyRegisteredError'
}

/** The current application was never given to this `SQLAlchemy`. */
export class NotRegisteredError extends Error {
  override readonly name = 'NotRegisteredError'
}

/** A value of the database configuration cannot be used. */
export class DatabaseConfigError extends TypeError {
  override readonly name = 'DatabaseConfigError'
}
