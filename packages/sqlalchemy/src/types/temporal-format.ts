const dateForm = /^([+-]?\d{4,6})-(\d\d)-(\d\d)$/
const timeForm = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?$/
const stampForm =
  /^(\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?(?::?\d\d)?)?$/

/** Milliseconds of a zone suffix such as `+05:30`; none and `Z` are UTC. */
function zoneOffset(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0
  const digits = zone.slice(1).replaceAll(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4) || 0)
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000
}

/**
 * Reads a database's timestamp text as UTC unless it names a zone.
 * @throws RangeError when the text is no timestamp
 */
export function parseTimestamp(text: string): Date {
  const found = stampForm.exec(text)
  if (!found) throw new RangeError(`Couldn't parse datetime string: '${text}'`)
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = found
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3)))
  const offset = zoneOffset(zone)
  return offset ? new Date(date.getTime() - offset) : date
}

/** Writes a Date as `YYYY-MM-DD HH:MM:SS` with `digits` digits of fraction, in UTC. */
export function formatTimestamp(value: Date, digits: 0 | 3 | 6): string {
  if (Number.isNaN(value.getTime())) throw new RangeError('Invalid Date cannot be stored')
  const [day = '', time = ''] = value.toISOString().split('T')
  const text = `${day.replace(/^\+0*(?=\d{4})/, '')} ${time.slice(0, 8)}`
  if (digits === 0) return text
  return `${text}${time.slice(8, 12)}${digits === 6 ? '000' : ''}`
}

/** Checks and writes a calendar date, given as text or as a Date of which the UTC day counts. */
export function formatDate(value: unknown): string {
  if (value instanceof Date) return formatTimestamp(value, 0).slice(0, -9)
  const text = String(value)
  if (!dateForm.test(text)) {
    throw new RangeError(`A Date column takes 'YYYY-MM-DD' or a Date, not '${text}'`)
  }
  return text
}

/** Checks and writes a time of day with six digits of fraction. */
export function formatTime(value: unknown): string {
  const text = value instanceof Date ? value.toISOString().slice(11, 23) : String(value)
  const found = timeForm.exec(text)
  if (!found) throw new RangeError(`A Time column takes 'HH:MM:SS[.ffffff]', not '${text}'`)
  const [, hour, minute, second = '00', fraction = ''] = found
  return `${hour}:${minute}:${second}.${fraction.padEnd(6, '0')}`
}

/** Writes a time of day as Python does: the fraction only when there is one. */
export function shortTime(text: string): string {
  return text.replace(/\.(\d+)$/, (_, digits: string) => (Number(digits) ? `.${digits.padEnd(6, '0')}` : ''))
}

const intervalPart = /(-?\d+) (year|mon|day)s?/g
const intervalClock = /(-)?(\d+):(\d\d):(\d\d)(?:\.(\d+))?$/
const dayMs = 86_400_000

/** Milliseconds of PostgreSQL's interval text; a month counts 30 days and a year 365, as in psycopg. */
export function parseInterval(text: string): number {
  let total = 0
  for (const [, count, unit] of text.matchAll(intervalPart)) {
    total += Number(count) * (unit === 'year' ? 365 : unit === 'mon' ? 30 : 1) * dayMs
  }
  const clock = intervalClock.exec(text)
  if (clock) {
    const [, sign, hours, minutes, seconds, fraction = '0'] = clock
    const ms = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000
    total += (sign ? -1 : 1) * (ms + Number(`0.${fraction}`) * 1000)
  }
  return total
}
