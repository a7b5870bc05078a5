import {
  BaseConverter,
  bindArguments,
  type ConverterHost,
  type ConverterOptions,
  ValidationError,
} from './converter.ts'
import { asciiDigits, fixedText, pythonFloat, pythonIntText } from './python-text.ts'

/** A number as it stands in a rule; text in its place is NaN, which no value satisfies. */
function numberIn(rule: unknown): number | undefined {
  if (rule === undefined || rule === null) return undefined
  if (typeof rule === 'boolean') return Number(rule)
  return typeof rule === 'number' ? rule : Number.NaN
}

/** Thrown when a value meets a limit that is no number. */
export class ConverterLimitError extends TypeError {
  override name = 'ConverterLimitError'
  constructor(value: string) {
    super(
      `the value ${value} can't be checked: 'fixed_digits', 'min' and 'max' of its converter must be numbers`,
    )
  }
}

/** The base of `IntegerConverter` and `FloatConverter`. */
export class NumberConverter extends BaseConverter {
  static override readonly weight: number = 50

  readonly fixedDigits: number
  readonly min: number | undefined
  readonly max: number | undefined
  readonly signed: boolean

  constructor(map: ConverterHost, options: ConverterOptions = {}) {
    super(map)
    this.fixedDigits = numberIn(options.fixed_digits || undefined) ?? 0
    this.min = numberIn(options.min)
    this.max = numberIn(options.max)
    // Text counts as true here whatever it says, as in Python.
    this.signed = Boolean(options.signed)
    if (this.signed) this.regex = `-?${this.regex}`
  }

  override toPython(value: string): unknown {
    if (this.fixedDigits !== 0 && [...value].length !== this.fixedDigits) throw new ValidationError()
    let number = Number(value)
    if (Number.isNaN(number)) number = Number(asciiDigits(value))
    if (Number.isNaN(this.min) || Number.isNaN(this.max)) throw new ConverterLimitError(value)
    if (this.min !== undefined && number < this.min) throw new ValidationError()
    if (this.max !== undefined && number > this.max) throw new ValidationError()
    return number
  }
}

/**
 * A whole number: `<int:id>`, `<int(signed=True):n>`, `<int(fixed_digits=4, min=1, max=99):n>`.
 *
 * JavaScript's numbers are exact up to 2 ** 53; take longer identifiers as text.
 */
export class IntegerConverter extends NumberConverter {
  static override readonly regex: string = '\\p{Nd}+'

  constructor(map: ConverterHost, args: readonly unknown[] = [], kwargs: ConverterOptions = {}) {
    super(map, bindArguments('int', ['fixed_digits', 'min', 'max', 'signed'], args, kwargs))
  }

  override toPython(value: string): unknown {
    const number = super.toPython(value) as number
    if (!Number.isFinite(number)) throw new ValidationError()
    // There is no negative zero among whole numbers.
    return number + 0
  }

  override toUrl(value: unknown): string {
    const digits = pythonIntText(value)
    if (this.fixedDigits === 0) return digits
    if (Number.isNaN(this.fixedDigits)) throw new ConverterLimitError(digits)
    return digits.startsWith('-')
      ? `-${digits.slice(1).padStart(this.fixedDigits - 1, '0')}`
      : digits.padStart(this.fixedDigits, '0')
  }
}

/** A number with a fraction: `<float:ratio>`, `<float(signed=True, min=0.5):x>`. */
export class FloatConverter extends NumberConverter {
  static override readonly regex: string = '\\p{Nd}+\\.\\p{Nd}+'

  constructor(map: ConverterHost, args: readonly unknown[] = [], kwargs: ConverterOptions = {}) {
    super(map, bindArguments('float', ['min', 'max', 'signed'], args, kwargs))
  }

  override toUrl(value: unknown): string {
    return fixedText(pythonFloat(value)).replace(/0+$/, '')
  }
}
