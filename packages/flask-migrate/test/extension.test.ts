import assert from 'node:assert/strict'
import { join } from 'node:path'
import { it } from 'node:test'
import { Migrate } from '@flask-ts/flask-migrate'
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { Inspector } from '@flask-ts/sqlalchemy'
import { Flask } from 'flask-ts'
import { makeWorkplace, type Workplace } from './support/databases.ts'

it('gives each of several databases migrations of its own', async (context) => {
  const first = (await makeWorkplace(context, 'sqlite')) as Workplace
  const second = (await makeWorkplace(context, 'sqlite')) as Workplace
  const app = new Flask('several')
  app.config.SQLALCHEMY_DATABASE_URI = first.url
  app.config.SQLALCHEMY_BINDS = { users: second.url }
  const db = new SQLAlchemy(app)
  db.Table('thing', { id: db.Column(db.Integer, { primaryKey: true }) })
  db.Table('user', { id: db.Column(db.Integer, { primaryKey: true }) }, { bindKey: 'users' })
  new Migrate(app, db, { directory: first.folder })
  const others = new Migrate(null, null, { bindKey: 'users', command: 'db-users' })
  others.initApp(app, db, { directory: join(second.folder, 'users') })
  const runner = app.testCliRunner()
  for (const group of ['db', 'db-users']) {
    for (const command of ['init', 'migrate', 'upgrade', 'check']) {
      const result = await runner.invoke([group, command])
      assert.equal(result.exitCode, 0, result.output)
    }
  }
  await app.withAppContext(async () => {
    for (const [key, names] of [
      [null, ['alembic_version', 'thing']],
      ['users', ['alembic_version', 'user']],
    ] as const) {
      await using connection = await db.getEngine(key).connect()
      assert.deepEqual(await new Inspector(connection).getTableNames(), names)
    }
  })
})

it('needs the extension that has the models', async () => {
  const app = new Flask('bare')
  new Migrate(app)
  const result = await app.testCliRunner().invoke(['db', 'current'])
  assert.equal(result.exitCode, 1)
  assert.match(result.stderr, /Migrate has no database/)
})
