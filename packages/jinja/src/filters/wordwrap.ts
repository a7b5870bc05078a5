import { codePoints, hasAstral, splitlines, strip, textLength } from '@flask-ts/markupsafe/strings'
import { AttributeError, ValueError } from '../errors.ts'
import { toIndex } from '../python/convert.ts'
import { isText, typeName } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { refuseUndefined } from '../python/protocol.ts'
import { isTrue } from '../python/truth.ts'
import type { FilterEnvironment } from './host.ts'

const SPACE = '[\\t\\n\\v\\f\\r ]'
const NO_SPACE = '[^\\t\\n\\v\\f\\r ]'
const LETTER = '[\\p{L}]'
const WORD = '[\\p{L}\\p{N}_]'
const PUNCTUATED = '[\\p{L}\\p{N}_!"\'&.,?]'
// Where a line may break: at spaces, between words and dashes, and behind the hyphens of compound words.
const CHUNKS = new RegExp(
  `(${SPACE}+|(?<=${PUNCTUATED})-{2,}(?=${WORD})|${NO_SPACE}+?(?:` +
    `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${PUNCTUATED}-))(?=${LETTER}-?${LETTER})` +
    `|(?=${SPACE}|$)|(?<=${PUNCTUATED})(?=-{2,}${WORD})))`,
  'u',
)
const SPACES = new RegExp(`(${SPACE}+)`, 'u')

/** How to wrap. */
interface WrapOptions {
  readonly width: number
  readonly breakLongWords: boolean
  readonly breakOnHyphens: boolean
}

function wrapLine(text: string, options: WrapOptions): string[] {
  const { width } = options
  const chunks = text
    .split(options.breakOnHyphens ? CHUNKS : SPACES)
    .filter(Boolean)
    .reverse()
  const lines: string[] = []
  while (chunks.length > 0) {
    if (lines.length > 0 && strip(chunks.at(-1) as string) === '') chunks.pop()
    const line: string[] = []
    let used = 0
    while (chunks.length > 0) {
      const size = textLength(chunks.at(-1) as string)
      if (used + size > width) break
      line.push(chunks.pop() as string)
      used += size
    }
    if (chunks.length > 0 && textLength(chunks.at(-1) as string) > width) {
      breakWord(chunks, line, width - used, options)
    }
    if (line.length > 0 && strip(line.at(-1) as string) === '') line.pop()
    if (line.length > 0) lines.push(line.join(''))
  }
  return lines
}

function breakWord(chunks: string[], line: string[], room: number, options: WrapOptions): void {
  if (!options.breakLongWords) {
    if (line.length === 0) line.push(chunks.pop() as string)
    return
  }
  const text = chunks.at(-1) as string
  const chunk = hasAstral(text) ? codePoints(text) : text.split('')
  let end = room
  if (options.breakOnHyphens && chunk.length > room) {
    const hyphen = chunk.slice(0, room).lastIndexOf('-')
    if (hyphen > 0 && chunk.slice(0, hyphen).some((char) => char !== '-')) end = hyphen + 1
  }
  line.push(chunk.slice(0, end).join(''))
  chunks[chunks.length - 1] = chunk.slice(end).join('')
}

function lines(value: unknown): string {
  if (isText(value)) return print(value)
  refuseUndefined(value)
  throw new AttributeError(`'${typeName(value)}' object has no attribute 'splitlines'`)
}

/** `wordwrap`: lines of at most a width in characters. */
export function wordWrap(
  environment: FilterEnvironment,
  value: unknown,
  width: unknown = 79,
  breakLongWords: unknown = true,
  wrapString: unknown = null,
  breakOnHyphens: unknown = true,
): string {
  const end = wrapString === null ? environment.newlineSequence : print(wrapString)
  const wrapped = splitlines(lines(value)).map((line) => {
    const options: WrapOptions = {
      width: toIndex(width),
      breakLongWords: isTrue(breakLongWords),
      breakOnHyphens: isTrue(breakOnHyphens),
    }
    if (options.width <= 0) throw new ValueError(`invalid width ${options.width} (must be > 0)`)
    return wrapLine(line, options).join(end)
  })
  return wrapped.join(end)
}
