/**
 * Whether a byte range is one that a body of this length can have.
 *
 * @param start - First byte, from 0; `null` together with `stop` for "no range".
 * @param stop - The byte behind the last.
 * @param length - Size of the whole in bytes, `null` if it is unknown.
 */
export function isByteRangeValid(start: number | null, stop: number | null, length: number | null): boolean {
  if (start === null || stop === null) return start === stop && (length === null || length >= 0)
  if (start < 0 || start >= stop) return false
  return length === null || start < length
}
