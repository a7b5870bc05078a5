/** How long the compiler takes for 500 typed routes, against the same routes with untyped views. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { type Bench, type BenchOptions, median, type Row, withRatios } from '../harness/bench.ts'
import { generateApp } from '../types/generate.ts'

const folder = new URL('../types/generated/', import.meta.url).pathname
const root = new URL('../..', import.meta.url).pathname

/** Seconds that the compiler says it took in all. */
function compile(name: string): number {
  const output = execFileSync(
    `${root}node_modules/.bin/tsc`,
    ['-p', `${folder}${name}/tsconfig.json`, '--extendedDiagnostics'],
    {
      encoding: 'utf8',
    },
  )
  const seconds = /^Total time:\s+([\d.]+)s/m.exec(output)?.[1]
  if (seconds === undefined) throw new Error(`bench: the compiler tells no total time:\n${output}`)
  return Number(seconds)
}

function prepare(name: string, typed: boolean): void {
  mkdirSync(`${folder}${name}`, { recursive: true })
  writeFileSync(`${folder}${name}/app.ts`, generateApp(typed))
  const config = {
    extends: '../../../../tsconfig.base.json',
    compilerOptions: {
      composite: false,
      noEmit: true,
      incremental: false,
      declaration: false,
      declarationMap: false,
    },
    include: ['app.ts'],
    // The declarations of the packages, as an installed package has them, and not their sources.
    references: [{ path: '../../../../packages/flask' }],
  }
  writeFileSync(`${folder}${name}/tsconfig.json`, JSON.stringify(config))
}

const types: Bench = {
  name: 'types',
  async run({ rounds }: BenchOptions): Promise<Row[]> {
    const programs = ['typed', 'untyped']
    for (const name of programs) prepare(name, name === 'typed')
    try {
      const samples = new Map(programs.map((name) => [name, [] as number[]]))
      for (let round = 0; round < rounds * 2; round++) {
        for (const name of programs) samples.get(name)!.push(compile(name))
      }
      return withRatios(
        programs.map((name) => {
          const seconds = median(samples.get(name)!)
          return {
            bench: 'types',
            target: `500 routes, ${name}`,
            rps: 1 / seconds,
            p99Ms: 0,
            cpuUs: seconds * 1e6,
            rssKb: 0,
          }
        }),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

export const benches: readonly Bench[] = [types]
