/**
 * Runs corpora: `npm run conformance -- [--verbose] FILE-OR-FOLDER...`.
 *
 * The area is told by the beginning of the file's name. A folder stands for its corpora, and a folder with a
 * `transcript.jsonl` for that application's twin.
 */
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { inspect } from 'node:util'
import { areaOf } from './areas.ts'
import type { CaseRunner, CorpusLine, Verdict } from './case.ts'

interface Deviation {
  readonly corpus: string
  readonly id: string
  readonly reason: string
  /** The servers that it is about, if not all; see `CONFORMANCE_SERVER`. */
  readonly servers?: readonly string[]
}

interface Tally {
  passed: number
  failed: number
  deviating: number
}

const deviations: readonly Deviation[] = JSON.parse(
  readFileSync(new URL('./deviations.json', import.meta.url), 'utf8'),
)

/** Every corpus file at or below a path. Transcripts are found through their application's folder. */
function corpora(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (entries.some((entry) => entry.name === 'transcript.jsonl')) return [join(path, 'transcript.jsonl')]
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return corpora(join(path, entry.name))
    return entry.name.endsWith('.jsonl') ? [join(path, entry.name)] : []
  })
}

function isAbout({ corpus, id, servers }: Deviation, name: string, line: string): boolean {
  return (
    corpus === name && id === line && (servers?.includes(process.env.CONFORMANCE_SERVER ?? 'engine') ?? true)
  )
}

async function attempt(run: CaseRunner, line: CorpusLine): Promise<Verdict> {
  try {
    return await run(line)
  } catch (error) {
    return { pass: false, expected: line.expect, actual: error }
  }
}

function report(id: string, verdict: Verdict & { pass: false }, verbose: boolean): void {
  const show = (value: unknown): string =>
    inspect(value, { depth: verbose ? 12 : 6, breakLength: 110, maxStringLength: verbose ? null : 600 })
  console.log(`FAILED ${id}\n  expected ${show(verdict.expected)}\n  actual   ${show(verdict.actual)}`)
}

async function runCorpus(file: string, tally: Tally, verbose: boolean): Promise<void> {
  const area = areaOf(file)
  const corpus = area.name
  await using session = await area.open(file)
  for await (const text of createInterface({ input: createReadStream(file) })) {
    if (text.trim() === '') continue
    const line: CorpusLine = session.parse?.(text) ?? JSON.parse(text)
    const verdict = await attempt(session.run, line)
    const deviation = deviations.find((entry) => isAbout(entry, corpus, line.id))
    if (verdict.pass) {
      if (deviation !== undefined) console.log(`${line.id} passes: take it out of deviations.json`)
      tally.passed++
    } else if (deviation !== undefined) {
      tally.deviating++
    } else {
      tally.failed++
      report(`${basename(file)} ${line.id}`, verdict, verbose)
    }
  }
}

async function main(args: readonly string[]): Promise<void> {
  const verbose = args.includes('--verbose')
  const paths = args.filter((arg) => !arg.startsWith('--'))
  if (paths.length === 0) throw new Error('conformance: name a corpus file or a folder of them')
  const total: Tally = { passed: 0, failed: 0, deviating: 0 }
  for (const file of paths.flatMap(corpora)) {
    const tally: Tally = { passed: 0, failed: 0, deviating: 0 }
    const begin = performance.now()
    await runCorpus(file, tally, verbose)
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    const deviating = tally.deviating > 0 ? `, ${tally.deviating} known deviations` : ''
    console.log(`${file}: ${tally.passed} passed, ${tally.failed} failed${deviating} (${seconds} s)`)
    total.passed += tally.passed
    total.failed += tally.failed
    total.deviating += tally.deviating
  }
  if (total.deviating > 0) console.log(`known deviations: ${total.deviating} (conformance/deviations.json)`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
}

await main(process.argv.slice(2))
