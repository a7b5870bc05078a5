import { Markup } from '@flask-ts/markupsafe'
import { capitalize, center, SPACE_CLASS, splitlines, strip } from '@flask-ts/markupsafe/strings'
import { AttributeError, FilterArgumentError } from '../errors.ts'
import { add } from '../python/arithmetic.ts'
import { toIndex } from '../python/convert.ts'
import { toMarkup } from '../python/format-host.ts'
import { lengthOf } from '../python/iterate.ts'
import { isList, isText, typeName } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { refuseUndefined } from '../python/protocol.ts'
import { sliceValue } from '../python/subscript.ts'
import { optionalText } from '../python/text-arguments.ts'
import { replaceText } from '../python/text-search.ts'
import { isTrue } from '../python/truth.ts'
import { tupleFrom } from '../python/tuple.ts'
import { AssertionError } from './assertion-error.ts'
import type { FilterEnvironment, FilterEvalContext } from './host.ts'
import { percentText } from './percent-text.ts'
import { onText, softText } from './text-results.ts'

const WORD_BEGIN = new RegExp(`([-${SPACE_CLASS}({\\[<]+)`, 'u')
const WORD = /[\p{L}\p{N}_]+/gu

/** `upper`: upper case. */
export function upper(value: unknown): unknown {
  return onText(value, (text) => text.toUpperCase())
}

/** `lower`: lower case. */
export function lower(value: unknown): unknown {
  return onText(value, (text) => text.toLowerCase())
}

/** `capitalize`: first letter upper, the rest lower case. */
export function capitalizeFilter(value: unknown): unknown {
  return onText(value, capitalize)
}

/** `title`: words begin in upper case. */
export function titleFilter(value: unknown): string {
  return print(softText(value))
    .split(WORD_BEGIN)
    .map((part) => {
      const first = part === '' ? '' : String.fromCodePoint(part.codePointAt(0) as number)
      return first.toUpperCase() + part.slice(first.length).toLowerCase()
    })
    .join('')
}

/** `center`: padded to a width on both sides. */
export function centerFilter(environment: FilterEnvironment, value: unknown, width: unknown = 80): unknown {
  const size = toIndex(width)
  environment.checkSize?.(size)
  return onText(value, (text) => center(text, size))
}

/** `trim`: without white space, or given characters, at both ends. */
export function trim(value: unknown, chars: unknown = null): unknown {
  const drop = optionalText(chars, 'strip')
  return onText(value, (text) => strip(text, drop))
}

/** `wordcount`: the number of words. */
export function wordCount(value: unknown): number {
  return print(softText(value)).match(WORD)?.length ?? 0
}

/** `replace`: one text by another; escapes where markup is involved. */
export function replaceFilter(
  context: FilterEvalContext,
  value: unknown,
  old: unknown,
  replacement: unknown,
  count: unknown = null,
): unknown {
  const most = count === null ? -1 : toIndex(count)
  const from = print(old)
  if (!context.autoescape) return replaceText(print(value), from, print(replacement), most)
  const hasMarkup = isSafe(old) || (isSafe(replacement) && !isSafe(value))
  const text = hasMarkup ? toMarkup(value) : softText(value)
  if (!(text instanceof Markup)) return replaceText(text, from, print(replacement), most)
  return new Markup(replaceText(text.toString(), from, toMarkup(replacement).toString(), most))
}

function isSafe(value: unknown): boolean {
  return typeof (value as { __html__?: unknown } | null | undefined)?.__html__ === 'function'
}

/** `format`: the `%` operator with arguments. */
export function formatFilter(
  environment: FilterEnvironment,
  value: unknown,
  args: unknown[],
  named: Record<string, unknown>,
): unknown {
  const hasNames = Object.keys(named).length > 0
  if (args.length > 0 && hasNames) {
    throw new FilterArgumentError("can't handle positional and keyword arguments at the same time")
  }
  return percentText(softText(value), hasNames ? named : tupleFrom(args), environment)
}

/** `indent`: every line moved to the right, the first and the blank ones only if wanted. */
export function indent(
  environment: FilterEnvironment,
  value: unknown,
  width: unknown = 4,
  first: unknown = false,
  blank: unknown = false,
): unknown {
  if (!isText(width)) environment.checkSize?.(toIndex(width))
  const indention = isText(width) ? print(width) : ' '.repeat(Math.max(0, toIndex(width)))
  // A list would take the newline as one more item, and then has no lines.
  if (isList(value)) throw new AttributeError("'list' object has no attribute 'splitlines'")
  const lines = splitlines(print(add(value, '\n')))
  const [head = '', ...rest] = lines
  const text = isTrue(blank)
    ? lines.join(`\n${indention}`)
    : [head, ...rest.map((line) => (line === '' ? line : indention + line))].join('\n')
  const out = isTrue(first) ? indention + text : text
  return value instanceof Markup ? new Markup(out) : out
}

/** `truncate`: cut to a length in characters, at a word unless `killwords`. */
export function truncate(
  environment: FilterEnvironment,
  value: unknown,
  length: unknown = 255,
  killwords: unknown = false,
  end: unknown = '...',
  leeway: unknown = null,
): unknown {
  refuseUndefined(length)
  const most = toIndex(length)
  refuseUndefined(leeway)
  const slack = toIndex(leeway ?? environment.policies['truncate.leeway'])
  const room = most - lengthOf(end)
  if (room < 0) throw new AssertionError(`expected length >= ${lengthOf(end)}, got ${most}`)
  if (slack < 0) throw new AssertionError(`expected leeway >= 0, got ${slack}`)
  if (lengthOf(value) <= most + slack) return value
  const cut = sliceValue(value, null, room)
  if (!isText(cut) && !isTrue(killwords)) {
    throw new AttributeError(`'${typeName(cut)}' object has no attribute 'rsplit'`)
  }
  return add(isTrue(killwords) ? cut : onText(cut, withoutLastWord), end)
}

function withoutLastWord(text: string): string {
  const space = text.lastIndexOf(' ')
  return space < 0 ? text : text.slice(0, space)
}
