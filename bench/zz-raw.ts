import Database from 'better-sqlite3'
import { DatabaseSync } from 'node:sqlite'
import { makeDatabase } from './database/schema.ts'
import { nodeSqlite } from './database/contestants/node-sqlite.ts'
const file = `/tmp/prof-${process.pid}.db`
makeDatabase(file)
await (nodeSqlite.open(file) as any).insert()
const n = new DatabaseSync(file), b = new Database(file)
const best = (f: () => unknown) => { let m = Infinity; const e = performance.now() + 1000; while (performance.now() < e) { const t = performance.now(); f(); m = Math.min(m, performance.now() - t) } return m.toFixed(3) }
for (const sql of ['SELECT id, name, email, age, active FROM person ORDER BY id LIMIT 1000', 'SELECT id, name, parent_id FROM child']) {
  const s1 = n.prepare(sql), s2 = n.prepare(sql); s2.setReturnArrays(true)
  const b1 = b.prepare(sql), b2 = b.prepare(sql).raw()
  console.log('node objects', best(() => s1.all()), 'arrays', best(() => s2.all()), 'better objects', best(() => b1.all()), 'raw', best(() => b2.all()))
}
const s3 = n.prepare('SELECT id, name, email, age, active FROM person WHERE id = ?'); s3.setReturnArrays(true)
const b3 = b.prepare('SELECT id, name, email, age, active FROM person WHERE id = ?').raw()
const many = (f: (id: number) => unknown) => () => { for (let i = 1; i <= 10000; i++) f(i) }
console.log('key: node all', best(many((i) => s3.all(i))), 'node get', best(many((i) => s3.get(i))), 'better all', best(many((i) => b3.all(i))), 'better get', best(many((i) => b3.get(i))))
