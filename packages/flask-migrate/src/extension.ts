import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import type { Flask } from 'flask-ts'
import { migrationCommands } from './cli.ts'
import { MigrationEnvironment } from './environment/environment.ts'
import type { MigrateOptions } from './environment/migrate-options.ts'
import { CommandError } from './errors.ts'

/**
 * Migrations for an application: the commands `flask db ...`.
 *
 *     const db = new SQLAlchemy(app)
 *     new Migrate(app, db)
 *
 * @see https://flask-migrate.readthedocs.io/
 */
export class Migrate {
  #db: SQLAlchemy | null
  #options: MigrateOptions

  /**
   * @param app - The application; without it, call `initApp` later.
   * @param db - The extension that has the models.
   */
  constructor(app?: Flask | null, db?: SQLAlchemy | null, options: MigrateOptions = {}) {
    this.#db = db ?? null
    this.#options = options
    if (app) this.initApp(app, db)
  }

  /** Gives an application the commands. */
  initApp(app: Flask, db?: SQLAlchemy | null, options: MigrateOptions = {}): void {
    this.#db = db ?? this.#db
    this.#options = { ...this.#options, ...options }
    const { command = 'db' } = this.#options
    const commands = migrationCommands(command, this)
    // The functions of this package mean the migrations of the usual database.
    app.extensions.migrate ??= this
    app.cli.addCommand(commands)
  }

  /** What a command works with. */
  environment(directory?: string): MigrationEnvironment {
    if (this.#db) return new MigrationEnvironment(this.#db, this.#options, directory)
    throw new CommandError(
      'Migrate has no database: give it the SQLAlchemy extension, as new Migrate(app, db).',
    )
  }
}
