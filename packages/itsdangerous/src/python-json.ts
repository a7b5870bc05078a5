/** How a value is written as JSON, in the terms of Python's `json.dumps`. */
export interface JsonOptions {
  /** What stands between items, and between a key and its value. Default `[', ', ': ']`. */
  readonly separators?: readonly [item: string, key: string] | undefined
  /** Whether characters outside ASCII are escaped. Default true. */
  readonly ensureAscii?: boolean | undefined
  /** Whether keys are sorted, by code point. Default false. */
  readonly sortKeys?: boolean | undefined
  /** Spaces per level (or the text of one level) for output in lines. Default none. */
  readonly indent?: number | string | undefined
  /** Turns a value that JSON does not know into one that it does. */
  readonly default?: ((value: unknown) => unknown) | undefined
}

interface Writer {
  readonly item: string
  readonly key: string
  readonly ensureAscii: boolean
  readonly sortKeys: boolean
  readonly indent: string | undefined
  readonly convert: (value: unknown) => unknown
  /** The objects being written, to refuse circles. */
  readonly open: Set<object>
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
}
const notAscii = /["\\\x00-\x1f\x7f-\uffff]/g
const special = /["\\\x00-\x1f]/g

/**
 * Writes a value as Python's `json.dumps` does, byte for byte.
 *
 * Objects and `Map`s become JSON objects, arrays and tuples JSON arrays; `toJSON` is honoured. `NaN` and the
 * infinities are written as Python writes them.
 *
 * @throws {TypeError} For a value that JSON has no form for, and for a circle.
 */
export function dumpJson(value: unknown, options: JsonOptions = {}): string {
  const indent = typeof options.indent === 'number' ? ' '.repeat(options.indent) : options.indent
  const [item, key] = options.separators ?? [indent === undefined ? ', ' : ',', ': ']
  return write(
    value,
    {
      item,
      key,
      indent,
      ensureAscii: options.ensureAscii ?? true,
      sortKeys: options.sortKeys ?? false,
      convert: options.default ?? refuse,
      open: new Set(),
    },
    '\n',
  )
}

function refuse(value: unknown): never {
  const name = typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value
  throw new TypeError(
    `A value of type ${name} has no form in JSON: convert it first, or pass \`default\`, a function that does`,
  )
}

function write(value: unknown, to: Writer, line: string): string {
  switch (typeof value) {
    case 'string':
      return quoteJson(value, to.ensureAscii)
    case 'number':
      return jsonNumber(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return String(value)
    case 'undefined':
      return 'null'
    case 'object':
      return value === null ? 'null' : writeObject(value, to, line)
    default:
      return write(to.convert(value), to, line)
  }
}

function writeObject(value: object, to: Writer, line: string): string {
  if (to.open.has(value)) throw new TypeError('A value that contains itself has no form in JSON')
  to.open.add(value)
  const text = Array.isArray(value)
    ? wrap(
        value.map((member) => write(member, to, line + (to.indent ?? ''))),
        '[',
        ']',
        to,
        line,
      )
    : isMapping(value)
      ? writeMapping(value, to, line)
      : write(hasToJson(value) ? value.toJSON() : to.convert(value), to, line)
  to.open.delete(value)
  return text
}

function isMapping(value: object): value is Map<unknown, unknown> | Record<string, unknown> {
  if (value instanceof Map) return true
  const prototype = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && !hasToJson(value)
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function'
}

function writeMapping(
  value: Map<unknown, unknown> | Record<string, unknown>,
  to: Writer,
  line: string,
): string {
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  if (to.sortKeys) entries.sort(([a], [b]) => compareKeys(a, b))
  const inner = line + (to.indent ?? '')
  const members = entries.map(
    ([key, member]) => quoteJson(keyText(key), to.ensureAscii) + to.key + write(member, to, inner),
  )
  return wrap(members, '{', '}', to, line)
}

function wrap(members: readonly string[], open: string, close: string, to: Writer, line: string): string {
  if (members.length === 0) return open + close
  if (to.indent === undefined) return open + members.join(to.item) + close
  const inner = line + to.indent
  return open + inner + members.join(to.item.trimEnd() + inner) + line + close
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key
  if (typeof key === 'number') return jsonNumber(key)
  if (typeof key === 'boolean') return key ? 'true' : 'false'
  if (typeof key === 'bigint') return String(key)
  if (key === null || key === undefined) return 'null'
  throw new TypeError(`A key of JSON must be text, a number, a boolean or null, not ${typeof key}`)
}

function compareKeys(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) {
    throw new TypeError(`Keys of different types cannot be sorted: ${typeof a} and ${typeof b}`)
  }
  return compareCodePoints(String(a), String(b))
}

/**
 * The order of two texts by code point, where JavaScript's own compares UTF-16 units.
 *
 * @returns Less than, equal to or greater than 0.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // A surrogate stands for a character above every other unit.
    const xHigh = x >= 0xd800 && x <= 0xdfff
    const yHigh = y >= 0xd800 && y <= 0xdfff
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1
  }
  return a.length - b.length
}

/**
 * A number as Python prints it: at least two digits in an exponent, which begins at 1e16.
 */
export function jsonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return Object.is(value, -0) ? '-0.0' : String(value)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  const text = String(value)
  const size = Math.abs(value)
  if (size >= 1e16 || size < 1e-4) {
    const [digits, exponent] = (text.includes('e') ? text : value.toExponential()).split('e') as [
      string,
      string,
    ]
    const sign = exponent[0] === '-' ? '-' : '+'
    return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
  }
  return text
}

/**
 * Text as a JSON string.
 *
 * @param ensureAscii - Whether characters outside ASCII (and DEL) are escaped, as UTF-16 units.
 */
export function quoteJson(text: string, ensureAscii: boolean): string {
  return `"${text.replace(ensureAscii ? notAscii : special, escapeUnit)}"`
}

function escapeUnit(unit: string): string {
  return shortEscapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const constants = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/gs

/**
 * Reads JSON as Python's `json.loads` does, that is with `NaN` and the infinities.
 *
 * @throws {SyntaxError} If the text is not JSON.
 */
export function loadJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return loadWithConstants(text)
  }
}

/** Reads the constants as strings with a mark that the text does not contain, and turns them back. */
function loadWithConstants(text: string): unknown {
  let mark = '\u0001'
  while (text.includes(JSON.stringify(mark).slice(1, -1))) mark += '\u0001'
  const marked = text.replace(constants, (token) =>
    token.startsWith('"') ? token : JSON.stringify(mark + token),
  )
  return JSON.parse(marked, (_key, value) =>
    typeof value === 'string' && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  )
}
