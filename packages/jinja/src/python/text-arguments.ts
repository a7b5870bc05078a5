import { textLength } from '@flask-ts/markupsafe/strings'
import { toIndex } from './convert.ts'
import { isText, typeName } from './kinds.ts'

/**
 * An argument as plain text.
 *
 * @throws TypeError if it is neither text nor markup.
 */
export function textArgument(value: unknown, method: string): string {
  if (typeof value === 'string') return value
  if (isText(value)) return value.toString()
  throw new TypeError(`${method}() argument must be str, not ${typeName(value)}`)
}

/** An argument as text, or null if it is absent or None. */
export function optionalText(value: unknown, method: string): string | null {
  return value === undefined || value === null ? null : textArgument(value, method)
}

/** An argument as integer, or the given one if it is absent. */
export function indexArgument(value: unknown, absent: number): number {
  return value === undefined ? absent : toIndex(value)
}

/**
 * The one character to fill with.
 *
 * @throws TypeError if it is not exactly one.
 */
export function fillArgument(value: unknown, method: string): string {
  if (value === undefined) return ' '
  const fill = textArgument(value, method)
  if (textLength(fill) !== 1) throw new TypeError('The fill character must be exactly one character long')
  return fill
}
