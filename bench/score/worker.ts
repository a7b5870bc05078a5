/** Renders cases with one engine, in a thread that can be ended if it does not come back. */
import { parentPort, workerData } from 'node:worker_threads'
import { CannotExpress, type Case, others } from './engines.ts'

/** What came of a case. */
export type Outcome = { readonly output: string } | { readonly error: 'raised' | 'not expressible' }

const render = others[workerData as string]!

function outcome(one: Case): Outcome {
  try {
    return { output: String(render(one)) }
  } catch (error) {
    return { error: error instanceof CannotExpress ? 'not expressible' : 'raised' }
  }
}

parentPort!.on('message', (one: Case) => parentPort!.postMessage(outcome(one)))
