import { escapeText, hasHtml, Markup } from '@flask-ts/markupsafe'
import {
  escapingHost,
  type FormatFailure,
  type FormatHost,
  numberText,
} from '@flask-ts/markupsafe/formatting'
import { AttributeError, IndexError, KeyError, OverflowError, ValueError } from '../errors.ts'
import { dictGet } from './dict.ts'
import { tryLength } from './iterate.ts'
import { isDict, isNumber, typeName } from './kinds.ts'
import { numberAttribute } from './number-attributes.ts'
import { print, repr } from './print.ts'
import { MISSING, PY_FAIL, PY_GETITEM, type PythonValue, refuseUndefined } from './protocol.ts'
import { subscript } from './subscript.ts'
import { Tuple } from './tuple.ts'

const FAILURES: Readonly<Record<FormatFailure, new (message: string) => Error>> = {
  ValueError,
  TypeError,
  KeyError,
  IndexError,
  OverflowError,
}

/** How format strings see the values of templates; fields reach own properties and items only. */
export const FORMAT_HOST: FormatHost = {
  print,
  repr,
  asText: (value) => (typeof value === 'string' ? value : value instanceof Markup ? value.toString() : null),
  typeName,
  getAttribute: fieldAttribute,
  getItem: fieldItem,
  asTuple: (value) => (value instanceof Tuple ? value : null),
  isMapping: (value) =>
    isDict(value) ||
    (Array.isArray(value) && !(value instanceof Tuple)) ||
    (value as PythonValue | null | undefined)?.[PY_GETITEM] !== undefined,
  fail: (failure, message) => new FAILURES[failure](message),
  refuseNumber: (value) => refuseUndefined(value),
}

function fieldAttribute(value: unknown, name: string): unknown {
  refuseUndefined(value)
  const found = isNumber(value) ? numberAttribute(Number(value), name) : propertyOf(value, name)
  if (found === MISSING) throw new AttributeError(`'${typeName(value)}' object has no attribute '${name}'`)
  return found
}

// What every object inherits is no attribute, and neither is a key of a dict.
function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || isDict(value) || Array.isArray(value)) return MISSING
  return name in value && !(name in Object.prototype) ? (value as Record<string, unknown>)[name] : MISSING
}

function fieldItem(value: unknown, key: string | number): unknown {
  const found = isDict(value) ? dictGet(value, key) : subscript(value, key)
  if (found !== MISSING) return found
  if (isDict(value)) throw new KeyError(repr(key))
  const fail = (value as PythonValue | null | undefined)?.[PY_FAIL]
  if (fail !== undefined) fail.call(value)
  const type = typeName(value)
  if (tryLength(value) < 0) throw new TypeError(`'${type}' object is not subscriptable`)
  if (typeof key === 'string') throw new TypeError(`${type} indices must be integers or slices, not str`)
  throw new IndexError(`${type} index out of range`)
}

/** A value as safe HTML. */
export function htmlText(value: unknown): string {
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return numberText(value)
  return hasHtml(value) ? value.__html__() : escapeText(print(value))
}

/** Markup of any value, escaped by how it prints in templates. */
export function toMarkup(value: unknown): Markup {
  return value instanceof Markup ? value : new Markup(htmlText(value))
}

/** How format strings that are markup see the values of templates. */
export const MARKUP_FORMAT_HOST: FormatHost = escapingHost(FORMAT_HOST, htmlText)
