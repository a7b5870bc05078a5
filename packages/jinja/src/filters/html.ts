import { escapeText, hasHtml, Markup, stripTags, unescapeText } from '@flask-ts/markupsafe'
import { AttributeError, ValueError } from '../errors.ts'
import { dictEntries } from '../python/dict.ts'
import { htmlText, toMarkup } from '../python/format-host.ts'
import { tryIterate } from '../python/iterate.ts'
import { isDict, isText, typeName } from '../python/kinds.ts'
import { print, quote } from '../python/print.ts'
import { refuseUndefined } from '../python/protocol.ts'
import { isTrue } from '../python/truth.ts'
import { isUndefined } from '../undefined/undefined.ts'
import type { FilterEvalContext } from './host.ts'
import { pairOf } from './pairs.ts'

const BAD_KEY = /[ \t\n\r\f\v/>=]/

/** `escape`: safe markup of any value. */
export function escapeFilter(value: unknown): Markup {
  return toMarkup(value)
}

/** `forceescape`: escapes even what is markup already. */
export function forceEscape(value: unknown): Markup {
  return new Markup(escapeText(hasHtml(value) ? value.__html__() : print(value)))
}

/** `safe`: the value is markup as it is. */
export function safe(value: unknown): Markup {
  if (value instanceof Markup) return value
  return new Markup(hasHtml(value) ? value.__html__() : print(value))
}

/** `striptags`: the text of HTML. */
export function stripTagsFilter(value: unknown): string {
  return unescapeText(stripTags(hasHtml(value) ? value.__html__() : print(value)))
}

/** `xmlattr`: attributes of a tag from a dict. */
export function xmlAttr(context: FilterEvalContext, dict: unknown, autospace: unknown = true): unknown {
  if (!isDict(dict)) {
    refuseUndefined(dict)
    throw new AttributeError(`'${typeName(dict)}' object has no attribute 'items'`)
  }
  const parts: string[] = []
  for (const [key, value] of dictEntries(dict)) {
    if (value === null || value === undefined || isUndefined(value)) continue
    if (!isText(key)) throw new TypeError(`expected string as attribute name, got '${typeName(key)}'`)
    if (BAD_KEY.test(print(key))) {
      throw new ValueError(`Invalid character in attribute name: ${quote(print(key))}`)
    }
    parts.push(`${htmlText(key)}="${htmlText(value)}"`)
  }
  const joined = parts.join(' ')
  const text = isTrue(autospace) && joined !== '' ? ` ${joined}` : joined
  return context.autoescape ? new Markup(text) : text
}

const UNRESERVED = /[A-Za-z0-9_.~-]/

function urlQuote(value: unknown, forQuery: boolean): string {
  let out = ''
  for (const byte of value instanceof Uint8Array ? value : new TextEncoder().encode(print(value))) {
    const char = String.fromCharCode(byte)
    if (UNRESERVED.test(char) || (char === '/' && !forQuery)) out += char
    else if (char === ' ' && forQuery) out += '+'
    else out += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}

/** `urlencode`: a text for a path, or pairs for a query string. */
export function urlEncode(value: unknown): string {
  const items = isText(value) ? null : tryIterate(value)
  if (items === null) return urlQuote(value, false)
  const pairs = isDict(value) ? dictEntries(value) : Array.from(items, pairOf)
  return pairs.map(([key, item]) => `${urlQuote(key, true)}=${urlQuote(item, true)}`).join('&')
}
