import { resolve } from 'node:path'
import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import type { Connection, Engine, MetaData } from '@flask-ts/sqlalchemy'
import { type Comparison, compareMetadata } from '../compare/compare-metadata.ts'
import type { Directive } from '../compare/directive.ts'
import { CommandError } from '../errors.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { MigrateOptions } from './migrate-options.ts'
import { VersionTable } from './version-table.ts'

/** What a command works with: the models, their database, and the folder of the migrations. */
export class MigrationEnvironment {
  readonly db: SQLAlchemy
  readonly options: MigrateOptions
  readonly scripts: ScriptDirectory
  readonly versions: VersionTable

  /** @param directory - Folder that a command was given, in place of the configured one. */
  constructor(db: SQLAlchemy, options: MigrateOptions, directory?: string) {
    this.db = db
    this.options = options
    this.scripts = new ScriptDirectory(resolve(directory ?? options.directory ?? 'migrations'))
    this.versions = new VersionTable(options.versionTable ?? 'alembic_version')
  }

  /** The database of the current application. */
  get engine(): Engine {
    return this.db.getEngine(this.options.bindKey ?? null)
  }

  get metadata(): MetaData {
    const key = this.options.bindKey ?? null
    const metadata = this.db.metadatas.get(key)
    if (metadata) return metadata
    throw new CommandError(`No model and no configuration has the bind key '${key}'.`)
  }

  /** The steps from the database to the models. */
  async compare(connection: Connection): Promise<Directive[]> {
    const { compareType = true, compareServerDefault = true, includeObject = () => true } = this.options
    const how: Comparison = {
      traits: connection.traits,
      compareType,
      compareServerDefault,
      includeObject,
      versionTable: this.versions.name,
    }
    return await compareMetadata(connection, this.metadata, how)
  }

  /** Refuses to go on unless the database is at the newest version. */
  async requireUpToDate(connection: Connection): Promise<void> {
    const map = await this.scripts.load()
    const current = await this.versions.read(connection)
    const heads = map.heads.map((head) => head.revision)
    const applied = map.ancestors(current)
    if (heads.every((head) => applied.has(head))) return
    throw new CommandError('Target database is not up to date. Bring it there with "flask db upgrade".')
  }
}
