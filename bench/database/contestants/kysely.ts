import Database from 'better-sqlite3'
import { type Generated, Kysely, SqliteDialect } from 'kysely'
import { type Contestant, persons, sizes, type Tasks } from '../contestant.ts'

interface Tables {
  readonly person: { id: Generated<number>; name: string; email: string; age: number; active: number }
  readonly parent: { id: Generated<number>; name: string }
  readonly child: { id: Generated<number>; name: string; parent_id: number }
}

/** SQLite takes 32,766 parameters in a statement. */
const rowsOfStatement = 500

function open(file: string): Tasks {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Database(file) }) })
  const firstPersons = () => db.selectFrom('person').selectAll().orderBy('id').limit(sizes.listed)
  return {
    clear: () => db.deleteFrom('person').execute(),
    async insert() {
      const rows = persons().map((person) => ({ ...person, active: person.active ? 1 : 0 }))
      await db.transaction().execute(async (transaction) => {
        for (let start = 0; start < rows.length; start += rowsOfStatement) {
          await transaction
            .insertInto('person')
            .values(rows.slice(start, start + rowsOfStatement))
            .execute()
        }
      })
    },
    async byKey() {
      let found = 0
      for (let id = 1; id <= sizes.byKey; id++) {
        const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()
        if (row !== undefined) found++
      }
      return found
    },
    async list() {
      const rows = await firstPersons().execute()
      return JSON.stringify(rows.map((row) => ({ ...row, active: row.active === 1 })))
    },
    async update() {
      const rows = await firstPersons().execute()
      await db.transaction().execute(async (transaction) => {
        for (const { id, age } of rows) {
          await transaction
            .updateTable('person')
            .set({ age: age + 1 })
            .where('id', '=', id)
            .execute()
        }
      })
    },
    async eager() {
      const parents = await db.selectFrom('parent').selectAll().execute()
      const keys = parents.map((parent) => parent.id)
      const children = await db.selectFrom('child').selectAll().where('parent_id', 'in', keys).execute()
      const byParent = Map.groupBy(children, (child) => child.parent_id)
      return parents.reduce((sum, parent) => sum + (byParent.get(parent.id)?.length ?? 0), 0)
    },
    close: () => db.destroy(),
  }
}

export const kysely: Contestant = { name: 'Kysely', open }
