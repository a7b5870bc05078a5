import { Migrate, type MigrateOptions } from '@flask-ts/flask-migrate'
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { type Connection, Inspector } from '@flask-ts/sqlalchemy'
import { Flask } from 'flask-ts'
import type { Workplace } from './databases.ts'

/** Defines the tables of an application. */
export type Define = (db: SQLAlchemy) => void

/** An application at one point of its life. */
export class Project {
  readonly app: Flask
  readonly db: SQLAlchemy

  constructor(place: Workplace, define: Define, options: MigrateOptions = {}) {
    this.app = new Flask('project')
    this.app.config.SQLALCHEMY_DATABASE_URI = place.url
    this.db = new SQLAlchemy(this.app)
    define(this.db)
    new Migrate(this.app, this.db, { directory: place.folder, ...options })
  }

  /** Works in the application's context; its connections are closed after. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    return await this.app.withAppContext(async () => {
      try {
        return await work()
      } finally {
        await this.db.session.remove()
        await this.db.engine.dispose()
      }
    })
  }

  /** Works with a connection. */
  async connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return await this.run(async () => {
      await using connection = await this.db.engine.connect()
      return await work(connection)
    })
  }

  /** Runs a command line, which must succeed; gives its output. */
  async flask(...args: string[]): Promise<string> {
    const result = await this.run(() => this.app.testCliRunner().invoke(args))
    if (result.exitCode !== 0) throw result.exception ?? new Error(result.output)
    return result.stdout
  }

  /** Runs a command line, which must fail; gives what it says. */
  async fails(...args: string[]): Promise<string> {
    const result = await this.run(() => this.app.testCliRunner().invoke(args))
    if (result.exitCode === 0) throw new Error(`it succeeded: ${result.output}`)
    if (result.exception) throw result.exception
    return result.stderr
  }
}

/** All that can be told of a database's tables, in an order of its own. */
export async function schemaOf(connection: Connection): Promise<unknown> {
  const inspector = new Inspector(connection)
  const names = await inspector.getTableNames()
  const tables = []
  for (const name of names.filter((table) => table !== 'alembic_version')) {
    const table = await inspector.getTable(name)
    const sorted = <T>(items: readonly T[]): T[] =>
      items.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
    tables.push({
      name,
      comment: table.comment,
      columns: sorted(table.columns.map(({ type: _, ...column }) => column)),
      primaryKey: table.primaryKey.columns,
      uniques: sorted(table.uniqueConstraints.map((key) => key.columns)),
      indexes: sorted(table.indexes.map(({ columns, unique }) => ({ columns, unique }))),
      foreignKeys: sorted(table.foreignKeys.map(({ name: _, ...key }) => key)),
    })
  }
  return tables
}
