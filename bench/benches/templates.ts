/**
 * Rendering of four pages by each template engine, in this process, and Python's Jinja in one of its own; compiling
 * a page of a thousand lines; the memory of a thousand templates.
 */
import { type Bench, type BenchOptions, median, type Row, withRatios } from '../harness/bench.ts'
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
  const end = performance.now() + seconds * 1000
  const begin = performance.now()
  let count = 0
  while (performance.now() < end) {
    for (let i = 0; i < 16; i++) render()
    count += 16
  }
  return count / ((performance.now() - begin) / 1000)
}

function rows(bench: string, results: readonly { name: string; rps: number }[]): Row[] {
  return withRatios(
    results.map(({ name, rps }) => ({ bench, target: name, rps, p99Ms: 0, cpuUs: 1e6 / rps, rssKb: 0 })),
  )
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
      return rows(`templates-${page}`, results)
    },
  }
}

const compileBench: Bench = {
  name: 'templates-compile',
  async run({ seconds, rounds }: BenchOptions): Promise<Row[]> {
    const contestants = Object.entries(compilers(longPage)).map(([name, compile]) => ({
      name,
      compile,
      samples: [] as number[],
    }))
    const python: number[] = []
    for (const { compile } of contestants) perSecond(compile, seconds)
    for (let round = 0; round < rounds; round++) {
      for (const each of contestants) each.samples.push(perSecond(each.compile, seconds / 4))
      python.push(pythonCompiles(longPage, seconds / 4))
    }
    const results = contestants.map(({ name, samples }) => ({ name, rps: median(samples) }))
    return rows('templates-compile', [...results, { name: "Python's Jinja", rps: median(python) }])
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
