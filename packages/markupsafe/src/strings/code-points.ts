const SURROGATE = /[\ud800-\udfff]/

/** Whether a text has characters that take two UTF-16 units. */
export function hasAstral(text: string): boolean {
  return SURROGATE.test(text)
}

/** The number of code points of a text, which is what Python calls its length. */
export function textLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}

/** The code points of a text, one string each. */
export function codePoints(text: string): string[] {
  return SURROGATE.test(text) ? Array.from(text) : text.split('')
}

/** The part of a text between two positions counted in code points from 0; `start` must not exceed `end`. */
export function sliceText(text: string, start: number, end: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, end)
  return Array.from(text).slice(start, end).join('')
}

/** Turns an offset in UTF-16 units into one in code points. */
export function unitsToPoints(text: string, units: number): number {
  return SURROGATE.test(text) ? textLength(text.slice(0, units)) : units
}

/** Turns an offset in code points into one in UTF-16 units. */
export function pointsToUnits(text: string, points: number): number {
  if (!SURROGATE.test(text)) return Math.min(points, text.length)
  let units = 0
  let left = points
  for (const point of text) {
    if (left-- <= 0) break
    units += point.length
  }
  return units
}
