import { Markup } from '@flask-ts/markupsafe'
import { numberText } from '@flask-ts/markupsafe/formatting'
import { ValueError } from '../errors.ts'
import { type Callable, isCallable } from '../python/call.ts'
import { sortByKeys } from '../python/compare.ts'
import { toIndex } from '../python/convert.ts'
import { type Dict, dictKeys } from '../python/dict.ts'
import { asArray } from '../python/iterate.ts'
import { isDict, isText, typeName } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { isTrue } from '../python/truth.ts'
import type { FilterEvalContext } from './host.ts'

/** The keyword arguments of Python's `json.dumps` that templates can set by policy. */
interface DumpOptions {
  readonly sortKeys: boolean
  readonly ensureAscii: boolean
  readonly indent: string | null
  readonly itemSeparator: string
  readonly keySeparator: string
}

function dumpOptions(given: Readonly<Record<string, unknown>>): DumpOptions {
  const { sort_keys, ensure_ascii = true, indent = null, separators = null } = given
  const [item, key] =
    separators === null ? [indent === null ? ', ' : ',', ': '] : asArray(separators).map(print)
  return {
    sortKeys: isTrue(sort_keys),
    ensureAscii: isTrue(ensure_ascii),
    indent:
      indent === null ? null : isText(indent) ? print(indent) : ' '.repeat(Math.max(0, toIndex(indent))),
    itemSeparator: item ?? ', ',
    keySeparator: key ?? ': ',
  }
}

const NOT_ASCII = /[^ -~]/

function text(value: string, options: DumpOptions): string {
  const quoted = JSON.stringify(value)
  if (!options.ensureAscii || !NOT_ASCII.test(quoted)) return quoted
  return quoted.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function number(value: number): string {
  if (Number.isFinite(value)) return numberText(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
}

function keyText(key: unknown): string {
  if (isText(key)) return print(key)
  if (typeof key === 'number') return number(key)
  if (typeof key === 'boolean') return key ? 'true' : 'false'
  if (key === null || key === undefined) return 'null'
  throw new TypeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`)
}

function list(parts: readonly string[], brackets: string, options: DumpOptions, level: number): string {
  const [open, close] = brackets
  if (parts.length === 0) return brackets
  if (options.indent === null) return open + parts.join(options.itemSeparator) + close
  const line = `\n${options.indent.repeat(level + 1)}`
  const body = parts.join(options.itemSeparator + line)
  return `${open}${line}${body}\n${options.indent.repeat(level)}${close}`
}

function dump(value: unknown, options: DumpOptions, outer: unknown[]): string {
  if (isText(value)) return text(print(value), options)
  if (typeof value === 'number') return number(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return String(value)
  if (outer.includes(value)) throw new ValueError('Circular reference detected')
  if (Array.isArray(value) || isDict(value)) {
    outer.push(value)
    const [parts, brackets] = Array.isArray(value)
      ? [value.map((item) => dump(item, options, outer)), '[]']
      : [members(value, options, outer), '{}']
    outer.pop()
    return list(parts, brackets, options, outer.length)
  }
  const own: unknown = typeof value === 'object' ? (value as { toJSON?: unknown }).toJSON : undefined
  if (isCallable(own)) {
    outer.push(value)
    const text = dump(own.call(value), options, outer)
    outer.pop()
    return text
  }
  throw new TypeError(`Object of type ${typeName(value)} is not JSON serializable`)
}

function members(dict: Dict, options: DumpOptions, outer: unknown[]): string[] {
  const keys = dictKeys(dict)
  const sorted = options.sortKeys ? sortByKeys(keys, keys) : keys
  return sorted.map((key) => {
    const value = dict instanceof Map ? dict.get(key) : dict[key as string]
    return text(keyText(key), options) + options.keySeparator + dump(value, options, outer)
  })
}

/**
 * A value as JSON in Python's style.
 *
 * @param options Python's names: `sort_keys`, `ensure_ascii`, `indent`, `separators`.
 * @throws TypeError for what JSON cannot hold.
 */
function jsonDumps(value: unknown, options: Readonly<Record<string, unknown>>): string {
  return dump(value, dumpOptions(options), [])
}

/** `tojson`: JSON that is safe inside HTML and its scripts. */
export function toJson(context: FilterEvalContext, value: unknown, indent: unknown = null): Markup {
  const { policies } = context.environment
  const custom = policies['json.dumps_function']
  const given = (policies['json.dumps_kwargs'] ?? {}) as Readonly<Record<string, unknown>>
  if (typeof indent === 'number') context.environment.checkSize?.(indent)
  const options = indent === null ? given : { ...given, indent }
  const json = isCallable(custom) ? print((custom as Callable)(value, options)) : jsonDumps(value, options)
  return new Markup(
    json.replace(/[<>&']/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
