import type { RequestStats, WorkerStats } from '../worker/messages.ts'
import { durationBounds } from '../worker/request-counter.ts'

/** What the metrics page is made of. */
export interface Snapshot {
  readonly wanted: number
  readonly started: number
  readonly live: readonly {
    readonly pid: number
    readonly state: string
    readonly stats: WorkerStats | undefined
  }[]
  /** Counters of workers that are gone. */
  readonly departed: WorkerStats | undefined
}

type Sample = readonly [labels: string, value: number]

function metric(name: string, type: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(
    ([labels, value]) => `gunicorn_${name}${labels === '' ? '' : `{${labels}}`} ${value}`,
  )
  return [`# HELP gunicorn_${name} ${help}`, `# TYPE gunicorn_${name} ${type}`, ...lines].join('\n')
}

function total(all: readonly WorkerStats[], of: (stats: WorkerStats) => number): number {
  return all.reduce((sum, stats) => sum + of(stats), 0)
}

function sums(all: readonly RequestStats[], of: (stats: RequestStats) => readonly number[]): number[] {
  const result: number[] = []
  for (const stats of all) {
    for (const [index, value] of of(stats).entries()) result[index] = (result[index] ?? 0) + value
  }
  return result
}

function durations(all: readonly RequestStats[]): string {
  const counts = sums(all, (stats) => stats.durations)
  let below = 0
  const buckets = counts.map((count, index) => {
    below += count
    const bound = durationBounds[index]
    return `gunicorn_request_duration_seconds_bucket{le="${bound === undefined ? '+Inf' : bound / 1000}"} ${below}`
  })
  const seconds = all.reduce((sum, stats) => sum + stats.durationSum, 0) / 1000
  return [
    '# HELP gunicorn_request_duration_seconds Time from the complete head of a request to the end of its response.',
    '# TYPE gunicorn_request_duration_seconds histogram',
    ...buckets,
    `gunicorn_request_duration_seconds_sum ${seconds}`,
    `gunicorn_request_duration_seconds_count ${below}`,
  ].join('\n')
}

/** The metrics page, in the text format of Prometheus (version 0.0.4). */
export function metricsPage({ wanted, started, live, departed }: Snapshot): string {
  const present = live.flatMap(({ stats }) => (stats === undefined ? [] : [stats]))
  const all = departed === undefined ? present : [...present, departed]
  const requests = all.flatMap(({ requests: stats }) => (stats === undefined ? [] : [stats]))
  const states = ['booting', 'serving', 'replaced', 'ending'].map(
    (state): Sample => [`state="${state}"`, live.filter((worker) => worker.state === state).length],
  )
  const perWorker = (of: (stats: WorkerStats) => number): Sample[] =>
    live.flatMap(({ pid, stats }) => (stats === undefined ? [] : [[`pid="${pid}"`, of(stats)] as const]))
  const classes = sums(requests, (stats) => stats.byClass).map(
    (count, index): Sample => [`class="${index === 0 ? 'none' : `${index}xx`}"`, count],
  )
  return `${[
    metric('workers', 'gauge', 'Worker processes by what they are doing.', states),
    metric('workers_wanted', 'gauge', 'How many workers there should be.', [['', wanted]]),
    metric('workers_started_total', 'counter', 'Workers started so far.', [['', started]]),
    metric(
      'connections',
      'gauge',
      'Open connections.',
      perWorker((stats) => stats.connections),
    ),
    metric(
      'requests_active',
      'gauge',
      'Requests that are being answered.',
      perWorker((stats) => stats.active),
    ),
    metric('connections_total', 'counter', 'Connections so far.', [
      ['', total(all, (s) => s.connectionsTotal)],
    ]),
    metric('requests_total', 'counter', 'Requests so far.', [['', total(all, (s) => s.requestsTotal)]]),
    metric('responses_total', 'counter', 'Responses so far, by class.', classes),
    metric('response_bytes_total', 'counter', 'Bytes of response bodies so far.', [
      ['', requests.reduce((sum, stats) => sum + stats.bytes, 0)],
    ]),
    durations(requests),
    metric(
      'worker_memory_bytes',
      'gauge',
      'Resident memory.',
      perWorker((stats) => stats.rss),
    ),
    metric(
      'worker_loop_delay_seconds',
      'gauge',
      'How late the last heartbeat was: what a request waits for the event loop.',
      perWorker((stats) => stats.loopDelay / 1000),
    ),
  ].join('\n')}\n`
}
