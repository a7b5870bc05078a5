const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const longMonths =
  'january february march april may june july august september october november december'.split(' ')
const days = new Set('mon tue wed thu fri sat sun'.split(' '))
const zones = new Map([
  ...['UT', 'UTC', 'GMT', 'Z'].map((name) => [name, 0] as const),
  ...['AST -4', 'ADT -3', 'EST -5', 'EDT -4', 'CST -6', 'CDT -5', 'MST -7', 'MDT -6', 'PST -8', 'PDT -7'].map(
    (zone) => [zone.slice(0, 3), Number(zone.slice(4)) * 3600] as const,
  ),
])
const imfFixdate = /^[A-Za-z]{3}, (\d\d) ([A-Z][a-z]{2}) ([1-9]\d{3}) (\d\d):(\d\d):(\d\d) GMT$/
const wholeNumber = /^[+-]?\d+(?:_\d+)*$/
const space = /[\s\x1c-\x1f\x85]+/

/** The words of a date: day, month, year, time and zone, still in whatever order they were written. */
type Words = [day: string, month: string, year: string, time: string, zone: string]

function splitWords(text: string): Words | undefined {
  let words = text.split(space).filter((word) => word !== '')
  const first = words[0]
  if (first === undefined) return undefined
  if (first.endsWith(',') || days.has(first.toLowerCase())) words.shift()
  else words[0] = first.slice(first.lastIndexOf(',') + 1)
  if (words.length === 3) {
    // RFC 850 writes day, month and year with dashes.
    const parts = words[0]!.split('-')
    if (parts.length === 3) words = [...parts, ...words.slice(1)]
  }
  if (words.length === 4) {
    const last = words[3]!
    const plus = last.indexOf('+')
    const sign = plus === -1 ? last.indexOf('-') : plus
    if (sign > 0) words.splice(3, 1, last.slice(0, sign), last.slice(sign))
    else words.push('')
  }
  return words.length < 5 ? undefined : (words.slice(0, 5) as Words)
}

function monthNumber(word: string): number {
  const lower = word.toLowerCase()
  return Math.max(months.indexOf(lower), longMonths.indexOf(lower))
}

function withoutComma(word: string): string {
  return word.endsWith(',') ? word.slice(0, -1) : word
}

function numbersOf(words: readonly string[]): number[] | undefined {
  const numbers = words.map((word) =>
    wholeNumber.test(word) ? Number(word.replaceAll('_', '')) : Number.NaN,
  )
  return numbers.some(Number.isNaN) ? undefined : numbers
}

function timeParts(time: string): string[] | undefined {
  const colons = time.split(':')
  const parts = colons.length === 1 ? time.split('.') : colons
  if (parts.length === 2) return [...parts, '0']
  return parts.length === 3 ? parts : undefined
}

/** Seconds east of Greenwich; an unknown zone counts as UTC; `undefined` for an offset of a day or more. */
function zoneOffset(word: string): number | undefined {
  const upper = word.toUpperCase()
  const named = zones.get(upper)
  if (named !== undefined) return named
  const offset = numbersOf([upper])?.[0] ?? 0
  const size = Math.abs(offset)
  const seconds = Math.floor(size / 100) * 3600 + (size % 100) * 60
  if (seconds >= 86400) return undefined
  return offset < 0 ? -seconds : seconds
}

/** The instant of a calendar date, or `undefined` if there is no such date. */
function instant(
  year: number,
  month: number,
  day: number,
  time: readonly number[],
  offset: number,
): Date | undefined {
  const [hour, minute, second] = time as [number, number, number]
  if (year < 1 || year > 9999 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return undefined
  if (second < 0 || second > 59 || day < 1) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined
  date.setUTCHours(hour, minute, second)
  return new Date(date.getTime() - offset * 1000)
}

function parseLoosely(text: string): Date | undefined {
  const words = splitWords(text)
  if (words === undefined) return undefined
  let [day, monthWord, year, time, zone] = words
  let month = monthNumber(monthWord)
  if (month === -1) {
    month = monthNumber(day)
    day = monthWord
  }
  if (year.indexOf(':') > 0) [year, time] = [time, year]
  year = withoutComma(year)
  if (month === -1 || year === '') return undefined
  if (!/^\p{Nd}/u.test(year)) [year, zone] = [zone, year]
  const clock = timeParts(withoutComma(time))
  const numbers = clock && numbersOf([year, withoutComma(day), ...clock])
  const offset = zoneOffset(zone)
  if (numbers === undefined || offset === undefined) return undefined
  const written = numbers[0]!
  const century = written >= 100 ? 0 : written > 68 ? 1900 : 2000
  return instant(written + century, month, numbers[1]!, numbers.slice(2), offset)
}

/**
 * Reads an HTTP date: IMF-fixdate, RFC 850, asctime, or with a numeric zone. A wrong weekday is ignored, and a
 * missing zone means UTC.
 *
 * @param text - The header's text.
 * @returns The instant, or `undefined` if the text is no date.
 * @see https://httpwg.org/specs/rfc9110.html#http.date
 */
export function parseDate(text: string | null | undefined): Date | undefined {
  if (text === null || text === undefined) return undefined
  const usual = imfFixdate.exec(text)
  if (usual === null) return parseLoosely(text)
  const month = months.indexOf(usual[2]!.toLowerCase())
  if (month === -1) return undefined
  return instant(Number(usual[3]), month, Number(usual[1]), usual.slice(4, 7).map(Number), 0)
}

/**
 * Writes an HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
 *
 * @param timestamp - A `Date`, or seconds since 1970 UTC; now if it is left out.
 * @throws RangeError for an invalid `Date`, and beyond the years 1 to 9999.
 * @see https://httpwg.org/specs/rfc9110.html#http.date
 */
export function httpDate(timestamp?: Date | number | null): string {
  const date =
    timestamp instanceof Date
      ? timestamp
      : new Date(timestamp === undefined || timestamp === null ? Date.now() : timestamp * 1000)
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999))
    throw new RangeError(
      `${timestamp} is not an instant: give a valid Date or seconds, in the years 1 to 9999`,
    )
  return date.toUTCString()
}
