import {
  formatDate,
  formatTime,
  formatTimestamp,
  parseInterval,
  parseTimestamp,
  shortTime,
} from './temporal-format.ts'
import { type DialectName, type Processor, TypeEngine } from './type-engine.ts'

function asDate(value: unknown): Date {
  if (value instanceof Date) return value
  if (typeof value === 'string') return parseTimestamp(value)
  throw new TypeError(
    `A DateTime column takes a Date or a timestamp text, not ${typeof value} ${String(value)}`,
  )
}

/**
 * A point in time as a `Date`. Without `timezone` the database column holds UTC without saying so,
 * with it PostgreSQL's `TIMESTAMP WITH TIME ZONE` is used.
 */
export class DateTimeType extends TypeEngine<Date> {
  readonly name = 'DateTime'
  override readonly affinity = 'temporal'
  readonly timezone: boolean

  constructor(timezone = false) {
    super()
    this.timezone = timezone
  }

  ddl(dialect: DialectName): string {
    if (dialect === 'postgresql') return `TIMESTAMP ${this.timezone ? 'WITH' : 'WITHOUT'} TIME ZONE`
    // Milliseconds are what a Date has; MySQL's plain DATETIME would round them away.
    return dialect === 'mysql' ? 'DATETIME(6)' : 'DATETIME'
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    const suffix = dialect === 'postgresql' && this.timezone ? '+00' : ''
    return (value) => `${formatTimestamp(asDate(value), 6)}${suffix}`
  }

  protected override makeResult(): Processor | null {
    return (value) => (value instanceof Date ? value : parseTimestamp(String(value)))
  }

  override repr(): string {
    return this.timezone ? 'DateTime({ timezone: true })' : 'DateTime()'
  }
}

/** A calendar date as text: `'2026-11-23'`. */
export class DateType extends TypeEngine<string> {
  readonly name = 'Date'
  override readonly affinity = 'temporal'

  ddl(): string {
    return 'DATE'
  }

  protected override makeBind(): Processor | null {
    return formatDate
  }

  protected override makeResult(): Processor | null {
    return (value) => (value instanceof Date ? formatDate(value) : String(value).slice(0, 10))
  }
}

/** A time of day as text: `'23:59:59'`, with six digits of fraction when there is one. */
export class TimeType extends TypeEngine<string> {
  readonly name = 'Time'
  override readonly affinity = 'temporal'

  ddl(dialect: DialectName): string {
    if (dialect === 'postgresql') return 'TIME WITHOUT TIME ZONE'
    return dialect === 'mysql' ? 'TIME(6)' : 'TIME'
  }

  protected override makeBind(): Processor | null {
    return formatTime
  }

  protected override makeResult(): Processor | null {
    return (value) => shortTime(String(value))
  }
}

/** A span of time in milliseconds; where the database has no interval, a date after 1970-01-01 as in SQLAlchemy. */
export class IntervalType extends TypeEngine<number> {
  readonly name = 'Interval'
  override readonly affinity = 'temporal'

  ddl(dialect: DialectName): string {
    if (dialect === 'postgresql') return 'INTERVAL'
    return dialect === 'mysql' ? 'DATETIME(6)' : 'DATETIME'
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    if (dialect === 'postgresql') return (value) => `${Number(value) / 1000} seconds`
    return (value) => formatTimestamp(new Date(Number(value)), 6)
  }

  protected override makeResult(dialect: DialectName): Processor | null {
    if (dialect === 'postgresql') return (value) => parseInterval(String(value))
    return (value) => parseTimestamp(String(value)).getTime()
  }
}
