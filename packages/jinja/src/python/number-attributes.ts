import { MISSING } from './protocol.ts'

/** An attribute of a Python number that is no method, or {@link MISSING}. */
export function numberAttribute(value: number, name: string): unknown {
  switch (name) {
    case 'real':
      return value
    case 'imag':
      return 0
    case 'numerator':
      return Number.isInteger(value) ? value : MISSING
    case 'denominator':
      return Number.isInteger(value) ? 1 : MISSING
    default:
      return MISSING
  }
}
