import { FieldsTooLarge, MalformedRequest } from './errors.ts'
import { latin1Of } from './latin1.ts'
import type { Limits } from './limits.ts'
import { CR, isAuthority, isHostValue, LF, plainHostBytes, tokenBytes } from './syntax.ts'

const SPACE = 32
const COLON = 58
const TAB = 9

/** A line that is not there to its end yet. */
export const INCOMPLETE = -1

/** A CR that no LF follows. */
export function bareCR(): MalformedRequest {
  return new MalformedRequest('a CR without its LF: only CRLF ends a line')
}

/** A field line beyond `maxFieldSize`. */
export function fieldTooLarge(limits: Limits): FieldsTooLarge {
  return new FieldsTooLarge(
    `a field line is larger than the ${limits.maxFieldSize} bytes that maxFieldSize allows`,
  )
}

/** A head beyond `maxHeadSize`. */
export function headTooLarge(limits: Limits): FieldsTooLarge {
  return new FieldsTooLarge(`the head is larger than the ${limits.maxHeadSize} bytes that maxHeadSize allows`)
}

/** Field lines beyond `maxFields`. */
export function tooManyFields(limits: Limits): FieldsTooLarge {
  return new FieldsTooLarge(`there are more than the ${limits.maxFields} field lines that maxFields allows`)
}

/**
 * Where a line ends.
 *
 * @returns The place of its CRLF, `INCOMPLETE`, or -2 if the line is longer than `limit`.
 * @throws MalformedRequest for a lone CR or LF.
 */
export function findLineEnd(bytes: Buffer, lineAt: number, end: number, limit: number): number {
  let at = lineAt
  while (at < end && bytes[at] !== CR && bytes[at] !== LF) at++
  if (at - lineAt > limit) return -2
  if (at === end) return INCOMPLETE
  if (bytes[at] === LF) throw new MalformedRequest('an LF without its CR: only CRLF ends a line')
  if (at + 1 === end) return INCOMPLETE
  if (bytes[at + 1] !== LF) throw bareCR()
  return at
}

/** What keeps a complete line from being a field line. */
export function whatIsWrongWithField(line: string): string {
  if (line.startsWith(' ') || line.startsWith('\t'))
    return 'a line begins with white space: folding is refused'
  const colon = line.indexOf(':')
  if (colon < 0) return 'a field line has no colon'
  for (let i = 0; i < colon; i++) {
    if (tokenBytes[line.charCodeAt(i)] === 0) return 'a field name is not a token'
  }
  return colon === 0 ? 'a field name is empty' : 'a field value holds a control character'
}

/** Whether `SP HTTP/d.d` stands at `at`. */
export function isVersion(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === SPACE &&
    bytes[at + 1] === 0x48 &&
    bytes[at + 2] === 0x54 &&
    bytes[at + 3] === 0x54 &&
    bytes[at + 4] === 0x50 &&
    bytes[at + 5] === 0x2f &&
    isDigit(bytes[at + 6]!) &&
    bytes[at + 7] === 0x2e &&
    isDigit(bytes[at + 8]!)
  )
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** Whether the method between the places is CONNECT. */
export function isConnect(bytes: Buffer, from: number, to: number): boolean {
  return to - from === 7 && bytes[from] === 0x43 && latin1Of(bytes, from, to) === 'CONNECT'
}

/** Checks the form of a target that is not a plain path (RFC 9112, 3.2). */
export function checkTarget(method: string, target: string): void {
  if (method === 'CONNECT') {
    if (!isAuthority(target)) throw new MalformedRequest('CONNECT needs host:port as its target')
  } else if (target === '*') {
    if (method !== 'OPTIONS') throw new MalformedRequest('the target * is for OPTIONS only')
  } else if (!/^https?:\/\//i.test(target)) {
    throw new MalformedRequest('the target is in none of the four forms')
  }
}

/** Whether the bytes at `at` are `name`, whatever their case. They are known to be token characters. */
export function matches(bytes: Buffer, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    if ((bytes[at + i]! | 0x20) !== name.charCodeAt(i)) return false
  }
  return true
}

/** The value of a field as text, without the blanks around it. */
export function valueOf(bytes: Buffer, nameEnd: number, end: number): string {
  let from = nameEnd + 1
  let to = end
  while (from < to && (bytes[from] === SPACE || bytes[from] === TAB)) from++
  while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === TAB)) to--
  return latin1Of(bytes, from, to)
}

/** A second line of a list field continues the first. */
export function added(list: string | undefined, value: string): string {
  return list === undefined ? value : `${list},${value}`
}

/** Whether a Host value is valid: a plain name with an optional port is told without making a text of it. */
export function isHost(bytes: Buffer, from: number, end: number): boolean {
  let at = from
  while (at < end && bytes[at] === SPACE) at++
  while (at < end && plainHostBytes[bytes[at]!] === 1) at++
  if (at < end && bytes[at] === COLON) {
    at++
    while (at < end && isDigit(bytes[at]!)) at++
  }
  return at === end || isHostValue(valueOf(bytes, from - 1, end))
}
