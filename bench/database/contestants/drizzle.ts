import Database from 'better-sqlite3'
import { asc, eq, relations } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Contestant, persons, sizes, type Tasks } from '../contestant.ts'

const person = sqliteTable('person', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  age: integer('age').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
})
const parent = sqliteTable('parent', { id: integer('id').primaryKey(), name: text('name').notNull() })
const child = sqliteTable('child', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  parentId: integer('parent_id').notNull(),
})
const parentRelations = relations(parent, ({ many }) => ({ children: many(child) }))
const childRelations = relations(child, ({ one }) => ({
  parent: one(parent, { fields: [child.parentId], references: [parent.id] }),
}))

/** Values of 10,000 rows are more parameters than SQLite takes in a statement. */
const rowsOfStatement = 500

function open(file: string): Tasks {
  const schema = { person, parent, child, parentRelations, childRelations }
  const client = new Database(file)
  const db = drizzle(client, { schema })
  const firstPersons = () => db.select().from(person).orderBy(asc(person.id)).limit(sizes.listed).all()
  return {
    clear: () => db.delete(person).run(),
    insert() {
      const rows = persons()
      db.transaction((transaction) => {
        for (let start = 0; start < rows.length; start += rowsOfStatement) {
          transaction
            .insert(person)
            .values(rows.slice(start, start + rowsOfStatement))
            .run()
        }
      })
    },
    byKey() {
      let found = 0
      for (let id = 1; id <= sizes.byKey; id++) {
        if (db.select().from(person).where(eq(person.id, id)).get() !== undefined) found++
      }
      return found
    },
    list: () => JSON.stringify(firstPersons()),
    update() {
      const rows = firstPersons()
      db.transaction((transaction) => {
        for (const { id, age } of rows) {
          transaction
            .update(person)
            .set({ age: age + 1 })
            .where(eq(person.id, id))
            .run()
        }
      })
    },
    async eager() {
      const parents = await db.query.parent.findMany({ with: { children: true } })
      return parents.reduce((sum, one) => sum + one.children.length, 0)
    },
    close: () => client.close(),
  }
}

export const drizzleOrm: Contestant = { name: 'Drizzle', open }
