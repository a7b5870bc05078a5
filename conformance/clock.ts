/**
 * Runs a function while `Date.now` stands still.
 *
 * @param seconds - The time since 1970 UTC in seconds; `undefined` leaves the clock alone.
 */
export async function atTime<Result>(
  seconds: number | undefined,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  if (seconds === undefined) return run()
  const { now } = Date
  Date.now = () => seconds * 1000
  try {
    return await run()
  } finally {
    Date.now = now
  }
}
