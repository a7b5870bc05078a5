import type { DatabaseUrl, EngineOptions } from '@flask-ts/sqlalchemy'

/** The keys of an application's configuration that the extension reads. */
export interface DatabaseConfig {
  /** The usual database. */
  SQLALCHEMY_DATABASE_URI?: string | DatabaseUrl | null
  /** More databases by their bind keys. */
  SQLALCHEMY_BINDS?: Readonly<
    Record<string, string | DatabaseUrl | (EngineOptions & { url: string | DatabaseUrl })>
  >
  /** Options of the usual engine; names with underscores are understood too. */
  SQLALCHEMY_ENGINE_OPTIONS?: EngineOptions | Readonly<Record<string, unknown>>
  /** Writes every statement. */
  SQLALCHEMY_ECHO?: boolean
  /** Keeps the queries of each context. */
  SQLALCHEMY_RECORD_QUERIES?: boolean
  /** Sends signals of changed models. */
  SQLALCHEMY_TRACK_MODIFICATIONS?: boolean
}

declare module 'flask-ts' {
  interface Config extends DatabaseConfig {}
}
