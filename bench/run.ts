/**
 * `npm run bench [-- NAME... --seconds N --rounds N --json FILE --list]`: measures flask-ts beside its peers, all
 * of them in one run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Bench, Row } from './harness/bench.ts'
import { table } from './harness/table.ts'

const suites: Readonly<Record<string, () => Promise<{ benches: readonly Bench[] }>>> = {
  http: () => import('./benches/http.ts'),
  rules: () => import('./benches/rules.ts'),
  serving: () => import('./benches/serving.ts'),
  sessions: () => import('./benches/sessions.ts'),
  cors: () => import('./benches/cors.ts'),
  templates: () => import('./benches/templates.ts'),
  shop: () => import('./benches/shop.ts'),
  types: () => import('./benches/types.ts'),
  database: () => import('./benches/database.ts'),
}

function installPeers(): void {
  const folder = new URL('.', import.meta.url).pathname
  if (existsSync(`${folder}/node_modules`)) return
  console.log('bench: installing the peers')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) throw new Error('bench: the peers cannot be installed: see the output of npm above')
}

async function chosen(names: readonly string[]): Promise<Bench[]> {
  const all: Bench[] = []
  for (const [suite, load] of Object.entries(suites)) {
    const { benches } = await load()
    const wanted = names.length === 0 || names.includes(suite)
    all.push(...benches.filter((bench) => wanted || names.includes(bench.name)))
  }
  if (all.length === 0)
    throw new Error(`bench: nothing is called ${names.join(', ')}: --list shows what there is`)
  return all
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
    list: { type: 'boolean' },
  },
})
installPeers()
const benches = await chosen(positionals)
const rows: Row[] = []
for (const bench of benches) {
  if (values.list) {
    console.log(bench.name)
    continue
  }
  const measured = await bench.run({ seconds: Number(values.seconds), rounds: Number(values.rounds) })
  for (const one of Map.groupBy(measured, (row) => row.bench).values()) console.log(table(one))
  rows.push(...measured)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
