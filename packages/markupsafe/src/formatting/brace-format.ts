import type { FormatHost } from './format-host.ts'
import { formatValue } from './format-spec.ts'

/** The arguments of one call of `format`. */
export interface FormatArguments {
  readonly positional: readonly unknown[]
  /** The named value; throws if there is none. */
  named(name: string): unknown
}

/** How fields without a number are counted, and whether numbered ones were seen. */
interface Numbering {
  next: number
  manual: boolean
}

/**
 * Replaces the `{fields}` of a text, as Python's `str.format`.
 *
 * @param text The format string.
 * @param values What the fields refer to.
 * @throws The host's errors for a malformed string or a field that is not there.
 */
export function braceFormat(text: string, values: FormatArguments, host: FormatHost): string {
  return expand(text, values, host, { next: 0, manual: false }, 2)
}

function expand(
  text: string,
  values: FormatArguments,
  host: FormatHost,
  numbering: Numbering,
  depth: number,
): string {
  if (depth < 0) throw host.fail('ValueError', 'Max string recursion exceeded')
  let out = ''
  let index = 0
  while (index < text.length) {
    const char = text.charAt(index)
    if (char !== '{' && char !== '}') {
      const next = nextBrace(text, index)
      out += text.slice(index, next)
      index = next
    } else if (text.charAt(index + 1) === char) {
      out += char
      index += 2
    } else if (char === '}') {
      throw host.fail('ValueError', "Single '}' encountered in format string")
    } else {
      const end = fieldEnd(text, index + 1, host)
      out += field(text.slice(index + 1, end), values, host, numbering, depth)
      index = end + 1
    }
  }
  return out
}

function nextBrace(text: string, from: number): number {
  let index = from
  while (index < text.length && text.charAt(index) !== '{' && text.charAt(index) !== '}') index++
  return index
}

function fieldEnd(text: string, from: number, host: FormatHost): number {
  let depth = 1
  let inKey = false
  let inSpec = false
  for (let index = from; index < text.length; index++) {
    const char = text.charAt(index)
    if (!inSpec && depth === 1) {
      if (char === '[') inKey = true
      else if (char === ']') inKey = false
      else if (char === ':' || char === '!') inSpec = !inKey
    }
    if (inKey) continue
    if (char === '{') depth++
    else if (char === '}' && --depth === 0) return index
  }
  const message =
    from >= text.length ? "Single '{' encountered in format string" : "expected '}' before end of string"
  throw host.fail('ValueError', message)
}

const FIELD = /^([^!:[.]*(?:\.[^.[!:]*|\[[^\]]*\])*)(?:!(.?))?(?::(.*))?$/su

function field(
  source: string,
  values: FormatArguments,
  host: FormatHost,
  numbering: Numbering,
  depth: number,
): string {
  const match = FIELD.exec(source)
  if (match === null)
    throw host.fail('ValueError', `expected ':' after conversion specifier in '{${source}}'`)
  const [, name = '', conversion, rawSpec = ''] = match
  if (conversion === '') throw host.fail('ValueError', "unmatched '{' in format spec")
  const value = converted(resolve(name, values, host, numbering), conversion, host)
  const spec = rawSpec.includes('{') ? expand(rawSpec, values, host, numbering, depth - 1) : rawSpec
  return host.formatField === undefined ? formatValue(value, spec, host) : host.formatField(value, spec)
}

function converted(value: unknown, conversion: string | undefined, host: FormatHost): unknown {
  switch (conversion) {
    case undefined:
      return value
    case 's':
      return host.print(value)
    case 'r':
      return host.repr(value)
    case 'a':
      return asciiText(host.repr(value))
    default:
      throw host.fail('ValueError', `Unknown conversion specifier '${conversion}'`)
  }
}

/** Escapes everything that is not ASCII, as Python's `ascii`. */
export function asciiText(text: string): string {
  let out = ''
  for (const point of text) {
    const code = point.codePointAt(0) as number
    if (code < 0x80) out += point
    else if (code < 0x100) out += `\\x${code.toString(16)}`
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += `\\U${code.toString(16).padStart(8, '0')}`
  }
  return out
}

const STEP = /\.([^.[]*)|\[([^\]]*)\]/gy

function resolve(name: string, values: FormatArguments, host: FormatHost, numbering: Numbering): unknown {
  const first = /^[^.[]*/.exec(name)?.[0] ?? ''
  let value = firstValue(first, values, host, numbering)
  STEP.lastIndex = 0
  for (const [, attribute, key] of name.slice(first.length).matchAll(STEP)) {
    if (attribute === '' || key === '') throw host.fail('ValueError', 'Empty attribute in format string')
    if (attribute !== undefined) value = host.getAttribute(value, attribute)
    else value = host.getItem(value, /^\d+$/.test(key ?? '') ? Number(key) : (key as string))
  }
  return value
}

function firstValue(first: string, values: FormatArguments, host: FormatHost, numbering: Numbering): unknown {
  if (first !== '' && !/^\d+$/.test(first)) return values.named(first)
  const automatic = first === ''
  if (automatic ? numbering.manual : numbering.next > 0) {
    const [from, to] = automatic
      ? ['manual field specification', 'automatic field numbering']
      : ['automatic field numbering', 'manual field specification']
    throw host.fail('ValueError', `cannot switch from ${from} to ${to}`)
  }
  if (!automatic) numbering.manual = true
  const index = automatic ? numbering.next++ : Number(first)
  if (index >= values.positional.length) {
    throw host.fail('IndexError', `Replacement index ${index} out of range for positional args tuple`)
  }
  return values.positional[index]
}
