import type { RequestStats } from './messages.ts'

/** Upper bounds of the duration buckets, in milliseconds. */
export const durationBounds: readonly number[] = [
  1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000,
]

/** Counts the requests of one worker that have ended. */
export class RequestCounter implements RequestStats {
  readonly byClass: number[] = [0, 0, 0, 0, 0, 0]
  readonly durations: number[] = durationBounds.map(() => 0).concat(0)
  durationSum = 0
  bytes = 0

  /**
   * @param duration - In milliseconds.
   */
  add(status: number, duration: number, bytes: number): void {
    const group = Math.trunc(status / 100)
    this.byClass[group >= 1 && group <= 5 ? group : 0]!++
    let bucket = 0
    while (bucket < durationBounds.length && duration > durationBounds[bucket]!) bucket++
    this.durations[bucket]!++
    this.durationSum += duration
    this.bytes += bytes
  }
}
