import type { Load } from './wrk.ts'

/** One server that a bench drives. */
export interface Target {
  readonly name: string
  /** The command that serves on a port of 127.0.0.1. */
  readonly command: (port: number) => readonly string[]
  readonly env?: Readonly<Record<string, string>> | undefined
  /** What this target is sent, where that is known only when it runs, such as a cookie that it sets. */
  readonly prepare?: ((port: number, load: Load) => Promise<Load>) | undefined
}

/** One line of a result: a bench's figures for a target. */
export interface Row {
  readonly bench: string
  readonly target: string
  /** Requests (or operations) per second. */
  readonly rps: number
  readonly p99Ms: number
  /** Processor time per request in microseconds. */
  readonly cpuUs: number
  readonly rssKb: number
  /** This target's requests per second divided by each peer's. */
  readonly ratios: Readonly<Record<string, number>>
}

/** How a run is made. */
export interface BenchOptions {
  /** Seconds of load per target and round. */
  readonly seconds: number
  readonly rounds: number
}

/** Something that is measured. */
export interface Bench {
  readonly name: string
  run(options: BenchOptions): Promise<Row[]>
}

/** Adds the ratio of each row to every other. */
export function withRatios(rows: readonly Omit<Row, 'ratios'>[]): Row[] {
  return rows.map((row) => ({
    ...row,
    ratios: Object.fromEntries(
      rows.filter((peer) => peer !== row).map((peer) => [peer.target, row.rps / peer.rps]),
    ),
  }))
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
