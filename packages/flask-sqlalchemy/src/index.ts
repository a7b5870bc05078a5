/**
 * SQLAlchemy for Flask applications.
 * @module
 */
export type { DatabaseConfig } from './database-config.ts'
export {
  AlreadyRegisteredError,
  DatabaseConfigError,
  MissingDatabaseUriError,
  NotRegisteredError,
} from './errors.ts'
export { type BindKeys, SQLAlchemy, type SQLAlchemyOptions } from './extension.ts'
export type { DefineInheritingModel, DefineModel, InheritingModel, ModelClass } from './model-types.ts'
export type { PaginateOptions } from './page-arguments.ts'
export { type IterPagesOptions, Pagination } from './pagination.ts'
export { Query } from './query.ts'
export { QueryPagination } from './query-pagination.ts'
export { getRecordedQueries, type QueryInfo } from './record-queries.ts'
export type { ScopedSession } from './scoped-session.ts'
export { SelectPagination } from './select-pagination.ts'
export { type ModelOperation, Session } from './session.ts'
export { beforeModelsCommitted, type ModelChanges, modelsCommitted } from './track-modifications.ts'
