import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { databases, makeWorkplace } from '../support/databases.ts'
import { Project } from '../support/project.ts'

function define(values: readonly string[]) {
  return (db: SQLAlchemy) => {
    const kind = () => db.Enum(values, { name: 'animal_kind' })
    for (const name of ['pet', 'stray']) {
      db.Table(name, {
        id: db.Column(db.Integer, { primaryKey: true }),
        kind: db.Column(kind(), { serverDefault: 'cat', nullable: false }),
      })
    }
  }
}

describe('values of an enum', () => {
  for (const kind of databases) {
    it(`come and go, with rows and defaults kept, on ${kind}`, async (context) => {
      const place = await makeWorkplace(context, kind)
      if (!place) return
      const few = new Project(place, define(['cat', 'dog']))
      await few.flask('db', 'init')
      await few.flask('db', 'migrate')
      await few.flask('db', 'upgrade')
      const insert = (project: Project, sql: string) =>
        project.connected(async (connection) => {
          await connection.executeDriver(sql, [])
          await connection.commit()
        })
      await insert(few, "INSERT INTO pet (kind) VALUES ('dog')")
      const many = new Project(place, define(['cat', 'mouse', 'dog', 'elephant']))
      await many.flask('db', 'migrate')
      await many.flask('db', 'upgrade')
      await many.flask('db', 'check')
      await insert(many, "INSERT INTO stray (kind) VALUES ('elephant')")
      await insert(many, 'INSERT INTO pet (id) VALUES (7)')
      const kinds = await many.connected(
        async (connection) => (await connection.executeDriver('SELECT kind FROM pet ORDER BY id', [])).rows,
      )
      assert.deepEqual(kinds, [['dog'], ['cat']])
      await insert(many, 'DELETE FROM stray')
      await many.flask('db', 'downgrade')
      await few.flask('db', 'upgrade')
      await few.flask('db', 'downgrade', 'base')
    })
  }
})
