/**
 * Runs the template corpus through other engines that read Jinja's language, and prints a table:
 * `node bench/jinja-score.ts CORPUS.jsonl...`.
 *
 * A case is the same if the output is, or if an error was expected and one is raised. It is refused if the engine
 * raises an error, does not come back in time, or cannot be set up as the case asks. Otherwise it is silently
 * different: the worst of the three.
 */
import { readFileSync } from 'node:fs'
import { runCase } from '../conformance/areas/jinja.ts'
import { type Case, others } from './score/engines.ts'
import { type Score, scoreOf } from './score/judge.ts'

async function ownScore(cases: readonly Case[]): Promise<Score> {
  const score: Score = { same: 0, refused: 0, different: 0, broken: 0 }
  for (const one of cases) {
    const { pass } = await Promise.resolve(runCase(one as never)).catch(() => ({ pass: false }))
    if (pass) score.same++
    else score.different++
  }
  return score
}

async function main(files: readonly string[]): Promise<void> {
  const cases: Case[] = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line)),
  )
  const scores = new Map([['@flask-ts/jinja', await ownScore(cases)]])
  for (const engine of Object.keys(others)) {
    const broken = (id: string): void => console.error(`${engine} did not survive ${id}`)
    scores.set(engine, await scoreOf(engine, cases, broken))
  }
  console.log(`| engine | same | refused | silently different |\n|---|---:|---:|---:|`)
  for (const [name, { same, refused, different, broken }] of scores) {
    const note = broken === 0 ? '' : ` (${broken} by ending or never ending)`
    console.log(`| ${name} | ${same} of ${cases.length} | ${refused}${note} | ${different} |`)
  }
}

await main(process.argv.slice(2))
