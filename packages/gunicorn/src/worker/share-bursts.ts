/** Connections that come within this time of each other are a burst, in milliseconds. */
const burstGap = 1

/** How long a worker that meets a burst sleeps, so that the others wake and take their part, in milliseconds. */
const nap = 0.25

/** The part of its time that it may sleep away, and how much of it can be saved up, in milliseconds. */
const share = 0.03
const mostSaved = 4

/**
 * Keeps one worker from taking all connections of a burst. Workers share their listening sockets, and a worker that is
 * awake accepts until the queue is empty, long before those that slept are awake. Connections that are kept alive then
 * stay where they are, so that one worker would work for all.
 *
 * @returns What is to be called with each new connection.
 */
export function burstSharer(): () => void {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  let last = performance.now()
  let saved = mostSaved
  return () => {
    const now = performance.now()
    const since = now - last
    last = now
    saved = Math.min(mostSaved, saved + since * share)
    if (since > burstGap || saved < nap) return
    saved -= nap
    Atomics.wait(cell, 0, 0, nap)
    last = performance.now()
  }
}
