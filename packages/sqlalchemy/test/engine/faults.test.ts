import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { onEveryDatabase } from '../support/databases.ts'

const base = sa.declarativeBase()

class Account extends base.Model('account', {
  id: sa.Column(sa.Integer, { primaryKey: true }),
  owner: sa.Column(sa.String(80), { nullable: false }),
  balance: sa.Column(sa.BigInteger({ asBigInt: true }), { nullable: false }),
  opened: sa.Column(sa.DateTime),
}) {}

const hostile = [
  "'; DROP TABLE account; --",
  '"; DROP TABLE account; --',
  '`; DROP TABLE account; --',
  "\\'; DROP TABLE account; --",
  '1 OR 1=1',
  "' OR ''='",
  '%',
  '_',
  '? $1 :owner %s %(owner)s',
]

await onEveryDatabase('faults', (database) => {
  let engine: sa.Engine
  const session = () => new sa.Session({ bind: engine })

  before(async () => {
    engine = database.engine({ poolSize: 4, maxOverflow: 0, poolTimeout: 0.2 })
    await base.metadata.createAll(engine)
    await using first = session()
    first.add(new Account({ owner: 'ann', balance: 100n, opened: new Date('1912-06-23T01:02:03Z') }))
    await first.commit()
  })

  test('a transaction that cannot be put in a row with another is a SerializationError', async () => {
    // MariaDB 10.11 lets the later one wait instead; SQLite has one writer at a time.
    if (database.name !== 'postgresql') return
    const [left, right] = [await engine.connect(), await engine.connect()]
    for (const connection of [left, right]) connection.executionOptions({ isolationLevel: 'SERIALIZABLE' })
    for (const connection of [left, right]) await connection.execute(sa.select(Account.balance))
    const raise = sa.update(Account).values({ balance: 101n })
    await left.execute(raise)
    await left.commit()
    await assert.rejects(right.execute(raise), sa.SerializationError)
    await right.rollback()
    assert.equal((await right.execute(raise)).rowcount, 1)
    await right.rollback()
    for (const connection of [left, right]) await connection.close()
  })

  test('sessions that are not closed show in the pool, and those who wait are told in time', async () => {
    if (database.name === 'sqlite') return
    const leaked = Array.from({ length: 4 }, session)
    for (const one of leaked) await one.query(Account).all()
    assert.equal(engine.pool.status().checkedOut, 4)
    const begin = performance.now()
    const late = Array.from({ length: 20 }, session)
    const results = await Promise.allSettled(late.map((one) => one.query(Account).all()))
    assert.ok(performance.now() - begin < 5000)
    for (const result of results) {
      assert.ok(result.status === 'rejected' && result.reason instanceof sa.PoolTimeoutError)
      assert.match(result.reason.message, /size 4 overflow 0 reached, connection timed out, timeout 0\.20/)
    }
    for (const one of [...leaked, ...late]) await one.close()
    assert.equal(engine.pool.status().checkedOut, 0)
    await using after = session()
    assert.equal((await after.query(Account).all()).length, 1)
  })

  test('hostile values stay values in every place that takes one', async () => {
    await using own = session()
    for (const owner of hostile) own.add(new Account({ owner, balance: 0n }))
    await own.flush()
    for (const owner of hostile) {
      const found = await own.query(Account).filterBy({ owner }).all()
      assert.deepEqual(
        found.map((account) => account.owner),
        [owner],
      )
      const within = sa.select(sa.func.count()).selectFrom(Account)
      assert.equal(Number(await own.scalar(within.where(Account.owner.in([owner])))), 1)
      assert.equal(
        Number(await own.scalar(within.where(Account.owner.contains(owner, { autoescape: true })))) >= 1,
        true,
      )
      const text = sa.text('SELECT owner FROM account WHERE owner = :owner')
      assert.equal(await own.scalar(text, { owner }), owner)
      assert.equal(await own.scalar(sa.select(sa.literal(owner))), owner)
    }
    await own.rollback()
  })

  test('hostile names are refused, or quoted', async () => {
    await using own = session()
    for (const name of hostile) {
      await assert.rejects(async () => await own.query(Account).orderBy(name).all(), sa.CompileError)
      assert.throws(() => own.query(Account).filterBy({ [name]: 1 } as never), sa.InvalidRequestError)
      await assert.rejects(
        async () =>
          await own
            .query(Account)
            .limit(name as never)
            .all(),
        sa.ArgumentError,
      )
    }
    const odd = new sa.MetaData()
    const table = sa.Table('odd "name`; DROP', odd, {
      id: sa.Column(sa.Integer, { primaryKey: true }),
      'value"`; --': sa.Column(sa.String(20)),
    })
    await odd.createAll(engine)
    await own.execute(sa.insert(table).values({ 'value"`; --': 'kept' }))
    const [row] = (await own.execute(sa.select(table))).all()
    assert.deepEqual([...(row ?? [])], [1, 'kept'])
    await own.commit()
    await odd.dropAll(engine)
    assert.equal((await own.query(Account).all()).length, 1)
  })

  test('emoji, early dates and big integers come back whole', async () => {
    await using own = session()
    const [ann] = await own.query(Account).all()
    assert.equal(ann?.opened?.toISOString(), '1912-06-23T01:02:03.000Z')
    const owner = 'Größe 👩‍👩‍👧 猫 ￿'
    own.add(new Account({ owner, balance: 9_223_372_036_854_775_807n }))
    await own.flush()
    own.expungeAll()
    const found = await own.query(Account).filterBy({ owner }).one()
    assert.equal(found.balance, 9_223_372_036_854_775_807n)
    assert.equal(found.owner, owner)
    await own.rollback()
  })
})
