import { hasHtml } from '../has-html.ts'
import type { FormatHost } from './format-host.ts'
import { formatValue } from './format-spec.ts'

/** A value that can be formatted into markup with a specification of its own. */
interface HasHtmlFormat {
  __html_format__(spec: string): unknown
}

function hasHtmlFormat(value: unknown): value is HasHtmlFormat {
  return typeof (value as Partial<HasHtmlFormat> | null | undefined)?.__html_format__ === 'function'
}

/**
 * Turns a formatting host into one whose fields are escaped, by the rules of markup.
 *
 * @param host How values print before they are escaped.
 * @param toHtml Makes safe HTML of any value.
 */
export function escapingHost(host: FormatHost, toHtml: (value: unknown) => string): FormatHost {
  return {
    print: toHtml,
    repr: (value) => toHtml(host.repr(value)),
    asText: (value) => (hasHtml(value) ? null : host.asText(value)),
    typeName: (value) => host.typeName(value),
    getAttribute: (value, name) => host.getAttribute(value, name),
    getItem: (value, key) => host.getItem(value, key),
    asTuple: (value) => host.asTuple(value),
    isMapping: (value) => host.isMapping(value),
    fail: (failure, message) => host.fail(failure, message),
    refuseNumber: (value) => host.refuseNumber?.(value),
    checkWidth: host.checkWidth === undefined ? undefined : (width) => host.checkWidth?.(width),
    formatField(value, spec) {
      if (hasHtmlFormat(value)) return toHtml(value.__html_format__(spec))
      if (!hasHtml(value)) return toHtml(formatValue(value, spec, host))
      if (spec === '') return toHtml(value)
      const message = `Format specifier ${spec} given, but ${host.typeName(value)} does not define __html_format__. A class that defines __html__ must define __html_format__ to work with format specifiers.`
      throw host.fail('ValueError', message)
    },
  }
}

/** Formatting of plain JavaScript values, for markup that is used outside templates. */
export const PLAIN_HOST: FormatHost = {
  print: String,
  repr: (value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)),
  asText: (value) => (typeof value === 'string' ? value : hasHtml(value) ? value.__html__() : null),
  typeName: (value) => (value === null ? 'null' : typeof value),
  getAttribute: (value, name) => ownValue(value, name),
  getItem: (value, key) => (value instanceof Map ? value.get(key) : ownValue(value, String(key))),
  asTuple: (value) => (Array.isArray(value) ? value : null),
  isMapping: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !hasHtml(value),
  fail: (failure, message) => (failure === 'TypeError' ? new TypeError(message) : new RangeError(message)),
}

function ownValue(value: unknown, name: string): unknown {
  const found =
    value === null || value === undefined ? undefined : Object.getOwnPropertyDescriptor(Object(value), name)
  if (found === undefined)
    throw new RangeError(`There is no '${name}' in the value; a field reaches own properties only.`)
  return (value as Record<string, unknown>)[name]
}
