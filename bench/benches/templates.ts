/** Rendering of four pages by each template engine, in this process; Python's Jinja in one of its own. */
import { type Bench, type BenchOptions, median, type Row, withRatios } from '../harness/bench.ts'
import { engines, pythonJinja, type Render } from '../templates/engines.ts'
import { pages } from '../templates/pages.ts'

function perSecond(render: Render, seconds: number): number {
  const end = performance.now() + seconds * 1000
  const begin = performance.now()
  let count = 0
  while (performance.now() < end) {
    for (let i = 0; i < 16; i++) render()
    count += 16
  }
  return count / ((performance.now() - begin) / 1000)
}

function pageBench(page: string): Bench {
  const data = pages[page]!
  return {
    name: `templates-${page}`,
    async run({ seconds, rounds }: BenchOptions): Promise<Row[]> {
      const share = seconds / 4
      const contestants = engines().flatMap((engine) => {
        const render = engine.prepare(page, data)
        return render === undefined ? [] : [{ name: engine.name, render, samples: [] as number[] }]
      })
      const python: number[] = []
      for (const { render } of contestants) perSecond(render, share / 2)
      for (let round = 0; round < rounds; round++) {
        for (const each of contestants) each.samples.push(perSecond(each.render, share))
        python.push(pythonJinja(page, data, share))
      }
      const results = contestants.map(({ name, samples }) => ({ name, rps: median(samples) }))
      results.push({ name: "Python's Jinja", rps: median(python) })
      return withRatios(
        results.map(({ name, rps }) => ({
          bench: `templates-${page}`,
          target: name,
          rps,
          p99Ms: 0,
          cpuUs: 1e6 / rps,
          rssKb: 0,
        })),
      )
    },
  }
}

export const benches: readonly Bench[] = Object.keys(pages).map(pageBench)
