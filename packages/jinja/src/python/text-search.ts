import { codePoints, hasAstral, pointsToUnits, textLength, unitsToPoints } from '@flask-ts/markupsafe/strings'
import { ValueError } from '../errors.ts'
import { toIndex } from './convert.ts'
import { isText, typeName } from './kinds.ts'
import { print } from './print.ts'
import { textArgument } from './text-arguments.ts'
import { Tuple } from './tuple.ts'

/** The part of a text that a search looks at, and where it begins in code points. */
interface Region {
  readonly text: string
  readonly offset: number
  /** Whether the part begins behind the end, where not even the empty text is found. */
  readonly outside: boolean
}

function place(value: unknown, length: number, absent: number): number {
  if (value === undefined || value === null) return absent
  const at = toIndex(value)
  return at < 0 ? Math.max(0, at + length) : at
}

function region(text: string, start: unknown, end: unknown): Region {
  if (start === undefined && end === undefined) return { text, offset: 0, outside: false }
  const length = textLength(text)
  const from = place(start, length, 0)
  const to = Math.min(place(end, length, length), length)
  const part = from < to ? text.slice(pointsToUnits(text, from), pointsToUnits(text, to)) : ''
  return { text: part, offset: from, outside: from > to }
}

/** The first position of a text in another, in code points, or -1. */
export function find(text: string, sub: unknown, start?: unknown, end?: unknown): number {
  const within = region(text, start, end)
  const at = within.outside ? -1 : within.text.indexOf(textArgument(sub, 'find'))
  return at < 0 ? -1 : within.offset + unitsToPoints(within.text, at)
}

/** The last position of a text in another, in code points, or -1. */
export function rfind(text: string, sub: unknown, start?: unknown, end?: unknown): number {
  const within = region(text, start, end)
  const at = within.outside ? -1 : within.text.lastIndexOf(textArgument(sub, 'rfind'))
  return at < 0 ? -1 : within.offset + unitsToPoints(within.text, at)
}

/** Gives a position that a search found. */
export function found(at: number): number {
  if (at < 0) throw new ValueError('substring not found')
  return at
}

/** How often a text occurs in another without overlapping. */
export function countText(text: string, sub: unknown, start?: unknown, end?: unknown): number {
  const within = region(text, start, end)
  const wanted = textArgument(sub, 'count')
  if (within.outside) return 0
  return wanted === '' ? textLength(within.text) + 1 : within.text.split(wanted).length - 1
}

/** Whether a text begins (or ends) with another, or with one of a tuple. */
export function hasAffix(
  text: string,
  method: 'startswith' | 'endswith',
  affix: unknown,
  start?: unknown,
  end?: unknown,
): boolean {
  const within = region(text, start, end)
  const candidates = affix instanceof Tuple ? affix : [affix]
  return candidates.some((candidate) => {
    if (!isText(candidate)) {
      const got = typeName(candidate)
      throw new TypeError(`${method} first arg must be str or a tuple of str, not ${got}`)
    }
    const wanted = print(candidate)
    if (within.outside) return false
    return method === 'startswith' ? within.text.startsWith(wanted) : within.text.endsWith(wanted)
  })
}

/** Replaces a text, at most `count` times unless that is negative; the empty text is found around every character. */
export function replaceText(text: string, old: string, replacement: string, count: number): string {
  if (count === 0) return text
  if (old === '') return interleave(text, replacement, count)
  if (count < 0) return text.split(old).join(replacement)
  const parts = text.split(old)
  const head = parts.slice(0, count + 1).join(replacement)
  return parts.length > count + 1 ? head + old + parts.slice(count + 1).join(old) : head
}

function interleave(text: string, replacement: string, count: number): string {
  const points = hasAstral(text) ? codePoints(text) : text.split('')
  let left = count < 0 ? points.length + 1 : count
  let out = ''
  for (const point of points) out += left-- > 0 ? replacement + point : point
  return left > 0 ? out + replacement : out
}
