import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { Inspector } from '@flask-ts/sqlalchemy'
import { makeWorkplace } from '../support/databases.ts'
import { Project } from '../support/project.ts'

function define(wide: boolean) {
  return (db: SQLAlchemy) => {
    db.Table(
      'stock',
      {
        id: db.Column(db.Integer, { primaryKey: true }),
        label: db.Column(db.String(wide ? 40 : 20), { index: wide }),
        parent_id: db.Column(db.Integer, db.ForeignKey('shop.stock.id')),
      },
      { schema: 'shop' },
    )
    db.Table('till', {
      id: db.Column(db.Integer, { primaryKey: true }),
      stock_id: db.Column(db.Integer, db.ForeignKey('shop.stock.id')),
    })
    db.Table(
      'receipt',
      {
        id: db.Column(db.Integer, { primaryKey: true }),
        till_id: db.Column(db.Integer, db.ForeignKey('till.id')),
      },
      { schema: 'shop' },
    )
  }
}

it('migrates tables of another schema of PostgreSQL', async (context) => {
  const place = await makeWorkplace(context, 'postgresql')
  if (!place) return
  const first = new Project(place, define(false))
  await first.connected(async (connection) => {
    await connection.executeDriver('CREATE SCHEMA shop', [])
    await connection.commit()
  })
  await first.flask('db', 'init')
  await first.flask('db', 'migrate')
  await first.flask('db', 'upgrade')
  await first.flask('db', 'check')
  const second = new Project(place, define(true))
  await second.flask('db', 'migrate')
  await second.flask('db', 'upgrade')
  await second.flask('db', 'check')
  const tables = () => second.connected((connection) => new Inspector(connection).getTableNames('shop'))
  assert.deepEqual(await tables(), ['receipt', 'stock'])
  await second.flask('db', 'downgrade', 'base')
  assert.deepEqual(await tables(), [])
})
