import { isDict, isNumber, isText } from './kinds.ts'
import { bindMethod, methodNamed } from './methods.ts'
import { MISSING, PY_FAIL, type PythonValue } from './protocol.ts'

/** A value that decides itself what its attributes are. */
interface HasAttributes {
  getAttribute(name: string): unknown
}

function isUndefinedValue(value: unknown): value is HasAttributes {
  return typeof value === 'object' && value !== null && (value as PythonValue)[PY_FAIL] !== undefined
}

/** Whether Python's attribute names of built-in values apply, and no property of the JavaScript object. */
export function isBuiltIn(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    isText(value) ||
    isNumber(value) ||
    Array.isArray(value) ||
    isDict(value)
  )
}

/**
 * What Python's `getattr` gives: a method of a built-in value, or a property of an object of the host.
 *
 * Never reached are `constructor`, `prototype`, `__proto__`, and what every object or function inherits.
 *
 * @returns The value, methods bound to theirs, or {@link MISSING}.
 */
export function attributeOf(value: unknown, name: string): unknown {
  const method = methodNamed(value, name)
  if (method !== undefined) return bindMethod(method, value)
  if (isNumber(value)) return numberAttribute(value, name)
  if (isBuiltIn(value)) return MISSING
  if (isUndefinedValue(value)) {
    return name.startsWith('__') && name.endsWith('__') ? MISSING : value.getAttribute(name)
  }
  return isHostAttribute(value, name) ? (value as Record<string, unknown>)[name] : MISSING
}

function numberAttribute(value: number | boolean | bigint, name: string): unknown {
  switch (name) {
    case 'real':
      return Number(value)
    case 'imag':
      return 0
    case 'numerator':
      return Number.isInteger(Number(value)) ? Number(value) : MISSING
    case 'denominator':
      return Number.isInteger(Number(value)) ? 1 : MISSING
    default:
      return MISSING
  }
}

/** Whether a property of an object or function of the host may be seen by templates. */
export function isHostAttribute(value: unknown, name: string): boolean {
  if (typeof value === 'function') {
    return (
      name !== 'prototype' && (Object.hasOwn(value, name) || (name in value && !(name in Function.prototype)))
    )
  }
  if (typeof value !== 'object' || value === null) return false
  if (name in Object.prototype)
    return Object.hasOwn(value, name) && name !== 'constructor' && name !== '__proto__'
  return name in value
}
