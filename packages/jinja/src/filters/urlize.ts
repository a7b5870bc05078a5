import { escapeText, Markup } from '@flask-ts/markupsafe'
import { codePoints, SPACE_CLASS, split, textLength } from '@flask-ts/markupsafe/strings'
import { FilterArgumentError } from '../errors.ts'
import { toIndex } from '../python/convert.ts'
import { htmlText } from '../python/format-host.ts'
import { iterate } from '../python/iterate.ts'
import { print, quote } from '../python/print.ts'
import { isTrue } from '../python/truth.ts'
import type { FilterEvalContext } from './host.ts'

const W = '\\p{L}\\p{N}_'
const HTTP = new RegExp(
  `^((https?://|www\\.)(([${W}%\\-]+\\.)+)?([a-z]{2,63}|xn--[${W}%]{2,59})` +
    `|([${W}%\\-]{2,63}\\.)+(com|net|int|edu|gov|org|info|mil)` +
    '|(https?://)(((\\p{Nd}{1,3})(\\.\\p{Nd}{1,3}){3})|(\\[([\\p{Nd}a-f]{0,4}:){2}([\\p{Nd}a-f]{0,4}:?){1,6}\\])))' +
    '(?::\\p{Nd}{1,5})?(?:[/?#]\\S*)?$',
  'iu',
)
const EMAIL = new RegExp(`^\\S+@[${W}][${W}.\\-]*\\.[${W}]+$`, 'u')
const SCHEME = new RegExp(`^([${W}.+\\-]{2,}:(/){0,2})$`, 'u')
const SPACES = new RegExp(`([${SPACE_CLASS}]+)`, 'u')
const BRACKETS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const

/** What the links look like. */
interface LinkStyle {
  /** Of the text of a link, in characters; looked at only when there is one. */
  readonly limit: unknown
  readonly rel: string
  readonly target: string
  readonly schemes: readonly string[]
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

/** A word and the punctuation around it. */
function pieces(word: string): [head: string, middle: string, tail: string] {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? ''
  let middle = word.slice(head.length)
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? ''
  middle = middle.slice(0, middle.length - tail.length)
  // Brackets that were opened inside the word are closed inside it.
  for (const [open, close] of BRACKETS) {
    const opened = count(middle, open)
    if (opened <= count(middle, close)) continue
    for (let left = Math.min(opened, count(tail, close)); left > 0; left--) {
      const end = tail.indexOf(close) + close.length
      middle += tail.slice(0, end)
      tail = tail.slice(end)
    }
  }
  return [head, middle, tail]
}

function link(text: string, style: LinkStyle): string {
  const attributes = style.rel + style.target
  if (HTTP.test(text)) {
    const href = text.startsWith('https://') || text.startsWith('http://') ? text : `https://${text}`
    return `<a href="${href}"${attributes}>${shorten(text, style.limit)}</a>`
  }
  if (text.startsWith('mailto:') && EMAIL.test(text.slice(7))) {
    return `<a href="${text}">${text.slice(7)}</a>`
  }
  if (isAddress(text)) return `<a href="mailto:${text}">${text}</a>`
  return style.schemes.reduce(
    (out, scheme) =>
      out !== scheme && out.startsWith(scheme) ? `<a href="${out}"${attributes}>${out}</a>` : out,
    text,
  )
}

function isAddress(text: string): boolean {
  return (
    text.includes('@') &&
    !text.startsWith('www.') &&
    !text.startsWith('@') &&
    !text.includes(':') &&
    EMAIL.test(text)
  )
}

function shorten(text: string, given: unknown): string {
  if (given === null) return text
  const limit = toIndex(given)
  if (textLength(text) <= limit) return text
  const points = codePoints(text)
  return `${points.slice(0, limit < 0 ? points.length + limit : limit).join('')}...`
}

function relation(policies: Readonly<Record<string, unknown>>, nofollow: unknown, rel: unknown): string {
  const parts = new Set(rel === null ? [] : split(print(rel)))
  if (isTrue(nofollow)) parts.add('nofollow')
  const policy = policies['urlize.rel']
  for (const part of isTrue(policy) ? split(print(policy)) : []) parts.add(part)
  return [...parts].sort().join(' ')
}

function schemesOf(given: unknown, policies: Readonly<Record<string, unknown>>): string[] {
  const source = given ?? policies['urlize.extra_schemes']
  const schemes = isTrue(source) ? Array.from(iterate(source), print) : []
  for (const scheme of schemes) {
    if (!SCHEME.test(scheme))
      throw new FilterArgumentError(`${quote(scheme)} is not a valid URI scheme prefix.`)
  }
  return schemes
}

/** `urlize`: addresses in a text become links. */
export function urlize(
  context: FilterEvalContext,
  value: unknown,
  trimUrlLimit: unknown = null,
  nofollow: unknown = false,
  target: unknown = null,
  rel: unknown = null,
  extraSchemes: unknown = null,
): unknown {
  const { policies } = context.environment
  const relText = relation(policies, nofollow, rel)
  const targetText = target ?? policies['urlize.target']
  const style: LinkStyle = {
    limit: trimUrlLimit,
    rel: relText === '' ? '' : ` rel="${escapeText(relText)}"`,
    target: isTrue(targetText) ? ` target="${htmlText(targetText)}"` : '',
    schemes: schemesOf(extraSchemes, policies),
  }
  const words = htmlText(value).split(SPACES)
  const out = words.map((word) => {
    // Without one of these nothing is an address, whatever the schemes: those end with a colon.
    if (!/[.@:]/.test(word)) return word
    const [head, middle, tail] = pieces(word)
    return head + link(middle, style) + tail
  })
  return context.autoescape ? new Markup(out.join('')) : out.join('')
}
