import { engines } from './templates/engines.ts'
import { pages } from './templates/pages.ts'
const only = process.argv[2]?.split(',') ?? Object.keys(pages)
const names = ['flask-ts jinja', 'hand-written', 'Eta 4']
for (const page of only) {
  const list = engines().filter((e) => names.includes(e.name)).map((e) => ({ name: e.name, r: e.prepare(page, pages[page]!)!, best: Infinity }))
  const n = page === 'table' ? 40 : 2000
  for (let round = 0; round < 40; round++) for (const e of list) {
    const t = process.cpuUsage()
    const b = performance.now()
    for (let i = 0; i < n; i++) e.r()
    const d = (performance.now() - b) / n * 1000
    if (d < e.best) e.best = d
  }
  console.log(page, list.map((e) => `${e.name} ${e.best.toFixed(2)}us (${(e.best / list[1]!.best).toFixed(2)})`).join('  '))
}
