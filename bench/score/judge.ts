import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Case } from './engines.ts'
import type { Outcome } from './worker.ts'

/** How many cases came out how. */
export interface Score {
  same: number
  refused: number
  different: number
  /** How many of the refused ones ended the engine, or did not end in time. */
  broken: number
}

/** The first case makes the engine load; all others take milliseconds. */
const LIMIT_MS = 5000

function start(engine: string): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: engine,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    stdout: true,
    stderr: true,
  })
  // What ends a thread is also seen by whoever waits for its answer.
  worker.on('error', () => undefined)
  return worker
}

/** The answer of a thread, or null if it ended or took too long. */
async function answer(worker: Worker, one: Case): Promise<Outcome | null> {
  const stop = new AbortController()
  const { signal } = stop
  const none = (): null => null
  const ended = once(worker, 'exit', { signal }).then(none, none)
  const late = sleep(LIMIT_MS, null, { signal }).catch(none)
  const answered = once(worker, 'message', { signal }).then(([outcome]) => outcome as Outcome, none)
  worker.postMessage(one)
  const result = await Promise.race([answered, ended, late])
  stop.abort()
  return result
}

function count(score: Score, { expect }: Case, outcome: Outcome | null): void {
  if (outcome === null) score.broken++
  if (outcome === null || 'error' in outcome) {
    if (outcome?.error === 'raised' && expect.error !== undefined) score.same++
    else score.refused++
  } else if (outcome.output === expect.output) score.same++
  else score.different++
}

/**
 * Runs all cases through another engine.
 *
 * @param broken Told the id of each case that the engine did not survive.
 */
export async function scoreOf(
  engine: string,
  cases: readonly Case[],
  broken: (id: string) => void,
): Promise<Score> {
  const score: Score = { same: 0, refused: 0, different: 0, broken: 0 }
  let worker = start(engine)
  for (const one of cases) {
    const outcome = await answer(worker, one)
    count(score, one, outcome)
    if (outcome !== null) continue
    broken(one.id)
    await worker.terminate()
    worker = start(engine)
  }
  await worker.terminate()
  return score
}
