import type { RequestStats, WorkerStats } from '../worker/messages.ts'

function sum(a: readonly number[], b: readonly number[]): number[] {
  return b.map((value, index) => value + (a[index] ?? 0))
}

function sumRequests(a: RequestStats | undefined, b: RequestStats | undefined): RequestStats | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return {
    byClass: sum(a.byClass, b.byClass),
    durations: sum(a.durations, b.durations),
    durationSum: a.durationSum + b.durationSum,
    bytes: a.bytes + b.bytes,
  }
}

/** Adds the counters of a worker that is gone to those before, so that totals never go back. */
export function sumStats(before: WorkerStats | undefined, gone: WorkerStats): WorkerStats {
  return {
    connections: 0,
    active: 0,
    rss: 0,
    loopDelay: 0,
    connectionsTotal: (before?.connectionsTotal ?? 0) + gone.connectionsTotal,
    requestsTotal: (before?.requestsTotal ?? 0) + gone.requestsTotal,
    requests: sumRequests(before?.requests, gone.requests),
  }
}
