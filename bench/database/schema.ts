import { DatabaseSync } from 'node:sqlite'
import { childrenOfParent, sizes } from './contestant.ts'

const tables = `
  CREATE TABLE person (
    id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(120) NOT NULL, age INTEGER NOT NULL,
    active BOOLEAN NOT NULL
  );
  CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL);
  CREATE TABLE child (
    id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, parent_id INTEGER NOT NULL REFERENCES parent (id)
  );
  CREATE INDEX child_parent ON child (parent_id);
`

/** Makes the database that every contestant finds: WAL, with parents and children, and no persons yet. */
export function makeDatabase(file: string): void {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = wal')
  database.exec(tables)
  database.exec('BEGIN')
  const parent = database.prepare('INSERT INTO parent (id, name) VALUES (?, ?)')
  const child = database.prepare('INSERT INTO child (name, parent_id) VALUES (?, ?)')
  for (let id = 1; id <= sizes.parents; id++) {
    parent.run(id, `parent ${id}`)
    for (let index = 0; index < childrenOfParent; index++) child.run(`child ${index} of ${id}`, id)
  }
  database.exec('COMMIT')
  database.close()
}
