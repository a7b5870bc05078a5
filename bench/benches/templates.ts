/**
 * Rendering of four pages by each template engine, in this process, and Python's Jinja in one of its own; compiling
 * a page of a thousand lines; the memory of a thousand templates.
 */
import { type Bench, type BenchOptions, type Row, withRatios } from '../harness/bench.ts'
import {
  compilers,
  engines,
  memoryOfTemplates,
  pythonCompiles,
  pythonJinja,
  type Render,
} from '../templates/engines.ts'
import { longPage } from '../templates/long-page.ts'
import { pages } from '../templates/pages.ts'

function perSecond(render: Render, seconds: number): number {
  const begin = performance.now()
  render()
  // What takes long is not repeated before looking at the clock.
  const batch = performance.now() - begin > 1 ? 1 : 16
  const end = begin + seconds * 1000
  let count = 1
  while (performance.now() < end) {
    for (let i = 0; i < batch; i++) render()
    count += batch
  }
  return count / ((performance.now() - begin) / 1000)
}

function rows(bench: string, results: readonly { name: string; rps: number }[]): Row[] {
  return withRatios(
    results.map(({ name, rps }) => ({ bench, target: name, rps, p99Ms: 0, cpuUs: 1e6 / rps, rssKb: 0 })),
  )
}

/** How many slices each second is cut into, so that all contestants have their share of quiet and busy moments. */
const SLICES = 10

/**
 * What each function does in a second, and Python. The best slice counts: whatever else runs on the machine can only
 * make a slice slower.
 */
function compete(
  bench: string,
  contestants: readonly { name: string; run: Render }[],
  python: (seconds: number) => number,
  { seconds, rounds }: BenchOptions,
): Row[] {
  const best = new Map<string, number>()
  const note = (name: string, rps: number): void => void best.set(name, Math.max(best.get(name) ?? 0, rps))
  for (const { run } of contestants) perSecond(run, seconds / 4)
  for (let round = 0; round < rounds; round++) {
    for (let slice = 0; slice < SLICES; slice++) {
      for (const { name, run } of contestants) note(name, perSecond(run, seconds / 2 / SLICES))
    }
    note("Python's Jinja", python(seconds / 2))
  }
  return rows(
    bench,
    [...best].map(([name, rps]) => ({ name, rps })),
  )
}

function pageBench(page: string): Bench {
  const data = pages[page]!
  return {
    name: `templates-${page}`,
    async run(options: BenchOptions): Promise<Row[]> {
      const contestants = engines().flatMap(({ name, prepare }) => {
        const run = prepare(page, data)
        return run === undefined ? [] : [{ name, run }]
      })
      const python = (seconds: number): number => pythonJinja(page, data, seconds)
      return compete(`templates-${page}`, contestants, python, options)
    },
  }
}

const compileBench: Bench = {
  name: 'templates-compile',
  async run(options: BenchOptions): Promise<Row[]> {
    const contestants = Object.entries(compilers(longPage)).map(([name, run]) => ({ name, run }))
    const python = (seconds: number): number => pythonCompiles(longPage, seconds)
    return compete('templates-compile', contestants, python, options)
  },
}

const memoryBench: Bench = {
  name: 'templates-memory',
  async run(): Promise<Row[]> {
    const [row] = rows('templates-memory', [{ name: '1,000 cached templates', rps: 1 }])
    return [{ ...row!, cpuUs: 0, rssKb: memoryOfTemplates() / 1024 }]
  },
}

export const benches: readonly Bench[] = [...Object.keys(pages).map(pageBench), compileBench, memoryBench]
