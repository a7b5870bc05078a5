import { Markup } from '@flask-ts/markupsafe'
import { braceFormat } from '@flask-ts/markupsafe/formatting'
import { center, ljust, rjust } from '@flask-ts/markupsafe/strings'
import { htmlText, MARKUP_FORMAT_HOST } from './format-host.ts'
import { iterate } from './iterate.ts'
import { type MethodEntry, methodTable } from './method-table.ts'
import { namedValues, PLAIN_RESULTS, TEXT_RESULTS } from './str-methods.ts'
import { fillArgument, indexArgument, textArgument } from './text-arguments.ts'
import { replaceText } from './text-search.ts'
import { Tuple, tupleFrom } from './tuple.ts'

function mark(result: unknown): unknown {
  if (typeof result === 'string') return new Markup(result)
  if (!Array.isArray(result)) return result
  const marked = result.map(mark)
  return result instanceof Tuple ? tupleFrom(marked) : marked
}

function padded(pad: typeof center, method: string): MethodEntry[1] {
  return (text: Markup, width: unknown, fill?: unknown) =>
    new Markup(
      pad(
        text.toString(),
        indexArgument(width, 0),
        fillArgument(fill === undefined ? undefined : htmlText(fill), method),
      ),
    )
}

/** The methods of markup: those of text, whose results stay markup and whose arguments are escaped. */
export const MARKUP_METHODS = methodTable([
  ...TEXT_RESULTS.map(
    ([signature, method]): MethodEntry => [
      signature,
      (text: Markup, ...args: unknown[]) => mark(method(text.toString(), ...args)),
    ],
  ),
  ...PLAIN_RESULTS.map(
    ([signature, method]): MethodEntry => [
      signature,
      (text: Markup, ...args: unknown[]) =>
        (method as (...all: unknown[]) => unknown)(text.toString(), ...args),
    ],
  ),
  ['center(width, fillchar?, /)', padded(center, 'center')],
  ['ljust(width, fillchar?, /)', padded(ljust, 'ljust')],
  ['rjust(width, fillchar?, /)', padded(rjust, 'rjust')],
  [
    'replace(old, new, count?, /)',
    (text: Markup, old: unknown, replacement: unknown, count: unknown) =>
      new Markup(
        replaceText(
          text.toString(),
          textArgument(old, 'replace'),
          htmlText(replacement),
          indexArgument(count, -1),
        ),
      ),
  ],
  [
    'join(iterable, /)',
    (text: Markup, items: unknown) => new Markup(Array.from(iterate(items), htmlText).join(text.toString())),
  ],
  [
    'format(*args, **kwargs)',
    (text: Markup, positional: unknown[], named: unknown) =>
      new Markup(braceFormat(text.toString(), { positional, named: namedValues(named) }, MARKUP_FORMAT_HOST)),
  ],
  [
    'format_map(mapping, /)',
    (text: Markup, mapping: unknown) =>
      new Markup(
        braceFormat(text.toString(), { positional: [], named: namedValues(mapping) }, MARKUP_FORMAT_HOST),
      ),
  ],
  ['striptags()', (text: Markup) => text.striptags()],
  ['unescape()', (text: Markup) => text.unescape()],
  ['escape(s, /)', (_: Markup, value: unknown) => new Markup(htmlText(value))],
])
