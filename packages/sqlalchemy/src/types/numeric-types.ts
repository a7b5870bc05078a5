import { DataError } from '../errors/dbapi-errors.ts'
import { type DialectName, type Processor, TypeEngine } from './type-engine.ts'

function toNumber(value: unknown): unknown {
  if (typeof value === 'number') return value
  const number = Number(value)
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    const reason = new RangeError(
      `${String(value)} does not fit a JavaScript number; declare the column as BigInteger({ asBigInt: true })`,
    )
    throw new DataError(reason, '', [])
  }
  return number
}

function bindInteger(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0
  return value
}

/** Whole numbers of 32 bits. */
export class IntegerType extends TypeEngine<number> {
  readonly name: string = 'Integer'
  override readonly affinity = 'number'

  ddl(_dialect: DialectName): string {
    return 'INTEGER'
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'SIGNED INTEGER' : this.ddl(dialect)
  }

  protected override makeBind(): Processor | null {
    return bindInteger
  }

  protected override makeResult(dialect: DialectName): Processor | null {
    // MySQL gives sums of integers as decimals, which arrive as text.
    return dialect === 'sqlite' ? null : toNumber
  }
}

/** Whole numbers of 16 bits. */
export class SmallIntegerType extends IntegerType {
  override readonly name = 'SmallInteger'

  override ddl(): string {
    return 'SMALLINT'
  }
}

/** Whole numbers of 64 bits, as `number`; a stored value beyond 2^53 is an error that names the remedy. */
export class BigIntegerType extends TypeEngine<number> {
  readonly name = 'BigInteger'
  override readonly affinity = 'number'

  ddl(): string {
    return 'BIGINT'
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'SIGNED INTEGER' : 'BIGINT'
  }

  protected override makeBind(): Processor | null {
    return bindInteger
  }

  protected override makeResult(): Processor | null {
    return toNumber
  }
}

/** Whole numbers of 64 bits, as `bigint`. */
export class BigIntType extends TypeEngine<bigint> {
  readonly name = 'BigInteger'
  override readonly affinity = 'number'

  ddl(): string {
    return 'BIGINT'
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'SIGNED INTEGER' : 'BIGINT'
  }

  protected override makeResult(): Processor | null {
    return (value) => BigInt(value as number | string | bigint)
  }

  override repr(): string {
    return 'BigInteger({ asBigInt: true })'
  }
}

/** Binary floating point of double precision. */
export class FloatType extends TypeEngine<number> {
  readonly name = 'Float'
  override readonly affinity = 'number'
  readonly precision: number | undefined

  constructor(precision?: number) {
    super()
    this.precision = precision
  }

  ddl(dialect: DialectName): string {
    if (dialect === 'postgresql') return this.precision === undefined ? 'FLOAT' : `FLOAT(${this.precision})`
    // MySQL's plain FLOAT has 24 bits: a JavaScript number would not come back as it went in.
    if (dialect === 'mysql') return 'DOUBLE'
    return 'FLOAT'
  }

  protected override makeResult(): Processor | null {
    return (value) => (typeof value === 'number' ? value : Number(value))
  }

  override repr(): string {
    return this.precision === undefined ? 'Float()' : `Float(${this.precision})`
  }
}

function numericDdl(name: string, precision?: number, scale?: number): string {
  if (precision === undefined) return name
  return scale === undefined ? `${name}(${precision})` : `${name}(${precision}, ${scale})`
}

function numericRepr(precision: number | undefined, scale: number | undefined, tail: string): string {
  const parts = [precision, scale].filter((part) => part !== undefined).map(String)
  if (tail) {
    while (parts.length < 2) parts.push('undefined')
    parts.push(tail)
  }
  return `Numeric(${parts.join(', ')})`
}

/** Decimal numbers, exact, as text such as `'12.50'`. */
export class NumericType extends TypeEngine<string> {
  readonly name = 'Numeric'
  override readonly affinity = 'number'
  readonly precision: number | undefined
  readonly scale: number | undefined

  constructor(precision?: number, scale?: number) {
    super()
    this.precision = precision
    this.scale = scale
  }

  ddl(): string {
    return numericDdl('NUMERIC', this.precision, this.scale)
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? numericDdl('DECIMAL', this.precision, this.scale) : this.ddl()
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    // SQLite has no decimals: it stores what SQLAlchemy stores there, a double.
    if (dialect === 'sqlite') return (value) => Number(value)
    return (value) => String(value)
  }

  protected override makeResult(): Processor | null {
    const digits = this.scale ?? 10
    const fixed = this.scale !== undefined
    return (value) => {
      if (typeof value === 'string') return value
      return fixed || !Number.isInteger(value) ? Number(value).toFixed(digits) : String(value)
    }
  }

  override repr(): string {
    return numericRepr(this.precision, this.scale, '')
  }
}

/** Decimal numbers read as JavaScript numbers. */
export class NumericAsNumberType extends TypeEngine<number> {
  readonly name = 'Numeric'
  override readonly affinity = 'number'
  readonly precision: number | undefined
  readonly scale: number | undefined

  constructor(precision?: number, scale?: number) {
    super()
    this.precision = precision
    this.scale = scale
  }

  ddl(): string {
    return numericDdl('NUMERIC', this.precision, this.scale)
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? numericDdl('DECIMAL', this.precision, this.scale) : this.ddl()
  }

  protected override makeResult(): Processor | null {
    return (value) => (typeof value === 'number' ? value : Number(value))
  }

  override repr(): string {
    return numericRepr(this.precision, this.scale, '{ asDecimal: false }')
  }
}
