import { EmptyStatusError } from './errors.ts'
import { reasonPhrase } from './reason-phrases.ts'

/** A status as code and, where it is not the standard one, reason phrase. */
export interface Status {
  readonly code: number
  readonly reason: string | undefined
}

/**
 * Reads a status given as a number or as the text of a status line.
 *
 * @param value - Such as `404`, `'404'` or `'404 Gone fishing'`. Text without a number has the code 0.
 * @throws EmptyStatusError For empty text.
 */
export function parseStatus(value: number | string): Status {
  if (typeof value === 'number') return { code: value, reason: undefined }
  const text = value.trim()
  if (text === '') throw new EmptyStatusError()
  const space = text.indexOf(' ')
  const digits = space === -1 ? text : text.slice(0, space)
  if (!/^[+-]?[0-9]+$/.test(digits)) return { code: 0, reason: text }
  const code = Number(digits)
  if (space === -1) return { code, reason: undefined }
  const reason = text.slice(space + 1)
  return { code, reason: reason === reasonPhrase(code) ? undefined : reason }
}

/** The status as on the wire: `404 Not Found`. */
export function statusLine(code: number, reason: string | undefined): string {
  return `${code} ${reason ?? reasonPhrase(code) ?? 'Unknown'}`
}
