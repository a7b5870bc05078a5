import type { NamingConvention } from '@flask-ts/sqlalchemy'
import type { CompareType } from '../compare/compare-columns.ts'
import type { IncludeObject } from '../compare/compare-metadata.ts'

/** How migrations are found, compared and carried out. */
export interface MigrateOptions {
  /** Folder of the migrations, relative to the current folder; `migrations` without. */
  directory?: string
  /** Name of the group of commands; `db` without. */
  command?: string
  /** The database, for those who use several: each has migrations of its own. */
  bindKey?: string | null
  /** Whether types are compared, or a function that compares them; true without. */
  compareType?: boolean | CompareType
  /** Whether defaults are compared; true without. */
  compareServerDefault?: boolean
  /** Leaves tables out. */
  includeObject?: IncludeObject
  /** Table that keeps the version; `alembic_version` without. */
  versionTable?: string
  /** Commits after each migration rather than after all. */
  transactionPerMigration?: boolean
  /** Names for constraints that a migration gives none; the models' without. */
  namingConvention?: NamingConvention
}
