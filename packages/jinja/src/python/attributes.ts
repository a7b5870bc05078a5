import { isNumber } from './kinds.ts'
import { bindMethod, methodNamed } from './methods.ts'
import { numberAttribute } from './number-attributes.ts'
import { MISSING } from './protocol.ts'

/**
 * What Python's `getattr` gives for a built-in value: a bound method, or an attribute of a number.
 *
 * @returns The attribute or {@link MISSING}.
 */
export function attributeOf(value: unknown, name: string): unknown {
  const method = methodNamed(value, name)
  if (method !== undefined) return bindMethod(method, value)
  return isNumber(value) ? numberAttribute(Number(value), name) : MISSING
}
