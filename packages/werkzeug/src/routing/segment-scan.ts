/** Tells whether a text matches a pattern as a whole, without a regular expression. */
export type SegmentScan = (segment: string) => boolean

/** From here on a character may be a decimal digit of another script, or half of a pair. */
const FIRST_FOREIGN = 0x80
const FOREIGN_INT = /^\p{Nd}+$/u
const FOREIGN_FLOAT = /^\p{Nd}+\.\p{Nd}+$/u

function isInteger(segment: string): boolean {
  const length = segment.length
  for (let i = 0; i < length; i++) {
    const code = segment.charCodeAt(i)
    if (code >= 48 && code <= 57) continue
    return code >= FIRST_FOREIGN && FOREIGN_INT.test(segment)
  }
  return length > 0
}

function isFloat(segment: string): boolean {
  let dot = -1
  const length = segment.length
  for (let i = 0; i < length; i++) {
    const code = segment.charCodeAt(i)
    if (code >= 48 && code <= 57) continue
    if (code !== 46) return code >= FIRST_FOREIGN && FOREIGN_FLOAT.test(segment)
    if (dot >= 0) return false
    dot = i
  }
  return dot > 0 && dot < length - 1
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
}

function isUuid(segment: string): boolean {
  if (segment.length !== 36) return false
  for (let i = 0; i < 36; i++) {
    const code = segment.charCodeAt(i)
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== 45) return false
    } else if (!isHex(code)) return false
  }
  return true
}

/** The rest of a path for `<path:...>`: no slash at its beginning, and no line feed after its first character. */
function isRest(text: string): boolean {
  return text.length > 0 && text.charCodeAt(0) !== 47 && text.indexOf('\n', 1) === -1
}

function isNotEmpty(segment: string): boolean {
  return segment.length > 0
}

const SCANS: ReadonlyMap<string, SegmentScan> = new Map([
  ['[^/]+', isNotEmpty],
  ['[^/]{1,}', isNotEmpty],
  ['\\p{Nd}+', isInteger],
  ['\\p{Nd}+\\.\\p{Nd}+', isFloat],
  ['[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}', isUuid],
])

const SCAN_OF_REST: ReadonlyMap<string, SegmentScan> = new Map([['[^/][^\\n]*?', isRest]])

/**
 * A scan that gives the same answers as a pattern.
 *
 * @param regex - The pattern's source.
 * @param final - Whether it sees the rest of the path, slashes included; else a segment without a slash.
 * @returns `undefined` where only a regular expression will do.
 */
export function scanFor(regex: string, final: boolean): SegmentScan | undefined {
  return final ? SCAN_OF_REST.get(regex) : SCANS.get(regex)
}
