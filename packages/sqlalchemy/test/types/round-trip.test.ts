import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { onEveryDatabase } from '../support/databases.ts'

process.env.TZ = 'America/New_York'

await onEveryDatabase('types', (database) => {
  const base = sa.declarativeBase()
  const color = sa.Enum(['red', 'green'], { name: 'color' })
  class Thing extends base.Model('thing', {
    id: sa.Column(sa.Integer, { primaryKey: true }),
    big: sa.Column(sa.BigInteger),
    huge: sa.Column(sa.BigInteger({ asBigInt: true })),
    small: sa.Column(sa.SmallInteger),
    name: sa.Column(sa.String(50)),
    body: sa.Column(sa.Text),
    flag: sa.Column(sa.Boolean),
    ratio: sa.Column(sa.Float),
    price: sa.Column(sa.Numeric(10, 2)),
    amount: sa.Column(sa.Numeric(10, 2, { asDecimal: false })),
    day: sa.Column(sa.Date),
    moment: sa.Column(sa.DateTime),
    zoned: sa.Column(sa.DateTime({ timezone: true })),
    clock: sa.Column(sa.Time),
    span: sa.Column(sa.Interval),
    data: sa.Column(sa.JSON<{ a: number[]; s: string }>()),
    bytes: sa.Column(sa.LargeBinary),
    uuid: sa.Column(sa.Uuid),
    color: sa.Column(color),
    pickled: sa.Column(sa.PickleType<Map<string, number>>()),
  }) {}
  const full = {
    big: 2 ** 53 - 1,
    huge: 9007199254740993n,
    small: -5,
    name: "it's \\ 'quoted' \"😀\" ünï",
    body: 'x'.repeat(5000),
    flag: false,
    ratio: 0.1,
    price: '1234567.89',
    amount: 12.5,
    day: '1965-02-03',
    moment: new Date('1969-12-31T23:59:59.123Z'),
    zoned: new Date('2026-07-01T12:00:00.500Z'),
    clock: '23:59:58.000001',
    span: 3_723_004,
    data: { a: [1, 2], s: '\'"\\' },
    bytes: new Uint8Array([0, 255, 39, 92]),
    uuid: '0b0e7b6e-9f0a-4b52-a3f3-0a4c4d6a1f11',
    color: 'green' as const,
    pickled: new Map([['a', 1]]),
  }
  let engine: sa.Engine
  let session: sa.Session
  before(async () => {
    engine = database.engine()
    session = new sa.Session({ bind: engine })
    await base.metadata.createAll(engine)
  })
  after(() => session.close())

  test('every type comes back as it went in, also in another time zone', async () => {
    session.add(new Thing(full))
    session.add(new Thing())
    await session.commit()
    await session.close()
    const thing = await session.getOne(Thing, 1)
    for (const [key, value] of Object.entries(full)) {
      const stored = (thing as unknown as Record<string, unknown>)[key]
      if (value instanceof Uint8Array) assert.deepEqual([...(stored as Uint8Array)], [...value])
      else assert.deepEqual(stored, value, key)
    }
    const empty = await session.getOne(Thing, 2)
    for (const key of Object.keys(full))
      assert.equal((empty as unknown as Record<string, unknown>)[key], null, key)
  })

  test('values are found by equality of every type', async () => {
    for (const key of [
      'big',
      'huge',
      'small',
      'name',
      'flag',
      'price',
      'day',
      'moment',
      'zoned',
      'clock',
      'uuid',
      'color',
    ] as const) {
      const column = Thing.c[key] as sa.ColumnElement
      const found = await session.query(Thing).filter(column.eq(full[key]))
      assert.equal(found.length, 1, key)
    }
  })

  test('a value of no such enum is refused', async () => {
    session.add(new Thing({ color: 'blue' as 'red' }))
    await assert.rejects(session.flush(), /is not among the defined enum values/)
    await session.rollback()
  })

  test('aggregates and functions have their types', async () => {
    const row = (
      await session.execute(
        sa
          .select(
            sa.func.count(),
            sa.func.sum(Thing.small),
            sa.func.max(Thing.moment),
            sa.func.coalesce(Thing.c.name, 'x').label('n'),
          )
          .groupBy(Thing.c.name)
          .orderBy(Thing.c.name.isNull().desc()),
      )
    ).all()
    assert.equal(row.length, 2)
    const filled = row.find((one) => one.get('n') !== 'x')
    assert.equal(filled?.[0], 1)
    assert.equal(filled?.[1], -5)
    assert.deepEqual(filled?.[2], full.moment)
  })

  test('JSON members are found by path', async () => {
    const found = await session.query(Thing).filter(Thing.data.get('a', 1).asInteger().eq(2))
    assert.equal(found.length, 1)
    assert.equal(
      await session.scalar(sa.select(Thing.data.get('s').asString()).where(Thing.c.id.eq(1))),
      full.data.s,
    )
  })

  test('values that look like SQL stay values', async () => {
    const evil = "x'; DROP TABLE thing; --"
    assert.equal(await session.query(Thing).filterBy({ name: evil }).count(), 0)
    assert.equal(await session.scalar(sa.select(sa.literal(evil))), evil)
    assert.equal((await session.execute(sa.text('select :v'), { v: evil })).scalar(), evil)
    const percent = await session
      .query(Thing)
      .filter(Thing.c.name.contains('%', { autoescape: true }))
      .count()
    assert.equal(percent, 0)
    await assert.rejects(
      async () => await session.query(Thing).orderBy('id; drop table thing'),
      sa.CompileError,
    )
    assert.ok(await session.query(Thing).count())
  })
})
