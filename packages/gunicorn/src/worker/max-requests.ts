/**
 * Counts requests up to the number after which a worker is replaced.
 *
 * @param max - 0 for no limit.
 * @param jitter - The largest random addition.
 * @param onReached - Called once.
 * @returns What is to be called with each request, `undefined` for no limit.
 */
export function maxRequests(
  max: number,
  jitter: number,
  onReached: (limit: number) => void,
): (() => void) | undefined {
  if (max === 0) return undefined
  const limit = max + Math.floor(Math.random() * (jitter + 1))
  let requests = 0
  return () => {
    if (++requests === limit) onReached(limit)
  }
}
