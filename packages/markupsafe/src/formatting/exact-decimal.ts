/** A positive decimal number: `0.d1d2d3...` times ten to the power `point`. */
export interface Decimal {
  readonly digits: string
  readonly point: number
}

/**
 * The exact decimal expansion of a binary floating point number.
 *
 * @param value A finite number that is not negative.
 */
export function exactDecimal(value: number): Decimal {
  if (value === 0) return { digits: '0', point: 1 }
  let exponent = 0
  let mantissa = value
  // Doubling and halving are exact, so the mantissa arrives at the integer that the number really holds.
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    exponent--
  }
  if (exponent === 0) {
    const digits = BigInt(mantissa).toString()
    return { digits, point: digits.length }
  }
  const digits = (BigInt(mantissa) * 5n ** BigInt(-exponent)).toString()
  return { digits, point: digits.length + exponent }
}

/** Rounds to `count` digits (which may be zero or fewer), ties to the even digit. */
export function roundDigits(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal
  if (count >= digits.length) return { digits: digits.padEnd(count, '0'), point }
  if (count < 0) return { digits: '', point }
  const kept = digits.slice(0, count)
  if (!roundsUp(digits, count)) return { digits: kept, point }
  const up = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(count, '0')
  return up.length > count ? { digits: up, point: point + 1 } : { digits: up, point }
}

function roundsUp(digits: string, count: number): boolean {
  const next = digits.charCodeAt(count) - 48
  if (next !== 5) return next > 5
  if (/[1-9]/.test(digits.slice(count + 1))) return true
  return count > 0 && (digits.charCodeAt(count - 1) - 48) % 2 === 1
}
