import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { kyselyOn } from '../../src/kysely.ts'
import { onEveryDatabase } from '../support/databases.ts'

test('URLs are read, written and refused', () => {
  const url = sa.makeUrl('postgresql+psycopg2://me:p%40ss@db.example:5433/shop?sslmode=disable')
  assert.deepEqual(
    [url.backendName, url.driverName, url.username, url.password, url.host, url.port, url.database],
    ['postgresql', 'psycopg2', 'me', 'p@ss', 'db.example', 5433, 'shop'],
  )
  assert.equal(String(url), 'postgresql+psycopg2://me:***@db.example:5433/shop?sslmode=disable')
  assert.equal(sa.makeUrl('sqlite:////tmp/x.db').database, '/tmp/x.db')
  assert.equal(sa.makeUrl('sqlite://').database, null)
  assert.throws(() => sa.createEngine('notaurl'), {
    name: 'ArgumentError',
    message: "Could not parse SQLAlchemy URL from string 'notaurl'",
  })
  assert.throws(() => sa.createEngine('foo://x'), {
    name: 'NoSuchModuleError',
    message: "Can't load plugin: sqlalchemy.dialects:foo",
  })
})

test('a server that is not there is an OperationalError', async () => {
  const engine = sa.createEngine('postgresql://postgres@127.0.0.1:1/x')
  await assert.rejects(engine.connect(), sa.OperationalError)
})

await onEveryDatabase('engine', (database) => {
  let engine: sa.Engine
  const metadata = new sa.MetaData()
  const item = sa.Table('item', metadata, {
    id: sa.Column(sa.Integer, { primaryKey: true }),
    name: sa.Column(sa.String(20), { unique: true, nullable: false }),
  })
  before(async () => {
    engine = database.engine({ poolSize: 2, maxOverflow: 1, poolTimeout: 0.2 })
    await metadata.createAll(engine)
  })
  after(() => engine.dispose())

  test('a connection begins by itself and rolls back when it is closed', async () => {
    await using connection = await engine.connect()
    await connection.execute(sa.insert(item).values({ name: 'a' }))
    await connection.close()
    await using other = await engine.connect()
    assert.equal(await other.scalar(sa.select(sa.func.count()).selectFrom(item)), 0)
  })

  test('errors have their class, statement and parameters', async () => {
    await using connection = await engine.connect()
    await connection.execute(sa.insert(item), [{ name: 'a' }, { name: 'b' }])
    await connection.commit()
    await assert.rejects(connection.execute(sa.insert(item).values({ name: 'a' })), (error: unknown) => {
      assert.ok(error instanceof sa.IntegrityError)
      assert.match(error.message, /\[SQL: INSERT INTO item/)
      assert.deepEqual(error.params, ['a'])
      return true
    })
    await connection.rollback()
    const missing = database.name === 'sqlite' ? sa.OperationalError : sa.ProgrammingError
    await assert.rejects(connection.execute(sa.text('select * from nowhere')), missing)
    await connection.rollback()
    await assert.rejects(
      connection.execute(sa.text('select :x')),
      /A value is required for bind parameter 'x'/,
    )
  })

  test('the pool is bounded, and waiting for it too', async () => {
    if (database.name === 'sqlite') return
    const taken = [await engine.connect(), await engine.connect(), await engine.connect()]
    await assert.rejects(engine.connect(), {
      name: 'PoolTimeoutError',
      message: /QueuePool limit of size 2 overflow 1 reached/,
    })
    const waiting = engine.connect()
    await taken[0]?.close()
    await (await waiting).close()
    for (const connection of taken) await connection.close()
    assert.equal(engine.pool.status().checkedOut, 0)
  })

  test('five hundred users of a small pool are all served', async () => {
    const wide = database.engine({ poolSize: 5, maxOverflow: 0 })
    const one = async (index: number) => {
      await using connection = await wide.connect()
      return await connection.scalar(sa.select(sa.literal(index)))
    }
    const values = await Promise.all(Array.from({ length: 500 }, (_, index) => one(index)))
    assert.deepEqual(
      values,
      Array.from({ length: 500 }, (_, index) => index),
    )
  })

  test('a lost connection is one clear error, and the pool recovers', async () => {
    if (database.name === 'sqlite') return
    const own = database.engine()
    const connection = await own.connect()
    const sql = database.name === 'mysql' ? 'select connection_id()' : 'select pg_backend_pid()'
    const id = Number(await connection.scalar(sa.text(sql)))
    await using killer = await engine.connect()
    const kill = database.name === 'mysql' ? `KILL ${id}` : `select pg_terminate_backend(${id})`
    await killer.execDriverSql(kill)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await assert.rejects(
      connection.execute(sa.text('select 1')),
      (error: unknown) => error instanceof sa.OperationalError && error.connectionInvalidated,
    )
    await connection.close()
    await using fresh = await own.connect()
    assert.equal(Number(await fresh.scalar(sa.text('select 1'))), 1)
  })

  test('a deadlock is reported as one', async () => {
    if (database.name === 'sqlite') return
    const [left, right] = [await engine.connect(), await engine.connect()]
    const touch = (connection: sa.Connection, name: string) =>
      connection.execute(
        sa
          .update(item)
          .where(item.c.name.eq(name))
          .values({ name: `${name}` }),
      )
    const lock = (connection: sa.Connection, name: string) =>
      connection.execute(sa.select(item.c.id).where(item.c.name.eq(name)).withForUpdate())
    await lock(left, 'a')
    await lock(right, 'b')
    const results = await Promise.allSettled([lock(left, 'b'), lock(right, 'a')])
    const failed = results.find((result) => result.status === 'rejected')
    assert.ok(failed?.reason instanceof sa.DeadlockError)
    await left.close()
    await right.close()
    assert.equal(typeof touch, 'function')
  })

  test('Kysely builds queries within the same transaction', async () => {
    await using connection = await engine.connect()
    await connection.execute(sa.insert(item).values({ name: 'k' }))
    const db = kyselyOn<{ item: { id: number; name: string } }>(connection)
    assert.deepEqual(await db.selectFrom('item').select('name').where('name', '=', 'k').execute(), [
      { name: 'k' },
    ])
  })
})

test('two writers of one SQLite file wait for each other without blocking', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sa-'))
  const engine = sa.createEngine(`sqlite:///${join(folder, 'x.db')}`)
  await engine.begin((connection) => connection.execDriverSql('create table t (v integer)'))
  const write = async (value: number) => {
    await engine.begin(async (connection) => {
      await connection.execute(sa.text('insert into t values (:value)'), { value })
      await new Promise((resolve) => setTimeout(resolve, 5))
    })
  }
  await Promise.all([1, 2, 3].map(write))
  await using reader = await engine.connect()
  assert.equal(await reader.scalar(sa.text('select sum(v) from t')), 6)
  const impatient = sa.createEngine(`sqlite:///${join(folder, 'x.db')}?timeout=0.05`)
  await reader.execute(sa.text('insert into t values (1)'))
  await assert.rejects(
    impatient.begin((connection) => connection.execDriverSql('insert into t values (2)')),
    /database is locked/,
  )
  await reader.close()
  await engine.dispose()
  await impatient.dispose()
  rmSync(folder, { recursive: true })
})
