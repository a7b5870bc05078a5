import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const script = new URL('./wrk.lua', import.meta.url).pathname

/** What is sent. */
export interface Load {
  readonly method?: string | undefined
  readonly path: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  /** Connections kept open. Default 64. */
  readonly connections?: number | undefined
  /** Requests sent at once on each connection. Default 1. */
  readonly pipeline?: number | undefined
}

/** What `wrk` saw. */
export interface LoadResult {
  readonly requests: number
  readonly rps: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly errors: number
}

/**
 * Drives a server with `wrk`, pinned to the second core.
 *
 * @param seconds - How long.
 * @throws If `wrk` (Debian's package of that name) is not there.
 */
export async function drive(port: number, load: Load, seconds: number): Promise<LoadResult> {
  // Waiting in a long queue is slow, which the percentiles say, but no error: wrk's own patience is two seconds.
  const wrk = ['wrk', '-t1', `-c${load.connections ?? 64}`, `-d${seconds}s`, '--timeout', '20s', '-s', script]
  const args = ['-c', '1', ...wrk]
  const { stdout } = await run('taskset', [...args, `http://127.0.0.1:${port}${load.path}`], {
    env: {
      ...process.env,
      WRK_METHOD: load.method ?? 'GET',
      WRK_BODY: load.body ?? '',
      WRK_HEADERS: Object.entries(load.headers ?? {})
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
      WRK_PIPELINE: String(load.pipeline ?? 1),
    },
  })
  const line = stdout.split('\n').find((text) => text.startsWith('RESULT '))
  if (line === undefined) throw new Error(`bench: wrk printed no result:\n${stdout}`)
  const [requests, micros, p50, p99, errors] = line.slice(7).split(' ').map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { requests, rps: requests / (micros / 1e6), p50Ms: p50 / 1000, p99Ms: p99 / 1000, errors }
}
