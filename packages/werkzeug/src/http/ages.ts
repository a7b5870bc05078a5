import { parsePlainInt } from './plain-int.ts'

/** The longest span that Python's `timedelta` can hold, in seconds. */
const longest = 86_399_999_999_999

/**
 * Reads a header's number of seconds, such as that of `Age`.
 *
 * @param text - The header's text.
 * @returns Seconds, or `undefined` for anything but a whole number from 0.
 */
export function parseAge(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined
  const seconds = parsePlainInt(text)
  return seconds === undefined || seconds < 0 || seconds > longest ? undefined : seconds
}

/**
 * Writes a number of seconds for a header.
 *
 * @param age - Seconds from 0; a fraction is dropped.
 * @throws RangeError if it is negative.
 */
export function dumpAge(age: number | null | undefined): string | undefined {
  if (age === null || age === undefined) return undefined
  const seconds = Math.trunc(age)
  if (!(seconds >= 0)) throw new RangeError(`an age cannot be ${age}: give seconds from 0`)
  return String(seconds)
}
