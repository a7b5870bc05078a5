import { Markup } from '@flask-ts/markupsafe'
import { numberText } from '@flask-ts/markupsafe/formatting'
import { type Dict, DictView, dictKeys } from './dict.ts'
import { isDict, typeName } from './kinds.ts'
import { PY_REPR, PY_STR, type PythonValue } from './protocol.ts'
import { Tuple } from './tuple.ts'

const NOT_PRINTABLE = /[\p{C}\p{Z}\\]/u

/** A value as text, as Python's `str()`. */
export function print(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (value instanceof Markup) return value.toString()
  if (typeof value === 'object' && value !== null) {
    const own = (value as PythonValue)[PY_STR]
    if (own !== undefined) return own.call(value)
    if (value instanceof Error) return value.message
  }
  return reprIn(value, [])
}

/** A value as text for programmers, as Python's `repr()`. */
export function repr(value: unknown): string {
  return reprIn(value, [])
}

function reprIn(value: unknown, outer: object[]): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return numberText(value)
    case 'boolean':
      return value ? 'True' : 'False'
    case 'undefined':
      return 'None'
    case 'bigint':
    case 'symbol':
      return String(value)
    case 'function':
      if ((value as PythonValue)[PY_REPR] !== undefined) return objectRepr(value, outer)
      return `<function ${value.name === '' ? '<lambda>' : value.name}>`
    default:
      return value === null ? 'None' : objectRepr(value as object, outer)
  }
}

function objectRepr(value: object, outer: object[]): string {
  const own = (value as PythonValue)[PY_REPR]
  if (own !== undefined) return own.call(value)
  if (value instanceof Markup) return `Markup(${quote(value.toString())})`
  if (Array.isArray(value)) {
    const [open, close] = value instanceof Tuple ? ['(', value.length === 1 ? ',)' : ')'] : ['[', ']']
    if (outer.includes(value)) return `${open}...${close}`
    return open + items(value, value, outer) + close
  }
  if (isDict(value)) return dictRepr(value, outer)
  if (value instanceof Set) return value.size === 0 ? 'set()' : `{${items(value, [...value], outer)}}`
  if (value instanceof DictView) {
    return `dict_${value.kind}([${items(value, value.toArray(), outer)}])`
  }
  return hostRepr(value)
}

function items(owner: object, values: readonly unknown[], outer: object[]): string {
  outer.push(owner)
  let out = ''
  for (let index = 0; index < values.length; index++) {
    out += index === 0 ? reprIn(values[index], outer) : `, ${reprIn(values[index], outer)}`
  }
  outer.pop()
  return out
}

function dictRepr(value: Dict, outer: object[]): string {
  if (outer.includes(value)) return '{...}'
  outer.push(value)
  let out = '{'
  for (const key of dictKeys(value)) {
    const item = value instanceof Map ? value.get(key) : value[key as string]
    out += `${out === '{' ? '' : ', '}${reprIn(key, outer)}: ${reprIn(item, outer)}`
  }
  outer.pop()
  return `${out}}`
}

// Values of the host: by their own `toString`, if they have one.
function hostRepr(value: object): string {
  if (value instanceof Date) return dateText(value)
  if (value instanceof Uint8Array) return bytesRepr(value)
  const text: unknown = (value as { toString?: unknown }).toString
  if (typeof text === 'function' && text !== Object.prototype.toString) return String(value)
  return `<${typeName(value)} object>`
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date'
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '+00:00')
}

function bytesRepr(bytes: Uint8Array): string {
  let out = ''
  const mark = bytes.includes(39) && !bytes.includes(34) ? '"' : "'"
  for (const byte of bytes) {
    const char = String.fromCharCode(byte)
    if (char === '\\' || char === mark) out += `\\${char}`
    else if (byte >= 0x20 && byte < 0x7f) out += char
    else out += ESCAPES[char] ?? `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `b${mark}${out}${mark}`
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** A text in quotes as Python writes it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const quoted = mark === "'" && text.includes("'")
  if (!quoted && !NOT_PRINTABLE.test(text)) return mark + text + mark
  let out = mark
  for (const point of text) {
    if (point === mark) out += `\\${point}`
    else if (point === ' ' || !NOT_PRINTABLE.test(point)) out += point
    else out += ESCAPES[point] ?? escapePoint(point.codePointAt(0) as number)
  }
  return out + mark
}

function escapePoint(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
