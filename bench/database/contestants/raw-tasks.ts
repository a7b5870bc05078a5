import { persons, sizes, type Tasks } from '../contestant.ts'

/** A prepared statement as both raw drivers have it. */
interface Statement {
  get(...params: (string | number)[]): unknown
  all(...params: (string | number)[]): unknown[]
  run(...params: (string | number)[]): unknown
}

/** A raw driver. */
export interface RawDatabase {
  prepare(sql: string): Statement
  exec(sql: string): unknown
  close(): unknown
}

interface PersonRow {
  readonly id: number
  readonly age: number
  readonly active: number
}

interface ChildRow {
  readonly parent_id: number
}

/** The tasks as one writes them by hand, with statements prepared once. */
export function rawTasks(database: RawDatabase): Tasks {
  const insert = database.prepare('INSERT INTO person (name, email, age, active) VALUES (?, ?, ?, ?)')
  const byKey = database.prepare('SELECT id, name, email, age, active FROM person WHERE id = ?')
  const list = database.prepare('SELECT id, name, email, age, active FROM person ORDER BY id LIMIT ?')
  const update = database.prepare('UPDATE person SET age = ? WHERE id = ?')
  const parents = database.prepare('SELECT id, name FROM parent')
  const children = database.prepare('SELECT id, name, parent_id FROM child')
  const inTransaction = (action: () => void) => {
    database.exec('BEGIN IMMEDIATE')
    action()
    database.exec('COMMIT')
  }
  return {
    clear: () => database.exec('DELETE FROM person'),
    insert: () =>
      inTransaction(() => {
        for (const { name, email, age, active } of persons()) insert.run(name, email, age, active ? 1 : 0)
      }),
    byKey() {
      let found = 0
      for (let id = 1; id <= sizes.byKey; id++) if (byKey.get(id) !== undefined) found++
      return found
    },
    list: () =>
      JSON.stringify(
        (list.all(sizes.listed) as PersonRow[]).map((row) => ({ ...row, active: row.active === 1 })),
      ),
    update: () =>
      inTransaction(() => {
        for (const { id, age } of list.all(sizes.updated) as PersonRow[]) update.run(age + 1, id)
      }),
    eager() {
      const known = new Map((parents.all() as { id: number }[]).map((row) => [row.id, [] as ChildRow[]]))
      for (const row of children.all() as ChildRow[]) known.get(row.parent_id)?.push(row)
      return [...known.values()].reduce((sum, list) => sum + list.length, 0)
    },
    close: () => database.close(),
  }
}
