import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { func, text, typeDecorator } from '@flask-ts/sqlalchemy'
import { databases, makeWorkplace } from '../support/databases.ts'
import { writeMigration } from '../support/migration-source.ts'
import { Project, schemaOf } from '../support/project.ts'

/** Every type, default, key and index that a model can ask for on all databases. */
function everything(db: SQLAlchemy): void {
  const upper = typeDecorator<string, string>(db.String(9), {
    dump: (value) => value.toUpperCase(),
    load: (value) => value,
    repr: 'Upper()',
  })
  db.Table(
    'wide',
    {
      id: db.Column(db.BigInteger, { primaryKey: true }),
      small: db.Column(db.SmallInteger, { serverDefault: text('-3') }),
      big: db.Column(db.BigInteger({ asBigInt: true })),
      text40: db.Column(db.String(40), { serverDefault: "it's" }),
      empty: db.Column(db.String(5), { serverDefault: '', nullable: false }),
      char3: db.Column(db.CHAR(3)),
      long: db.Column(db.Text),
      flag: db.Column(db.Boolean, { serverDefault: text('true') }),
      off: db.Column(db.Boolean, { serverDefault: text('false'), nullable: false }),
      real: db.Column(db.Float, { serverDefault: '1.5' }),
      price: db.Column(db.Numeric(10, 2), { serverDefault: '0.00' }),
      number: db.Column(db.Numeric),
      day: db.Column(db.Date, { serverDefault: '2020-01-31' }),
      moment: db.Column(db.DateTime, { serverDefault: func.now() }),
      zoned: db.Column(db.DateTime({ timezone: true })),
      clock: db.Column(db.Time),
      span: db.Column(db.Interval),
      data: db.Column(db.JSON),
      bytes: db.Column(db.LargeBinary),
      uid: db.Column(db.Uuid),
      mood: db.Column(db.Enum(['good', 'bad'], { name: 'mood' }), { serverDefault: 'good' }),
      pickled: db.Column(db.PickleType),
      upper: db.Column(upper, { comment: "a 'comment'" }),
      doubled: db.Column(db.Integer, [db.Computed('small * 2', { persisted: true })]),
    },
    {
      comment: 'all of it',
      args: [
        db.UniqueConstraint(['text40', 'char3']),
        db.UniqueConstraint(['day'], { name: 'uq_day' }),
        db.CheckConstraint('small < 100', { name: 'ck_small' }),
        db.Index('ix_clock', ['clock'], { unique: true }),
        db.Index('ix_price_real', ['price', 'real']),
      ],
    },
  )
  db.Table('pair', {
    left: db.Column(db.Integer, { primaryKey: true, autoincrement: false }),
    right: db.Column(db.Integer, { primaryKey: true, autoincrement: false }),
  })
  db.Table(
    'order',
    {
      id: db.Column(db.Integer, { primaryKey: true }),
      'group name': db.Column(db.Integer, { index: true, name: 'group name' }),
      a: db.Column(db.Integer),
      b: db.Column(db.Integer),
      wide_id: db.Column(
        db.BigInteger,
        db.ForeignKey('wide.id', { ondelete: 'SET NULL', onupdate: 'CASCADE' }),
      ),
      parent: db.Column(db.Integer, db.ForeignKey('order.id', { name: 'fk_parent', ondelete: 'RESTRICT' }), {
        unique: true,
      }),
    },
    { args: [db.ForeignKeyConstraint(['a', 'b'], ['pair.left', 'pair.right'])] },
  )
}

/** Two tables that refer to each other. */
function circle(db: SQLAlchemy): void {
  const key = (table: string, name: string) => db.ForeignKey(`${table}.id`, { name })
  db.Table('hen', {
    id: db.Column(db.Integer, { primaryKey: true }),
    egg_id: db.Column(db.Integer, key('egg', 'fk_hen')),
  })
  db.Table('egg', {
    id: db.Column(db.Integer, { primaryKey: true }),
    hen_id: db.Column(db.Integer, key('hen', 'fk_egg')),
  })
}

describe('a database that createAll made', () => {
  for (const kind of databases) {
    it(`is found to be what the models say on ${kind}`, async (context) => {
      const place = await makeWorkplace(context, kind)
      if (!place) return
      writeMigration(place, { revision: 'a1' })
      const project = new Project(place, everything)
      await project.run(() => project.db.createAll())
      await project.flask('db', 'stamp')
      assert.equal(await project.flask('db', 'check'), 'No new upgrade operations detected.\n')
    })
  }
})

describe('a migration that autogenerate wrote', () => {
  for (const kind of databases) {
    it(`makes what createAll makes, and takes it back, on ${kind}`, async (context) => {
      for (const define of [everything, circle]) {
        const place = await makeWorkplace(context, kind)
        const ideal = await makeWorkplace(context, kind)
        if (!place || !ideal) return
        const project = new Project(place, define)
        await project.flask('db', 'init')
        await project.flask('db', 'migrate', '-m', 'all')
        await project.flask('db', 'upgrade')
        await project.flask('db', 'check')
        const wanted = new Project(ideal, define)
        await wanted.run(() => wanted.db.createAll())
        assert.deepEqual(await project.connected(schemaOf), await wanted.connected(schemaOf))
        const gone = new Project(place, () => undefined)
        await gone.flask('db', 'migrate', '-m', 'nothing left')
        await gone.flask('db', 'upgrade')
        assert.deepEqual(await gone.connected(schemaOf), [])
        await gone.flask('db', 'downgrade')
        await project.flask('db', 'downgrade', 'base')
        assert.deepEqual(await gone.connected(schemaOf), [])
      }
    })
  }
})
