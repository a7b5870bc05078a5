import { codePoints } from '@flask-ts/markupsafe/strings'
import { OverflowError } from '../errors.ts'
import { percentText } from '../filters/percent-text.ts'
import { add, div, floordiv, mod, mul, pow, sub } from '../python/arithmetic.ts'
import { toIndex } from '../python/convert.ts'
import { tryLength } from '../python/iterate.ts'
import { isInteger, isText } from '../python/kinds.ts'
import { Range } from '../python/range.ts'
import { defineFunction } from '../python/signature.ts'

/** The most numbers that a `range` in a sandbox may have. */
export const MAX_RANGE = 100_000

/** The most characters or items that one operation in a sandbox may make out of little. */
export const MAX_SIZE = 1_000_000

const MAX_EXPONENT = 10_000

/**
 * Refuses results that are too large.
 *
 * @param size In characters or items.
 * @throws OverflowError beyond {@link MAX_SIZE}.
 */
export function checkSize(size: number): void {
  if (size > MAX_SIZE) {
    throw new OverflowError(
      `Result too big. The sandbox blocks operations that make more than MAX_SIZE (${MAX_SIZE}) characters or items at once, and this one would make ${size}.`,
    )
  }
}

function rangeOf(start: unknown, stop?: unknown, step: unknown = 1): Range {
  const numbers =
    stop === undefined
      ? new Range(0, toIndex(start), 1)
      : new Range(toIndex(start), toIndex(stop), toIndex(step))
  if (numbers.length > MAX_RANGE) {
    throw new OverflowError(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`)
  }
  return numbers
}

/** The `range` of sandboxes: as Python's, with at most {@link MAX_RANGE} numbers. */
export const safeRange = defineFunction('range(start, stop?, step?, /)', rangeOf)

function safeMul(left: unknown, right: unknown): unknown {
  const leftCount = isInteger(left) ? Number(left) : tryLength(left)
  const rightCount = isInteger(right) ? Number(right) : tryLength(right)
  if (isInteger(left) !== isInteger(right) && leftCount > 0 && rightCount > 0)
    checkSize(leftCount * rightCount)
  return mul(left, right)
}

function safePow(left: unknown, right: unknown): unknown {
  const isBig = typeof left === 'bigint' || typeof right === 'bigint'
  if (isBig && isInteger(right) && Number(right) > MAX_EXPONENT) {
    throw new OverflowError(`Exponent too big. The sandbox blocks exponents larger than ${MAX_EXPONENT}.`)
  }
  return pow(left, right)
}

function safeAdd(left: unknown, right: unknown): unknown {
  if (Array.isArray(left) && Array.isArray(right)) checkSize(left.length + right.length)
  return add(left, right)
}

function safeMod(left: unknown, right: unknown): unknown {
  return isText(left) ? percentText(left, right, { checkSize }) : mod(left, right)
}

/** The binary operators of a sandbox, by their spelling. */
export const SAFE_BINOPS: Readonly<Record<string, (left: unknown, right: unknown) => unknown>> =
  Object.freeze({
    '+': safeAdd,
    '-': sub,
    '*': safeMul,
    '/': div,
    '//': floordiv,
    '**': safePow,
    '%': safeMod,
  })

/** The text methods with arguments that say how long the result is. */
const PADDING: ReadonlySet<string> = new Set(['center', 'ljust', 'rjust', 'zfill', 'expandtabs'])

/**
 * Refuses calls of built-in methods whose result would be too large.
 *
 * @throws OverflowError beyond {@link MAX_SIZE}.
 */
export function checkMethodSize(self: unknown, name: string, args: readonly unknown[]): void {
  const [first] = args
  if (isText(self)) {
    if (PADDING.has(name) && isInteger(first)) {
      const tabs = name === 'expandtabs' ? codePoints(String(self)).filter((char) => char === '\t').length : 1
      checkSize(Number(first) * tabs)
    }
    if (name === 'replace') checkReplacement(String(self), args)
    return
  }
  if (name === 'extend' && Array.isArray(self)) checkSize(self.length + Math.max(0, tryLength(first)))
}

function checkReplacement(text: string, args: readonly unknown[]): void {
  const [old, replacement] = args
  if (!isText(old) || !isText(replacement)) return
  const count = text.split(String(old)).length + (String(old) === '' ? 1 : -1)
  const grown = count * (String(replacement).length - String(old).length)
  if (grown > 0) checkSize(grown)
}
