/** Where a boundary line stands, and whether it is the one that ends the body. */
export interface BoundaryMatch {
  /** Where the content before it ends: at the line break that belongs to the boundary. */
  readonly start: number
  /** Behind its own line break. */
  readonly end: number
  readonly final: boolean
}

const lineFeed = 10
const carriageReturn = 13
const dash = 45

/** The length of the line break at a position: 0, 1 or 2. LF and CR alone count, since clients send them. */
export function lineBreakAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === lineFeed) return 1
  if (bytes[at] !== carriageReturn) return 0
  return bytes[at + 1] === lineFeed ? 2 : 1
}

/** The length of the line break that ends before a position. */
function lineBreakBefore(bytes: Uint8Array, at: number): number {
  const last = bytes[at - 1]
  if (last === lineFeed) return bytes[at - 2] === carriageReturn ? 2 : 1
  return last === carriageReturn ? 1 : 0
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at]; byte === 32 || byte === 9 || byte === 11 || byte === 12; byte = bytes[at]) at++
  return at
}

/**
 * Finds the first boundary line.
 *
 * @param bytes - What has arrived.
 * @param delimiter - `--` and the boundary.
 * @param from - Where to begin to look.
 * @param lineBreak - Whether a line break must stand before it; the first boundary of a body may do without.
 */
export function findBoundary(
  bytes: Buffer,
  delimiter: Buffer,
  from: number,
  lineBreak: boolean,
): BoundaryMatch | undefined {
  for (let at = bytes.indexOf(delimiter, from); at !== -1; at = bytes.indexOf(delimiter, at + 1)) {
    const before = lineBreakBefore(bytes, at)
    if (lineBreak && before === 0) continue
    const start = at - before
    const tail = at + delimiter.length
    if (bytes[tail] === dash && bytes[tail + 1] === dash) {
      const end = skipBlanks(bytes, tail + 2)
      return { start, end: end + lineBreakAt(bytes, end), final: true }
    }
    const end = skipBlanks(bytes, tail)
    const after = lineBreakAt(bytes, end)
    if (after > 0) return { start, end: end + after, final: false }
  }
  return undefined
}

/** Where the first blank line begins and ends, or `undefined`. */
export function findBlankLine(
  bytes: Uint8Array,
  from: number,
): readonly [start: number, end: number] | undefined {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === lineFeed) {
      if (bytes[at + 1] === lineFeed) return [at, at + 2]
    } else if (bytes[at] === carriageReturn) {
      if (bytes[at + 1] === carriageReturn) return [at, at + 2]
      if (bytes[at + 1] === lineFeed && bytes[at + 2] === carriageReturn && bytes[at + 3] === lineFeed) {
        return [at, at + 4]
      }
    }
  }
  return undefined
}

/**
 * Where a boundary could begin that has only partly arrived: at the last line break, unless so much stands behind it
 * that it would be complete; or at a boundary whose own line break is still to come.
 *
 * @returns The length of `bytes` where nothing of the kind is in sight.
 */
export function partialBoundaryIndex(bytes: Buffer, delimiter: Buffer): number {
  const complete = bytes.length - delimiter.length - 2
  const possible = (index: number): number => (index === -1 || index < complete ? bytes.length : index)
  const atLineBreak = Math.min(
    possible(bytes.lastIndexOf(lineFeed)),
    possible(bytes.lastIndexOf(carriageReturn)),
  )
  return Math.min(atLineBreak, openBoundaryIndex(bytes, delimiter))
}

function openBoundaryIndex(bytes: Buffer, delimiter: Buffer): number {
  const at = bytes.lastIndexOf(delimiter)
  const before = at === -1 ? 0 : lineBreakBefore(bytes, at)
  if (before === 0) return bytes.length
  const tail = at + delimiter.length
  const dashed = tail === bytes.length - 1 && bytes[tail] === dash
  return dashed || skipBlanks(bytes, tail) === bytes.length ? at - before : bytes.length
}
