import type { WsgiResponse } from '../application.ts'
import { httpDate } from './date.ts'
import { InvalidResponse } from './errors.ts'
import { reasonOf } from './reasons.ts'
import { tokenPattern, unfitValuePattern } from './syntax.ts'

/** What a field means to the server. */
const PLAIN = 0
const CONTENT_LENGTH = 1
const OWN_BUSINESS = 2
const CONNECTION = 3
const DATE = 4
const SERVER = 5
const UPGRADE = 6

const meanings: ReadonlyMap<string, number> = new Map([
  ['content-length', CONTENT_LENGTH],
  ['transfer-encoding', OWN_BUSINESS],
  ['keep-alive', OWN_BUSINESS],
  ['connection', CONNECTION],
  ['date', DATE],
  ['server', SERVER],
  ['upgrade', UPGRADE],
])

/** Meanings by the spelling that the application uses: it has few, and a look-up is cheaper than a check. */
const spellings = new Map<string, number>()
const mostSpellings = 1000

/** Status lines that were made before. */
const statusLines: string[] = []

/** How a response's body is delimited. */
export type BodyFraming = 'none' | 'length' | 'chunked' | 'close'

/** What of the head the server itself decides. It is filled anew for every response. */
export interface HeadPlan {
  /** The size of the body where it is known, else -1. */
  size: number
  /** Whether the message has a body on the wire: not for HEAD, 204 and 304. */
  hasBody: boolean
  /** Whether the answer is to HEAD. */
  isHead: boolean
  /** 0 for HTTP/1.0, else 1 or more. */
  minor: number
  keepAlive: boolean
  /** The Server field's value, or empty. */
  server: string
  /** Set here: how the body is delimited. */
  framing: BodyFraming
  /** Set here: the length that the head announces, or -1. */
  announced: number
}

/**
 * The head of a response as text.
 *
 * @param plan - What the server knows; `keepAlive`, `framing` and `announced` come back settled.
 * @throws InvalidResponse if a status, reason, name or value cannot be sent, or the announced length is wrong.
 */
export function responseHead(response: WsgiResponse, plan: HeadPlan): string {
  const status = response.status
  let text = statusLine(status, response.reason)
  let given = -1
  let dated = false
  let served = plan.server === ''
  let upgrade = false
  for (const field of response.headers) {
    const name = field[0]
    const value = field[1]
    const meaning = spellings.get(name) ?? meaningOf(name)
    if (typeof value !== 'string' || isUnfit(value)) throw unfitValue(name, value)
    if (meaning !== PLAIN) {
      if (meaning === CONTENT_LENGTH) {
        const again = given >= 0
        given = givenLength(value, given)
        if (again || status === 204) continue
      }
      if (meaning === OWN_BUSINESS) continue
      if (meaning === CONNECTION) {
        if (/(^|,)[ \t]*close[ \t]*(,|$)/i.test(value)) plan.keepAlive = false
        continue
      }
      if (meaning === DATE) dated = true
      else if (meaning === SERVER) served = true
      else if (meaning === UPGRADE) upgrade = true
    }
    text += `${name}: ${value}\r\n`
  }
  text += framing(status, given, plan)
  if (!served) text += `Server: ${plan.server}\r\n`
  if (!dated) text += `Date: ${httpDate()}\r\n`
  if (plan.keepAlive) {
    if (plan.minor === 0)
      text += upgrade ? 'Connection: keep-alive, upgrade\r\n' : 'Connection: keep-alive\r\n'
    else if (upgrade) text += 'Connection: upgrade\r\n'
  } else {
    text += upgrade ? 'Connection: close, upgrade\r\n' : 'Connection: close\r\n'
  }
  return `${text}\r\n`
}

/** Whether a value cannot be sent. Most are short, and a loop over a short text costs less than the call of a pattern. */
function isUnfit(value: string): boolean {
  if (value.length > 64) return unfitValuePattern.test(value)
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code > 126 ? code === 127 || code > 255 : code < 32 && code !== 9) return true
  }
  return false
}

/** Settles how the body is delimited and returns the field that says so, where the application did not. */
function framing(status: number, given: number, plan: HeadPlan): string {
  plan.announced = given
  if (!plan.hasBody) {
    plan.framing = 'none'
    const tellsSize = plan.isHead && given < 0 && plan.size > 0 && status !== 204 && status !== 304
    return tellsSize ? `Content-Length: ${plan.size}\r\n` : ''
  }
  if (plan.size >= 0) {
    if (given >= 0 && given !== plan.size) {
      throw new InvalidResponse(
        `Content-Length is ${given}, but the body has ${plan.size} bytes: leave the field out`,
      )
    }
    plan.framing = 'length'
    plan.announced = plan.size
    return given >= 0 ? '' : `Content-Length: ${plan.size}\r\n`
  }
  if (given >= 0) {
    plan.framing = 'length'
    return ''
  }
  if (plan.minor > 0) {
    plan.framing = 'chunked'
    return 'Transfer-Encoding: chunked\r\n'
  }
  plan.framing = 'close'
  plan.keepAlive = false
  return ''
}

function statusLine(status: number, reason: string | undefined): string {
  if (reason === undefined || reason === '') {
    const known = statusLines[status]
    if (known !== undefined) return known
  }
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new InvalidResponse(`the status must be an integer from 200 to 599, not ${status}`)
  }
  if (reason === undefined || reason === '') {
    const line = `HTTP/1.1 ${status} ${reasonOf(status)}\r\n`
    statusLines[status] = line
    return line
  }
  if (unfitValuePattern.test(reason)) {
    throw new InvalidResponse(
      `the reason phrase ${JSON.stringify(reason)} holds a character that cannot be sent`,
    )
  }
  return `HTTP/1.1 ${status} ${reason}\r\n`
}

/** Checks a name that was not met in this spelling before. */
function meaningOf(name: string): number {
  if (typeof name !== 'string' || !tokenPattern.test(name)) {
    throw new InvalidResponse(`the header name ${JSON.stringify(name)} is not a token (RFC 9110, 5.1)`)
  }
  const meaning = meanings.get(name.toLowerCase()) ?? PLAIN
  // Names made from input must not fill the memory.
  if (spellings.size < mostSpellings) spellings.set(name, meaning)
  return meaning
}

function unfitValue(name: string, value: unknown): InvalidResponse {
  if (typeof value !== 'string') {
    return new InvalidResponse(`the value of the header ${name} must be a string, not ${typeof value}`)
  }
  return new InvalidResponse(
    `the value of the header ${name} holds a control character or one beyond Latin-1: ${JSON.stringify(value)}`,
  )
}

function givenLength(value: string, before: number): number {
  const length = Number(value)
  // The text of the number tells most values from bad ones without a pattern.
  if (String(length) !== value ? !/^[0-9]{1,15}$/.test(value) : !Number.isSafeInteger(length) || length < 0) {
    throw new InvalidResponse(`Content-Length must be a decimal number, not ${JSON.stringify(value)}`)
  }
  if (before >= 0 && before !== length) {
    throw new InvalidResponse(`Content-Length is given twice, as ${before} and as ${length}`)
  }
  return length
}

/** Trailer fields as text, with the line that ends them. Fields that must not come in trailers are an error. */
export function trailerSection(fields: Iterable<readonly [name: string, value: string]>): string {
  let text = ''
  for (const [name, value] of fields) {
    if (meaningOf(name) !== PLAIN) throw new InvalidResponse(`the field ${name} may not be sent as a trailer`)
    if (typeof value !== 'string' || unfitValuePattern.test(value)) throw unfitValue(name, value)
    text += `${name}: ${value}\r\n`
  }
  return `${text}\r\n`
}
