/**
 * Feeds damaged requests to the engine: `node packages/wsgi/fuzz/fuzz.ts [--seconds 60] [--seed N]`.
 *
 * It looks for exceptions, hangs, outcomes that depend on how the bytes were cut, requests that `node:http` reads in
 * another way, and memory that grows. It prints each finding with the bytes that show it, and exits 1 if there is any.
 */
import { parseArgs } from 'node:util'
import { input, pieces, Random } from './mutate.ts'
import { type Reading, readWithEngine, readWithNode, type Understood } from './readers.ts'

/** Fields with an underscore are dropped here; white space at the ends is no part of a value. */
function comparable({ method, target, headers, body }: Understood): string {
  const kept = headers.filter(([name]) => !name.includes('_')).map(([name, value]) => [name, value.trim()])
  return JSON.stringify([method, target, kept, body])
}

/** How many requests were read by both, to see that the comparison compares. */
let compared = 0

/** Where two readings of the same bytes differ in the requests that both accept. */
function difference(engine: Reading, node: Reading): string | undefined {
  const common = Math.min(engine.requests.length, node.requests.length)
  for (let i = 0; i < common; i++) {
    compared++
    const ours = comparable(engine.requests[i]!)
    const theirs = comparable(node.requests[i]!)
    if (ours !== theirs) return `request ${i + 1} is ${ours} for the engine and ${theirs} for node:http`
  }
  return undefined
}

async function examine(bytes: Buffer, random: Random): Promise<string | undefined> {
  const whole = await readWithEngine([bytes])
  const cut = pieces(bytes, random)
  const inPieces = await readWithEngine(cut)
  if (JSON.stringify(whole) !== JSON.stringify(inPieces)) {
    const sizes = cut.map((piece) => piece.length).join(' ')
    return `cut into ${sizes} it is ${JSON.stringify(inPieces)}, whole ${JSON.stringify(whole)}`
  }
  if (whole.requests.length === 0) return undefined
  return difference(whole, await readWithNode(bytes))
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } })
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
  const until = performance.now() + Number(values.seconds ?? 60) * 1000
  const random = new Random(seed)
  let findings = 0
  let count = 0
  let settledHeap = 0
  while (performance.now() < until && findings < 10) {
    const bytes = input(random)
    const finding = await examine(bytes, random).catch(
      (error: unknown) => `it throws ${(error as Error).stack}`,
    )
    if (finding !== undefined) {
      findings++
      console.log(
        `FOUND (seed ${seed}, input ${count}): ${JSON.stringify(bytes.toString('latin1'))}\n  ${finding}`,
      )
    }
    count++
    if (count % 5000 === 0) {
      globalThis.gc?.()
      const heap = process.memoryUsage().heapUsed
      if (settledHeap === 0) settledHeap = heap
      // Without --expose-gc the heap also holds garbage, so only a large growth means something.
      if (heap > settledHeap + 256 * 1024 * 1024) {
        console.log(`FOUND: the heap has grown from ${settledHeap} to ${heap} bytes`)
        findings++
      }
    }
  }
  console.log(
    `fuzz: ${count} inputs (seed ${seed}), ${compared} requests compared with node:http, ${findings} findings`,
  )
  return findings === 0 ? 0 : 1
}

process.exitCode = await main()
