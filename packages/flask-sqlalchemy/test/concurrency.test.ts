import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { OperationalError, PoolTimeoutError } from '@flask-ts/sqlalchemy'
import { Flask } from 'flask-ts'

function urlOf(kind: string): string {
  if (kind === 'postgresql')
    return process.env.POSTGRESQL_TEST_URL ?? 'postgresql://postgres@127.0.0.1:5432/test'
  if (kind === 'mysql') return process.env.MYSQL_TEST_URL ?? 'mysql://root@127.0.0.1:3306/test'
  return `sqlite:///${join(mkdtempSync(join(tmpdir(), 'concurrent-')), 'app.db')}`
}

function makeCounter(url: string, options: Record<string, unknown>) {
  const app = new Flask('counter')
  app.config.SQLALCHEMY_DATABASE_URI = url
  app.config.SQLALCHEMY_ENGINE_OPTIONS = options
  app.config.PROPAGATE_EXCEPTIONS = true
  const db = new SQLAlchemy(app)
  const name = `hit_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  class Hit extends db.Model(name, {
    id: db.Column(db.Integer, { primaryKey: true }),
    path: db.Column(db.String(50), { nullable: false }),
  }) {}
  app.post('/hits/<path>', async function hit({ path }) {
    db.session.add(new Hit({ path }))
    await db.session.commit()
    return { path }
  })
  return { app, db, Hit }
}

/** Takes the tables away and closes the connections; skips where the server is missing, which CI does not allow. */
async function prepare(context: TestContext, made: ReturnType<typeof makeCounter>): Promise<boolean> {
  const { app, db } = made
  try {
    await app.withAppContext(() => db.createAll())
  } catch (error) {
    if (!(error instanceof OperationalError) || process.env.CI === 'true') throw error
    context.skip(`no server: ${error.message}`)
    return false
  }
  context.after(() =>
    app.withAppContext(async () => {
      await db.dropAll()
      await db.engine.dispose()
      const { backendName, database } = db.engine.url
      if (backendName === 'sqlite') rmSync(dirname(database as string), { recursive: true, force: true })
    }),
  )
  return true
}

describe('many requests at a time', () => {
  for (const kind of ['sqlite', 'postgresql', 'mysql']) {
    // SQLite waits for the disk at every commit.
    const requests = kind === 'sqlite' ? 100 : 500
    it(`lose nothing on a pool of ten on ${kind}`, async (context) => {
      const made = makeCounter(urlOf(kind), { poolSize: 10, maxOverflow: 0 })
      if (!(await prepare(context, made))) return
      const { app, db, Hit } = made
      const client = app.testClient()
      const paths = Array.from({ length: requests }, (_, index) => `p${index}`)
      const answers = await Promise.all(paths.map((path) => client.post(`/hits/${path}`)))
      assert.ok(answers.every((answer) => answer.statusCode === 200))
      await app.withAppContext(async () => {
        assert.equal(await Hit.query.count(), requests)
        assert.ok(db.engine.pool.status().checkedOut <= 1)
      })
    })
  }

  it('are told when no connection comes free in time', async (context) => {
    const made = makeCounter(urlOf('sqlite'), { poolSize: 1, maxOverflow: 0, poolTimeout: 0.05 })
    if (!(await prepare(context, made))) return
    const { app, db, Hit } = made
    await app.withAppContext(async () => {
      await Hit.query.all()
      await app.withAppContext(() => assert.rejects(Hit.query.all(), PoolTimeoutError))
      await db.session.remove()
      await app.withAppContext(() => Hit.query.all())
    })
  })
})
