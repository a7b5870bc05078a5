import { Markup } from '@flask-ts/markupsafe'
import { percentFormat } from '@flask-ts/markupsafe/formatting'
import { OverflowError, ValueError, ZeroDivisionError } from '../errors.ts'
import { FORMAT_HOST, htmlText, MARKUP_FORMAT_HOST } from './format-host.ts'
import { isInteger, isNumber, isText, typeName } from './kinds.ts'
import { refuseUndefined } from './protocol.ts'
import { Tuple, tupleFrom } from './tuple.ts'

type Numeric = number | boolean | bigint

function unsupported(operator: string, left: unknown, right: unknown): TypeError {
  refuseUndefined(left, right)
  return new TypeError(
    `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
  )
}

// A result that fits goes back to the number type, so that it stays equal to other numbers as a key.
function narrow(value: bigint): number | bigint {
  return BigInt.asIntN(53, value) === value ? Number(value) : value
}

function big(left: Numeric, right: Numeric, exact: (a: bigint, b: bigint) => bigint): number | bigint | null {
  if (typeof left !== 'bigint' && typeof right !== 'bigint') return null
  if (!isInteger(left) || !isInteger(right)) return null
  return narrow(exact(BigInt(left), BigInt(right)))
}

/** Python's `+`. */
export function add(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right
  if (typeof left === 'string' && typeof right === 'string') return left + right
  if (isNumber(left) && isNumber(right)) {
    return big(left, right, (a, b) => a + b) ?? Number(left) + Number(right)
  }
  if (left instanceof Markup && isSafeOrText(right)) return new Markup(left.toString() + htmlText(right))
  if (right instanceof Markup && isSafeOrText(left)) return new Markup(htmlText(left) + right.toString())
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
    return left instanceof Tuple ? tupleFrom([...left, ...right]) : [...left, ...right]
  }
  refuseUndefined(left, right)
  if (isText(left) || Array.isArray(left)) {
    const type = isText(left) ? 'str' : typeName(left)
    throw new TypeError(`can only concatenate ${type} (not "${typeName(right)}") to ${type}`)
  }
  throw unsupported('+', left, right)
}

function isSafeOrText(value: unknown): boolean {
  return isText(value) || typeof (value as { __html__?: unknown } | null | undefined)?.__html__ === 'function'
}

/** Python's `-`. */
export function sub(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (isNumber(left) && isNumber(right)) {
    return big(left, right, (a, b) => a - b) ?? Number(left) - Number(right)
  }
  if (left instanceof Set && right instanceof Set) return left.difference(right)
  throw unsupported('-', left, right)
}

/** Python's `*`, which also repeats texts, lists and tuples. */
export function mul(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left * right
  if (isNumber(left) && isNumber(right)) {
    return big(left, right, (a, b) => a * b) ?? Number(left) * Number(right)
  }
  if (isText(left) || Array.isArray(left)) return repeat(left, right)
  refuseUndefined(left)
  if (isText(right) || Array.isArray(right)) return repeat(right, left)
  throw unsupported('*', left, right)
}

function repeat(value: string | Markup | unknown[], count: unknown): unknown {
  if (!isInteger(count)) {
    // Markup does not ask the other side.
    if (!(value instanceof Markup)) refuseUndefined(count)
    throw new TypeError(`can't multiply sequence by non-int of type '${typeName(count)}'`)
  }
  const times = Math.max(0, Number(count))
  if (value instanceof Markup) return value.repeat(times)
  if (typeof value === 'string') return value.repeat(times)
  const out: unknown[] = []
  for (let round = 0; round < times; round++) for (const item of value) out.push(item)
  return value instanceof Tuple ? tupleFrom(out) : out
}

/** Python's `/`. */
export function div(left: unknown, right: unknown): unknown {
  if (!isNumber(left) || !isNumber(right)) throw unsupported('/', left, right)
  const divisor = Number(right)
  if (divisor === 0) throw new ZeroDivisionError('division by zero')
  return Number(left) / divisor
}

function floorMod(left: number, right: number): number {
  const rest = left % right
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest
}

/** Python's `//`, which rounds towards minus infinity. */
export function floordiv(left: unknown, right: unknown): unknown {
  if (!isNumber(left) || !isNumber(right)) throw unsupported('//', left, right)
  const divisor = Number(right)
  if (divisor === 0) throw new ZeroDivisionError('integer division or modulo by zero')
  const exact = big(left, right, (a, b) => (a - (((a % b) + b) % b)) / b)
  if (exact !== null) return exact
  // Not the floor of the quotient: that may have been rounded up to the next integer.
  return Math.round((Number(left) - floorMod(Number(left), divisor)) / divisor)
}

/** Python's `%`, which takes the sign of the divisor, and formats texts. */
export function mod(left: unknown, right: unknown): unknown {
  if (typeof left === 'string') return percentFormat(left, right, FORMAT_HOST)
  if (left instanceof Markup) {
    return new Markup(percentFormat(left.toString(), right, MARKUP_FORMAT_HOST))
  }
  if (!isNumber(left) || !isNumber(right)) throw unsupported('%', left, right)
  const divisor = Number(right)
  if (divisor === 0) throw new ZeroDivisionError('integer modulo by zero')
  return big(left, right, (a, b) => ((a % b) + b) % b) ?? floorMod(Number(left), divisor)
}

/** Python's `**`. */
export function pow(left: unknown, right: unknown): unknown {
  if (!isNumber(left) || !isNumber(right)) throw unsupported('** or pow()', left, right)
  const base = Number(left)
  const exponent = Number(right)
  if (base === 0 && exponent < 0) throw new ZeroDivisionError('zero to a negative power')
  const exact = exponent >= 0 ? big(left, right, (a, b) => a ** b) : null
  if (exact !== null) return exact
  if (base < 0 && Number.isFinite(exponent) && !Number.isInteger(exponent)) {
    throw new ValueError(
      'a negative number cannot be raised to a fractional power: complex numbers are not supported',
    )
  }
  const result = base ** exponent
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new OverflowError('Numerical result out of range')
  }
  return result
}

/** Python's unary `-`. */
export function neg(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : -value
  if (typeof value === 'boolean') return value ? -1 : 0
  if (typeof value === 'bigint') return -value
  throw badOperand('-', value)
}

/** Python's unary `+`. */
export function pos(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return Number(value)
  throw badOperand('+', value)
}

function badOperand(operator: string, value: unknown): TypeError {
  refuseUndefined(value)
  return new TypeError(`bad operand type for unary ${operator}: '${typeName(value)}'`)
}
