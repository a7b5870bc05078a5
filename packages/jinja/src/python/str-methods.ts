import { braceFormat } from '@flask-ts/markupsafe/formatting'
import * as strings from '@flask-ts/markupsafe/strings'
import { KeyError, ValueError } from '../errors.ts'
import { dictFrom, dictGet } from './dict.ts'
import { FORMAT_HOST } from './format-host.ts'
import { iterate } from './iterate.ts'
import { isDict, isText, typeName } from './kinds.ts'
import { type MethodEntry, methodTable } from './method-table.ts'
import { print, repr } from './print.ts'
import { MISSING } from './protocol.ts'
import { fillArgument, indexArgument, optionalText, textArgument } from './text-arguments.ts'
import * as classes from './text-classes.ts'
import * as search from './text-search.ts'
import { isTrue } from './truth.ts'
import { tuple } from './tuple.ts'

function separator(value: unknown, method: string): string | null {
  const sep = optionalText(value, method)
  if (sep === '') throw new ValueError('empty separator')
  return sep
}

/** A function that gives a named value of a dict, as fields of format strings ask for it. */
export function namedValues(values: unknown): (name: string) => unknown {
  return (name) => {
    const value = isDict(values) ? dictGet(values, name) : MISSING
    if (value === MISSING) throw new KeyError(repr(name))
    return value
  }
}

/** The texts of a list that is to be joined. */
function joinable(items: unknown): string[] {
  return Array.from(iterate(items), (item, index) => {
    if (isText(item)) return print(item)
    throw new TypeError(`sequence item ${index}: expected str instance, ${typeName(item)} found`)
  })
}

function encode(text: string, encoding: unknown): Uint8Array {
  const name = (optionalText(encoding, 'encode') ?? 'utf-8').toLowerCase().replace('_', '-')
  if (name === 'utf-8' || name === 'utf8') return new TextEncoder().encode(text)
  const most = name === 'ascii' ? 0x7f : name === 'latin-1' || name === 'iso-8859-1' ? 0xff : -1
  if (most < 0) throw new ValueError(`unknown encoding: ${name}; use 'utf-8', 'ascii' or 'latin-1'`)
  return Uint8Array.from(text, (char) => {
    if (char.charCodeAt(0) > most) throw new ValueError(`'${name}' can't encode character ${repr(char)}`)
    return char.charCodeAt(0)
  })
}

function translate(text: string, table: unknown): string {
  let out = ''
  for (const point of text) {
    const to = isDict(table) ? dictGet(table, point.codePointAt(0)) : MISSING
    if (to === MISSING) out += point
    else if (typeof to === 'number') out += String.fromCodePoint(to)
    else if (to !== null) out += print(to)
  }
  return out
}

function makeTable(from: unknown, to?: unknown, drop?: unknown): unknown {
  if (to === undefined) return from
  const left = strings.codePoints(textArgument(from, 'maketrans'))
  const right = strings.codePoints(textArgument(to, 'maketrans'))
  if (left.length !== right.length) {
    throw new ValueError('the first two maketrans arguments must have equal length')
  }
  const code = (point: string): number => point.codePointAt(0) as number
  const dropped = strings.codePoints(optionalText(drop, 'maketrans') ?? '')
  return dictFrom([
    ...left.map((point, index) => [code(point), code(right[index] as string)] as const),
    ...dropped.map((point) => [code(point), null] as const),
  ])
}

type Text = (text: string, ...args: unknown[]) => unknown

/** The methods whose result is markup if the text is. */
export const TEXT_RESULTS: readonly (readonly [signature: string, method: Text])[] = [
  ['capitalize()', strings.capitalize],
  ['casefold()', strings.casefold],
  ['title()', strings.title],
  ['swapcase()', strings.swapCase],
  ['lower()', (text) => text.toLowerCase()],
  ['upper()', (text) => text.toUpperCase()],
  ['strip(chars?, /)', (text, chars) => strings.strip(text, optionalText(chars, 'strip'))],
  ['lstrip(chars?, /)', (text, chars) => strings.lstrip(text, optionalText(chars, 'lstrip'))],
  ['rstrip(chars?, /)', (text, chars) => strings.rstrip(text, optionalText(chars, 'rstrip'))],
  ['expandtabs(tabsize?)', (text, size) => strings.expandTabs(text, indexArgument(size, 8))],
  ['zfill(width, /)', (text, width) => strings.zfill(text, indexArgument(width, 0))],
  ['removeprefix(prefix, /)', (text, prefix) => withoutPrefix(text, textArgument(prefix, 'removeprefix'))],
  ['removesuffix(suffix, /)', (text, suffix) => withoutSuffix(text, textArgument(suffix, 'removesuffix'))],
  ['translate(table, /)', translate],
  [
    'split(sep?, maxsplit?)',
    (text, sep, most) => strings.split(text, separator(sep, 'split'), indexArgument(most, -1)),
  ],
  [
    'rsplit(sep?, maxsplit?)',
    (text, sep, most) => strings.rsplit(text, separator(sep, 'rsplit'), indexArgument(most, -1)),
  ],
  ['splitlines(keepends?)', (text, keep) => strings.splitlines(text, isTrue(keep))],
  ['partition(sep, /)', (text, sep) => tuple(...strings.partition(text, partitioner(sep)))],
  ['rpartition(sep, /)', (text, sep) => tuple(...strings.rpartition(text, partitioner(sep)))],
]

function partitioner(sep: unknown): string {
  const text = textArgument(sep, 'partition')
  if (text === '') throw new ValueError('empty separator')
  return text
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

/** The methods whose result is the same for markup. */
export const PLAIN_RESULTS: readonly MethodEntry[] = [
  ['find(sub, start?, end?, /)', search.find],
  ['rfind(sub, start?, end?, /)', search.rfind],
  [
    'index(sub, start?, end?, /)',
    (...args: Parameters<typeof search.find>) => search.found(search.find(...args)),
  ],
  [
    'rindex(sub, start?, end?, /)',
    (...args: Parameters<typeof search.find>) => search.found(search.rfind(...args)),
  ],
  ['count(sub, start?, end?, /)', search.countText],
  [
    'startswith(prefix, start?, end?, /)',
    (text: string, ...rest: [unknown]) => search.hasAffix(text, 'startswith', ...rest),
  ],
  [
    'endswith(suffix, start?, end?, /)',
    (text: string, ...rest: [unknown]) => search.hasAffix(text, 'endswith', ...rest),
  ],
  ['isalnum()', classes.isAlnum],
  ['isalpha()', classes.isAlpha],
  ['isascii()', classes.isAscii],
  ['isdecimal()', classes.isDecimal],
  ['isdigit()', classes.isDigit],
  ['isidentifier()', classes.isIdentifier],
  ['islower()', strings.isLower],
  ['isnumeric()', classes.isNumeric],
  ['isprintable()', classes.isPrintable],
  ['isspace()', classes.isSpaces],
  ['istitle()', strings.isTitle],
  ['isupper()', strings.isUpper],
  ['encode(encoding?, errors?)', encode],
  ['maketrans(x, y?, z?, /)', (_: string, ...args: [unknown]) => makeTable(...args)],
]

/** The methods of Python's `str`. */
export const STR_METHODS = methodTable([
  ...TEXT_RESULTS,
  ...PLAIN_RESULTS,
  [
    'center(width, fillchar?, /)',
    (text: string, width: unknown, fill: unknown) =>
      strings.center(text, indexArgument(width, 0), fillArgument(fill, 'center')),
  ],
  [
    'ljust(width, fillchar?, /)',
    (text: string, width: unknown, fill: unknown) =>
      strings.ljust(text, indexArgument(width, 0), fillArgument(fill, 'ljust')),
  ],
  [
    'rjust(width, fillchar?, /)',
    (text: string, width: unknown, fill: unknown) =>
      strings.rjust(text, indexArgument(width, 0), fillArgument(fill, 'rjust')),
  ],
  [
    'replace(old, new, count?, /)',
    (text: string, old: unknown, replacement: unknown, count: unknown) =>
      search.replaceText(
        text,
        textArgument(old, 'replace'),
        textArgument(replacement, 'replace'),
        indexArgument(count, -1),
      ),
  ],
  ['join(iterable, /)', (text: string, items: unknown) => joinable(items).join(text)],
  [
    'format(*args, **kwargs)',
    (text: string, positional: unknown[], named: unknown) =>
      braceFormat(text, { positional, named: namedValues(named) }, FORMAT_HOST),
  ],
  [
    'format_map(mapping, /)',
    (text: string, mapping: unknown) =>
      braceFormat(text, { positional: [], named: namedValues(mapping) }, FORMAT_HOST),
  ],
])
