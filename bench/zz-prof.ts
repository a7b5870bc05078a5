import { makeDatabase } from '/work/main/bench/database/schema.ts'
import { flaskTs } from '/work/main/bench/database/contestants/flask-ts.ts'
import { kysely } from '/work/main/bench/database/contestants/kysely.ts'
import { rmSync } from 'node:fs'
const which = process.argv[2], task = process.argv[3], secs = Number(process.argv[4] ?? 2)
const file = `/tmp/prof-${process.pid}.db`
makeDatabase(file)
const t: any = await (which === 'kysely' ? kysely : flaskTs).open(file)
await t.insert()
let best = Infinity; const end = performance.now() + secs*1000; let n = 0
while (performance.now() < end) { if (task==='insert') await t.clear(); const b = performance.now(); await t[task](); best = Math.min(best, performance.now()-b); n++ }
console.log(which, task, n, 'best ms', best.toFixed(3))
await t.close()
rmSync(file)
